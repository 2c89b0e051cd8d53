/** What is in the database and beside it: packs, keys, demonstration data, clock, files, background work, trail. */
import { join } from 'node:path'
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { fits, keysFrom } from '../../platform/access/index.ts'
import { checkTotals, signerOf, totalsFile, verifyTrail } from '../../platform/audit/index.ts'
import { type Keys, waiting, withChosen } from '../../platform/cipher/index.ts'
import { type Db, readClock } from '../../platform/db/index.ts'
import { contents, lacking, openStore } from '../../platform/files/index.ts'
import { entriesInLedger, verifyLedger } from '../../platform/ledger/index.ts'
import { PACKS, type Problem, readPacks, unfit } from '../../platform/policy/index.ts'
import { demoState } from '../demo.ts'
import { facts, kept } from '../modules.ts'
import { demoLogins, hasDemoDistrict } from '../production.ts'
import { assertSecret } from '../ready.ts'
import type { Environment } from '../settings.ts'
import { type Finding, fault, ok, skipped, warning } from './finding.ts'

/** The packs in force are those on the disk. */
export async function packs(_: Environment, owner: Db): Promise<Finding> {
  try {
    const onDisk = await readPacks(PACKS, facts)
    const problems = await unfit(owner, onDisk, facts)
    if (problems.length > 0) return fault('packs.invalid', told(problems))
    const { rows } = await sql<{ versionId: string }>`select p.version_id from policy.pack p`.execute(owner)
    const inForce = new Set(rows.map(({ versionId }) => versionId))
    const other = onDisk.filter(({ version }) => !inForce.has(version)).map(({ authority }) => authority)
    if (other.length > 0) return warning('packs.other', { authorities: other.join(', ') })
    return ok('packs.ok', { versions: onDisk.map(({ version }) => version).join(', ') })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return fault('packs.invalid', told((error.data.problems ?? []) as Problem[]))
  }
}

const told = (problems: readonly Problem[]) => {
  const { file = '', line = 0, column = 0, zh = '', en = '' } = problems[0] ?? {}
  return { count: problems.length, file, line, column, zh, en }
}

/** In production the key is the environment’s; elsewhere the first start makes one and keeps it in the database. */
export async function secret(env: Environment, owner?: Db): Promise<Finding> {
  try {
    assertSecret({ ...env, production: env.production || env.masterKey !== undefined })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return fault(error.code.replace('server.secret_', 'secret.'))
  }
  if (!owner) return env.masterKey !== undefined ? ok('secret.environment') : skipped('secret.none')
  if (env.masterKey !== undefined)
    return (await fits(owner, keysFrom(env.masterKey))) ? ok('secret.environment') : fault('secret.other')
  const { rows } = await sql<{ name: string }>`select s.name from access.secret s`.execute(owner)
  const kept = rows.map(({ name }) => name)
  if (kept.includes('master')) return ok('secret.database')
  return kept.includes('fingerprint') ? fault('secret.other') : warning('secret.none')
}

/** The keys as the next start would have them; nothing is made. */
async function keysThere(masterKey: string | undefined, owner: Db): Promise<Keys | undefined> {
  if (masterKey !== undefined) return keysFrom(masterKey)
  const { rows } = await sql<{ value: string }>`select encode(s.value, 'base64') as value
    from access.secret s where s.name = 'master'`.execute(owner)
  return rows[0] && keysFrom(rows[0].value)
}

/** What is only counted and measured needs no key. */
const NO_KEY = (): Buffer => {
  throw new Error('no key is needed here')
}

/** Everything is sealed as was chosen; a switch that was broken off leaves the rest to the day's work. */
export async function cipher({ dataFolder }: Environment, owner: Db): Promise<Finding> {
  const keys = await withChosen(NO_KEY, owner)
  const columns = await waiting(owner, keys, kept)
  const inFiles =
    (await contents(owner)).length > 0 ? await (await openStore(join(dataFolder, 'files'), keys)).waiting() : 0
  const count = columns.reduce((sum, column) => sum + column.count, inFiles)
  return count > 0 ? warning('cipher.waiting', { count }) : ok('cipher.ok', { ...keys.chosen!.seal })
}

export async function demo({ production }: Environment, owner: Db): Promise<Finding> {
  const logins = await demoLogins(owner)
  const there = logins.length > 0 || (await hasDemoDistrict(owner))
  if (!there) return ok('demo.none')
  if (production) return fault('demo.there', { logins: logins.join(', ') })
  const state = await demoState(owner)
  if (state === 'broken') return fault('demo.broken')
  return state === 'planless' ? warning('demo.planless') : ok('demo.there', { logins: logins.join(', ') })
}

/** Somebody must be able to let the others in. */
export async function administrator(_: Environment, owner: Db): Promise<Finding> {
  const { rows } = await sql<{ count: number }>`select count(distinct a.id) as count from access.account a
    join access.assignment s on s.account_id = a.id and s.role = 'administrator' and s.during @> db.today()
    where a.disabled_at is null`.execute(owner)
  const { count } = rows[0]!
  return count > 0 ? ok('administrator.ok', { count }) : warning('administrator.none')
}

export async function clock({ production }: Environment, owner: Db): Promise<Finding> {
  const { moved, now } = await readClock(owner)
  if (!moved) return ok('clock.ok')
  if (production) return fault('clock.moved', { now })
  return (await hasDemoDistrict(owner)) ? ok('clock.demo', { now }) : warning('clock.moved', { now })
}

export async function files({ dataFolder }: Environment, owner: Db): Promise<Finding> {
  const count = (await contents(owner)).length
  if (count === 0) return ok('files.none')
  const gone = await lacking(owner, await openStore(join(dataFolder, 'files'), NO_KEY))
  if (gone.length > 0)
    return fault('files.missing', { count: gone.length, first: gone[0]!.sha256, folder: join(dataFolder, 'files') })
  return ok('files.ok', { count })
}

/** Work that nobody takes up, or that has gone on for longer than any may. */
export async function jobs(_: Environment, owner: Db): Promise<Finding> {
  const { rows } = await sql<{ waiting: number; running: number; stuck: number; names: string | null }>`
    select count(*) filter (where r.state = 'queued') as waiting, count(*) filter (where r.state = 'running') as running,
      count(*) filter (where s.stuck) as stuck, string_agg(distinct r.name, ', ') filter (where s.stuck) as names
    from jobs.run r cross join lateral (select r.state = 'queued' and r.created_at < db.now() - interval '15 minutes'
      or r.state = 'running' and r.started_at < db.now() - interval '1 day' as stuck) s
    where r.state in ('queued', 'running')`.execute(owner)
  const { stuck, ...found } = rows[0]!
  return stuck > 0 ? warning('jobs.stuck', { stuck, ...found }) : ok('jobs.ok', found)
}

/** More than this takes minutes to recompute: that is for `verify`. */
const MOST_VERIFIED = 1_000_000

/** The chains hold, and a running server seals every few seconds; events that were never sealed could be changed without anybody noticing. */
export async function trail(_: Environment, owner: Db): Promise<Finding> {
  const { rows } = await sql<{ open: number; links: number }>`select (select count(*) from audit.link) as links,
    (select count(*) from audit.event e where e.wall < clock_timestamp() - interval '20 minutes'
      and not exists (select from audit.link l where l.event_id = e.id)) as open`.execute(owner)
  const { open, links } = rows[0]!
  if (links + (await entriesInLedger(owner)) > MOST_VERIFIED) return warning('trail.large', { links })
  const [trailed, ledger] = [await verifyTrail(owner), await verifyLedger(owner)]
  if (trailed.broken || ledger.broken || ledger.brokenLocks.length > 0) return fault('trail.broken_chain')
  return open > 0 ? warning('trail.open', { open, links }) : ok('trail.ok', { links })
}

const DAY = 86_400_000

/** What outsiders hold the trail to: the total of yesterday at least is there, and all of them are signed with this installation's key. */
export async function totals({ masterKey }: Environment, owner: Db): Promise<Finding> {
  const keys = await keysThere(masterKey, owner)
  if (!keys) return skipped('totals.no_key')
  const { rows } = await sql<{ begun: boolean }>`select exists (select from audit.event e
    where e.id = (select l.event_id from audit.link l order by l.seq limit 1) and e.wall < now() - interval '2 days') as begun`.execute(
    owner,
  )
  const made = await totalsFile(owner, signerOf(keys))
  const last = made?.totals.at(-1)
  const wrong = made && checkTotals(made)
  if (wrong) return fault('totals.wrong', { day: wrong.day, what: wrong.what })
  // By the days of China, as the totals count them.
  const yesterday = new Date(Date.now() + 8 * 3_600_000 - DAY).toISOString().slice(0, 10)
  if (made && last && last.day >= yesterday) return ok('totals.ok', { last: last.day, days: made.totals.length })
  if (!last && !rows[0]!.begun) return skipped('totals.none')
  return warning('totals.late', { last: last?.day ?? '—' })
}
