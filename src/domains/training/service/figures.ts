/** The pack's parameters that training works with, put together once for each chain of packs and day. */
import { sql } from 'kysely'
import { type CivilDate, civilDate } from '../../../base/dates.ts'
import { notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import {
  authorityOf,
  type Found,
  HoursPerCredit,
  hoursPerCredit,
  type Parameters,
  Period,
  parameters,
} from '../../../platform/policy/index.ts'
import type { CheckInTiming } from '../rules/check-in.ts'
import type { CompletionRule } from '../rules/completion.ts'
import { type Cycle, creditYearOf } from '../rules/credits.ts'

export type Figures = {
  timing: CheckInTiming
  opensMinutes: number
  completion: CompletionRule
  /** Hours that make one credit, for a kind and level. */
  hoursPerCredit: (kind: string, level: string) => string
  /** First day of the credit year, "MM-DD". */
  yearStart: string
  cycle: Cycle
  sampleShare: string
  answerDays: number
  warnAt: string
  /** The parameter behind completion, to show with its clause. */
  shown: { attendance: Found; answerWithin: Found }
  /** What a ledger entry remembers of the rule that derived its credits. */
  rule: Record<string, unknown>
}

const OPENS = 'training.checkin.opens_minutes'

/** A chain of packs in force never changes, so neither does what it says for a day. */
const made = new WeakMap<Parameters, Map<string, Figures>>()
const MOST_DAYS = 100

/** All figures of an authority as they stand on a date. */
export async function figures<T>(act: Act<T>, authority: string, asOf: string = act.today): Promise<Figures> {
  const pack = await parameters(act, authority)
  const days = made.get(pack) ?? new Map<string, Figures>()
  const known = days.get(asOf)
  if (known) return known
  const found = figuresIn(pack, asOf)
  if (days.size >= MOST_DAYS) days.clear()
  made.set(pack, days.set(asOf, found))
  return found
}

function figuresIn(pack: Parameters, asOf: string): Figures {
  const number = (id: string) => pack.number(id, asOf).value
  const text = (id: string) => String(pack.value(id, asOf).value)
  const conversion = pack.as('training.credit.hours_per_credit', asOf, HoursPerCredit)
  const period = pack.as('training.credit.cycle', asOf, Period).value
  const attendance = pack.value('training.completion.attendance_share', asOf)
  const answerWithin = pack.number('training.objection.answer_days', asOf)
  const years = Number(period.until.slice(0, 4)) - Number(period.from.slice(0, 4))
  const seconds = number('training.checkin.code_seconds')
  return {
    timing: { periodSeconds: seconds, graceSteps: Math.ceil(number('training.checkin.tolerance_seconds') / seconds) },
    opensMinutes: number(OPENS),
    completion: { attendanceShare: String(attendance.value) },
    hoursPerCredit: (kind, level) => String(hoursPerCredit(conversion.value, kind, level)),
    yearStart: text('training.credit.year_start'),
    cycle: { from: Number(period.from.slice(0, 4)), years },
    sampleShare: text('training.credit.audit_sample_share'),
    answerDays: answerWithin.value,
    warnAt: text('training.delegation.fair_share_warning'),
    shown: { attendance, answerWithin },
    rule: {
      parameter: conversion.id,
      authority: conversion.authority,
      from: conversion.from,
      pack: conversion.packVersion,
    },
  }
}

export type ShownFigure = {
  value: string
  unit: string
  clause: NonNullable<Found['clause']> | Record<string, never>
  confidence: string
}

/** A parameter as a screen shows it. */
export const shownFigure = ({ value, unit, clause, confidence }: Found): ShownFigure => ({
  value: String(value),
  unit,
  clause: clause ?? {},
  confidence,
})

/** The figures for an organisation, or for the widest one in scope, as they stand at the end of a credit year. */
export async function figuresOfOrg<T>(act: Act<T>, orgId: string | undefined, year: number): Promise<Figures> {
  const { rows } = await sql<{ id: string }>`select o.id from directory.organisation o
    where o.path <@ any (db.scope()) and (${orgId ?? null}::uuid is null or o.id = ${orgId ?? null})
    order by (o.kind = 'district') desc, nlevel(o.path) limit 1`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return figures(act, await authorityOf(act, rows[0].id), `${year}-12-31`)
}

/** What share of each school’s people is checked, as it stands at the end of a credit year: that of the school’s own authority. */
export async function sampleSharesOf<T>(act: Act<T>, orgIds: string[], year: number): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; authority: string | null }>`select o.id, (
      select a.authority from directory.organisation a where a.path @> o.path and a.authority is not null order by nlevel(a.path) desc limit 1
    ) as authority from directory.organisation o where o.id = any(${orgIds}::uuid[]) and o.path <@ any (db.scope())`.execute(
    act.tx,
  )
  const shares = new Map<string, string>()
  for (const { id, authority } of rows)
    if (authority !== null) shares.set(id, (await figures(act, authority, `${year}-12-31`)).sampleShare)
  return shares
}

/** The figures that hold for the actor, with the credit year of today. */
export async function figuresOfActor<T>(act: Act<T>): Promise<{ pack: Figures; personId: string; year: number }> {
  const { rows } = await sql<{
    orgId: string
  }>`select p.org_id from directory.person p where p.id = ${act.actor.person}`.execute(act.tx)
  if (!rows[0]) throw refused('training.person_needed')
  const pack = await figures(act, await authorityOf(act, rows[0].orgId))
  return { pack, personId: act.actor.person!, year: creditYearOf(act.today, pack.yearStart) }
}

/** From an authority and a session’s beginning to the instant from which one may check in, by the figure of the session’s day. */
export async function doorsIn<T>(
  act: Act<T>,
  authorities: ReadonlySet<string>,
): Promise<(authority: string, starts: string) => string> {
  const packs = new Map<string, Parameters>()
  for (const authority of authorities) packs.set(authority, await parameters(act, authority))
  return (authority, starts) => {
    const begins = new Date(starts)
    const day: CivilDate = civilDate(begins)
    return new Date(begins.getTime() - packs.get(authority)!.number(OPENS, day).value * 60_000).toISOString()
  }
}

/** Whose packs hold for sessions: a plan never changes its authority. When thousands check in, this is asked once. */
const authorityOfSession = new Map<string, string>()
const MOST_SESSIONS = 1000

/** When the doors of a session open and how its codes change: the figures of the class's authority. */
export async function doorsOf<T>(act: Act<T>, sessionId: string): Promise<Pick<Figures, 'timing' | 'opensMinutes'>> {
  const known = authorityOfSession.get(sessionId)
  if (known !== undefined) return figures(act, known)
  const { rows } = await sql<{
    authority: string
  }>`select p.authority from training.session s join training.class c on c.id = s.class_id
    join training.plan p on p.id = c.plan_id where s.id = ${sessionId}`.execute(act.tx)
  if (!rows[0]) throw notFound('session')
  if (authorityOfSession.size >= MOST_SESSIONS) authorityOfSession.clear()
  authorityOfSession.set(sessionId, rows[0].authority)
  return figures(act, rows[0].authority)
}

/** The same for a scanned token, which names its session; whether it is genuine is checked after. */
export async function doorsOfToken<T>(act: Act<T>, token: string): Promise<Pick<Figures, 'timing' | 'opensMinutes'>> {
  const sessionId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.)/.exec(token)?.[0]
  if (!sessionId) throw refused('training.code_malformed')
  return doorsOf(act, sessionId)
}
