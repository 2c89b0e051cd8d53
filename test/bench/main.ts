/** Measurements beside their baselines. `npm run bench` lists them, `npm run bench -- NAME…` runs some, `all` runs everything. */
import { allocationReviews } from './allocation.ts'
import { auditTotals } from './audit-totals.ts'
import { casesConflicts } from './cases-conflicts.ts'
import { casesDeadline } from './cases-deadline.ts'
import { casesBulk, casesPipeline } from './cases-office.ts'
import { certificates } from './certificates.ts'
import { checkIn } from './check-in.ts'
import { openCluster } from './cluster.ts'
import { imports } from './import.ts'
import { interrupted } from './interrupted.ts'
import { type Benchmark, jsonLine, load, machine, table } from './measure.ts'
import { policyCity } from './policy/city.ts'
import { policyExplain } from './policy/explain.ts'
import { policyJudge } from './policy/judge.ts'
import { policyPopulation } from './policy/population.ts'
import { reads } from './reads.ts'
import { recordsGrid } from './records-grid.ts'
import { recordsImport } from './records-import.ts'
import { recordsQuality } from './records-quality.ts'
import { recordsSearch } from './records-search.ts'
import { seats } from './seats.ts'
import { signIns } from './sign-in.ts'
import { ssoTokens } from './sso-tokens.ts'
import { year } from './year.ts'

const ALL: Benchmark[] = [
  imports,
  auditTotals,
  seats,
  checkIn,
  reads,
  certificates,
  policyJudge,
  policyExplain,
  policyPopulation,
  policyCity,
  year,
  interrupted,
  allocationReviews,
  casesDeadline,
  casesPipeline,
  casesBulk,
  casesConflicts,
  signIns,
  ssoTokens,
  recordsGrid,
  recordsImport,
  recordsQuality,
  recordsSearch,
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => name !== 'all' && !ALL.some((one) => one.name === name))
if (wanted.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`No such benchmark: ${unknown.join(', ')}\n`)
  process.stdout.write('npm run bench -- NAME…\n\n')
  for (const { name, what } of ALL) process.stdout.write(`  ${name.padEnd(18)} ${what}\n`)
  process.stdout.write(`  ${'all'.padEnd(18)} all of these, one after the other\n`)
  process.exit(unknown.length > 0 ? 1 : 0)
}

const say = (text: string) => void process.stderr.write(`· ${text}\n`)
const cluster = await openCluster(say)
let stopping: Promise<void> | undefined
const stop = () => (stopping ??= cluster.stop())
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().finally(() => process.exit(1)))
try {
  const facts = machine(cluster.version)
  process.stdout.write(
    `${facts.cores} cores, ${facts.memoryGb} GB, Node ${facts.node}, PostgreSQL ${facts.postgres} (embedded)\n`,
  )
  for (const { name, what, run } of ALL.filter((one) => wanted.includes('all') || wanted.includes(one.name))) {
    const before = load()
    const result = await run(cluster)
    process.stdout.write(
      `\n${name} · ${what}\n${table(result)}\n${jsonLine(name, result, { machine: facts, load: [before, load()] })}\n`,
    )
  }
} catch (error) {
  process.stderr.write(`${String((error as Error).stack ?? error)}\n`)
  process.exitCode = 1
} finally {
  await stop()
}
