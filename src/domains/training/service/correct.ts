/** Corrections of credits: an entry is taken back or replaced, a missing one is entered; certificates follow what the ledger says. */
import { sql } from 'kysely'
import { compare } from '../../../base/decimal.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { post, takeBack } from '../../../platform/ledger/index.ts'
import { authorityOf } from '../../../platform/policy/index.ts'
import { classOfEntry } from '../queries/entry-class.ts'
import { creditsFor, creditYearOf } from '../rules/credits.ts'
import type { TrainingTables } from '../tables.ts'
import { correctCertificate, revokeCertificate } from './certificates.ts'
import { type Figures, figures } from './figures.ts'

type TrainingAct = Act<TrainingTables>

/** What a training was worth: the credits follow from the pack's conversion. */
export type Worth = { kind: string; level: string; hours: string }
/** `intoOpenYear`: where the year is sealed, the new entry goes into the first year that is open. */
export type Remedy =
  | { as: 'take_back' }
  | ({ as: 'correct'; intoOpenYear: boolean } & Worth)
  | ({ as: 'enter'; intoOpenYear: boolean; occurredOn: string; title: string; evidence: string } & Worth)

export type Entered = { id: string; creditYear: number; hours: string; credits: string }
type Why = { personId: string; objectionId: string; reason: string }

type Original = {
  creditYear: number
  occurredOn: string
  title: string
  kind: string
  level: string
  hours: string
  orgId: string
  classId: string | null
}

async function original(act: TrainingAct, personId: string, entryId: string): Promise<Original> {
  const { rows } = await sql<Original>`
    select e.credit_year, e.occurred_on, e.title, e.kind, e.level, e.hours, e.org_id, ${classOfEntry} as class_id
    from ledger.entry e where e.person_id = ${personId} and e.id = ${entryId} and e.counter_of is null`.execute(act.tx)
  if (!rows[0]) throw notFound('entry')
  return rows[0]
}

async function schoolOf(act: TrainingAct, personId: string): Promise<string> {
  const { rows } = await sql<{
    orgId: string
  }>`select p.org_id from directory.person p where p.id = ${personId}`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  return rows[0].orgId
}

/** What the class remembers of a completion follows the ledger, so that all screens say the same. */
async function rememberCredits(act: TrainingAct, personId: string, classId: string, credits: string): Promise<void> {
  await sql`update training.enrolment set credits = ${credits} where person_id = ${personId} and class_id = ${classId}`.execute(
    act.tx,
  )
}

/** Takes an entry back; the certificate that rests on it does not hold any more. Works in a sealed year too. */
export async function takeBackEntry(
  act: TrainingAct,
  input: { personId: string; entryId: string; reason: string },
): Promise<void> {
  const { classId } = await original(act, input.personId, input.entryId)
  await takeBack(act, input)
  if (classId === null) return
  await rememberCredits(act, input.personId, classId, '0')
  await revokeCertificate(act, input.personId, classId, 'credits_taken_back')
}

/** As the audit does it: the person is told, for nobody asked for it. */
export async function takeBackByOffice(
  act: TrainingAct,
  input: { personId: string; entryId: string; reason: string },
): Promise<void> {
  const { title } = await original(act, input.personId, input.entryId)
  await takeBackEntry(act, input)
  await notify(act, [
    {
      personId: input.personId,
      kind: 'message',
      code: 'training.message.entry_taken_back',
      data: { title, reason: input.reason },
      link: '/my/credits',
    },
  ])
}

/**
 * Replaces an entry: a counter-entry and a new one with the credits that the pack makes of the hours, in one transaction.
 * @throws Refusal `training.year_sealed` where the year takes counter-entries only and `intoOpenYear` does not say where else
 */
export async function correctEntry(
  act: TrainingAct,
  why: Why & { entryId: string },
  to: Worth & { intoOpenYear: boolean },
): Promise<Entered> {
  const old = await original(act, why.personId, why.entryId)
  if (old.kind === to.kind && old.level === to.level && compare(old.hours, to.hours) === 0)
    throw invalid('training.nothing_corrected')
  const school = await schoolOf(act, why.personId)
  const pack = await figures(act, await authorityOf(act, school), old.occurredOn)
  const creditYear = await openYear(act, [old.orgId, school], old.creditYear, pack, to.intoOpenYear)
  await takeBack(act, why)
  const entered = await enter(act, why, pack, {
    ...to,
    creditYear,
    occurredOn: old.occurredOn,
    title: old.title,
    evidence: { corrects: why.entryId, ...(old.classId ? { classId: old.classId } : {}) },
  })
  if (old.classId) {
    await rememberCredits(act, why.personId, old.classId, entered.credits)
    await correctCertificate(act, why.personId, old.classId, { ...to, credits: entered.credits })
  }
  return entered
}

/** Enters a training that was missing, with the objection as its source. @throws Refusal as `correctEntry` */
export async function enterMissing(
  act: TrainingAct,
  why: Why,
  missing: Worth & { intoOpenYear: boolean; occurredOn: string; title: string; evidence: string },
): Promise<Entered> {
  if (missing.occurredOn > act.today) throw invalid('training.date_ahead')
  const school = await schoolOf(act, why.personId)
  const pack = await figures(act, await authorityOf(act, school), missing.occurredOn)
  const year = creditYearOf(missing.occurredOn, pack.yearStart)
  const creditYear = await openYear(act, [school], year, pack, missing.intoOpenYear)
  return enter(act, why, pack, { ...missing, creditYear, evidence: { shown: missing.evidence } })
}

async function enter(
  act: TrainingAct,
  { personId, objectionId, reason }: Why,
  pack: Figures,
  {
    creditYear,
    occurredOn,
    title,
    kind,
    level,
    hours,
    evidence,
  }: Worth & {
    creditYear: number
    occurredOn: string
    title: string
    evidence: Record<string, unknown>
  },
): Promise<Entered> {
  const credits = creditsFor(hours, pack.hoursPerCredit(kind, level))
  const source = { kind: 'objection', id: objectionId }
  const written = await post(act, [
    {
      personId,
      creditYear,
      occurredOn,
      kind,
      level,
      hours,
      credits,
      title,
      source,
      evidence: { ...evidence, reason },
      rule: pack.rule,
    },
  ])
  if (written !== 1) throw conflict('training.entered_before')
  const { rows } = await sql<Entered>`select e.id, e.credit_year, e.hours, e.credits from ledger.entry e
    where e.person_id = ${personId} and e.source_kind = 'objection' and e.source_id = ${objectionId} and e.counter_of is null`.execute(
    act.tx,
  )
  return rows[0]!
}

/**
 * The year that a new entry goes into: its own, unless that is sealed for one of the schools. A sealed year takes counter-entries
 * only (the ledger's rule); then it is the first open year from today's on, if the office says so.
 */
async function openYear(
  act: TrainingAct,
  orgIds: string[],
  year: number,
  pack: Figures,
  intoOpenYear: boolean,
): Promise<number> {
  const today = creditYearOf(act.today, pack.yearStart)
  const { rows } = await sql<{ org: string | null; into: number }>`
    select (select o.short_name from ledger.lock l join directory.organisation o on o.id = l.org_id
        where l.org_id = any(${orgIds}::uuid[]) and l.credit_year = ${year} limit 1) as org,
      (select min(y) from generate_series(${today}::int, ${today}::int + 5) y where not exists (
        select from ledger.lock l where l.org_id = any(${orgIds}::uuid[]) and l.credit_year = y)) as into`.execute(
    act.tx,
  )
  const { org, into } = rows[0]!
  if (org === null) return year
  if (!intoOpenYear) throw refused('training.year_sealed', { org, year, into })
  return into
}
