/** Looks the product over and says what is wrong and what to do about it. Changes nothing. */
import { access } from 'node:fs/promises'
import { connect, type Db } from '../../platform/db/index.ts'
import * as content from '../doctor/content.ts'
import * as database from '../doctor/database.ts'
import { type Finding, fault, ok, type State, skipped } from '../doctor/finding.ts'
import * as machine from '../doctor/machine.ts'
import { openDatabase } from '../house.ts'
import { explainFailure, sentence } from '../say.ts'
import { type Environment, readEnvironment } from '../settings.ts'

export type Diagnosis = { sound: boolean; checks: (Finding & { check: string; says: string; todo?: string })[] }

export async function run(options: { json?: boolean }): Promise<Diagnosis> {
  const diagnosis = await diagnose(readEnvironment())
  if (!options.json) process.stdout.write(`${page(diagnosis)}\n`)
  if (!diagnosis.sound) process.exitCode = 1
  return diagnosis
}

export async function diagnose(env: Environment): Promise<Diagnosis> {
  const { node, dataFolder, disk, port, web, faces, mail, chromium } = machine
  const findings = [
    await looked('node', node),
    await looked('data', () => dataFolder(env)),
    await looked('disk', () => disk(env)),
    await looked('port', () => port(env)),
    ...(await inDatabase(env)),
    await looked('web', web),
    await looked('faces', faces),
    await looked('mail', () => mail(env)),
    await looked('chromium', chromium),
  ]
  return {
    sound: findings.every(({ state }) => state !== 'fault'),
    checks: findings.map((finding) => ({ check: finding.code.split('.')[0]!, ...finding, ...words(finding) })),
  }
}

/** A check that breaks is a finding as well. */
async function looked(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    return fault(`${check}.broken`, { why: explainFailure(error).split('\n')[0] })
  }
}

async function inDatabase(env: Environment): Promise<Finding[]> {
  // The embedded database is made at the first start; a doctor makes nothing.
  const made =
    env.databaseUrl !== undefined ||
    (await access(env.dataFolder).then(
      () => true,
      () => false,
    ))
  const secret = () => looked('secret', () => content.secret(env))
  if (!made) return [skipped('database.none'), await secret()]
  let opened: Awaited<ReturnType<typeof openDatabase>>
  try {
    opened = await openDatabase(env, () => {})
  } catch (error) {
    return [fault('database.closed', { why: explainFailure(error).split('\n')[0] }), await secret()]
  }
  const owner = connect(opened.url, { role: 'owner', max: 2 })
  try {
    return [ok('database.ok', { kind: env.databaseUrl ? 'named' : 'embedded' }), ...(await questions(env, owner))]
  } finally {
    await owner.destroy()
    await opened.stop()
  }
}

async function questions(env: Environment, owner: Db): Promise<Finding[]> {
  const { postgres, extensions, schema, role, isolation, isSetUp } = database
  const found = [await looked('postgres', () => postgres(owner)), await looked('schema', () => schema(owner))]
  if (!(await isSetUp(owner))) return [...found, await looked('secret', () => content.secret(env))]
  const structure = { extensions, role, isolation }
  for (const [check, look] of Object.entries(structure)) found.push(await looked(check, () => look(owner)))
  const { packs, secret, cipher, demo, administrator, clock, files, jobs, trail, totals } = content
  const looks = { packs, secret, cipher, demo, administrator, clock, files, jobs, trail, totals }
  for (const [check, look] of Object.entries(looks)) found.push(await looked(check, () => look(env, owner)))
  return found
}

const SIGNS: Record<State, string> = { ok: '✓', warning: '!', fault: '✗', skipped: '–' }

function words({ state, code, data }: Finding): { says: string; todo?: string } {
  const broken = code.endsWith('.broken')
  const says = sentence(`server.doctor.${broken ? 'broken' : code}`, data)
  if (state === 'ok' || broken) return { says }
  const todo = sentence(`server.doctor.${code}.do`, data)
  return todo.startsWith('server.doctor.') ? { says } : { says, todo }
}

function page({ sound, checks }: Diagnosis): string {
  const lines = checks.flatMap(({ check, state, says, todo }) => [
    `${SIGNS[state]} ${sentence(`server.doctor.check.${check}`)}${sentence('server.doctor.colon')}${says}`,
    ...(todo ? [`    → ${todo}`] : []),
  ])
  return [...lines, '', sentence(sound ? 'server.doctor.sound' : 'server.doctor.unsound')].join('\n')
}
