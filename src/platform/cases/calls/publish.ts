/** Publishing a call: all that it says is right today, then it is frozen, and the offices below are told. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { keepForm } from '../../forms/index.ts'
import { notify } from '../../inbox/index.ts'
import type { FactBook } from '../../policy/index.ts'
import { figureOf, workingDaysAfter } from '../flow/figures.ts'
import { closesAt } from '../flow/rows.ts'
import { figuresOf, tooHigh } from '../rules/written.ts'
import type { Call } from '../tables.ts'
import { formsOf, wrongIn } from './check.ts'
import { knownIn } from './known.ts'
import { ownCall } from './own.ts'
import { assertPlaces } from './places.ts'
import { kindsOf, orgOf } from './service.ts'

/**
 * @throws Refusal as `ownCall` and of the reader of parameters; `cases.call_not_right`, `cases.no_deadline`, `cases.deadline_past`,
 * `cases.deadline_before_opening`, `cases.places_missing`, `cases.places_beyond`, `cases.calendar_unknown`
 */
export async function publishCall<T>(
  act: Act<T>,
  book: FactBook,
  input: { callId: string; revision: number },
): Promise<void> {
  const call = await ownCall(act, input.callId, { state: 'draft', revision: input.revision })
  await assertRight(act, book, call)
  await assertDates(act, call)
  await assertPlaces(act, call)
  const formVersion = await keepForm(act, call.definition.form)
  for (const { form } of formsOf(call.definition)) await keepForm(act, form)
  const seed = randomBytes(16).toString('hex')
  await sql`update cases.call set state = 'published', form_version = ${formVersion}, seed = ${seed}, published_at = db.now(),
      published_by = ${act.actor.account}, changed_at = db.now(), revision = call.revision + 1 where id = ${call.id}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'cases.call_published',
    subject: { kind: 'call', id: call.id },
    orgPath: call.orgPath,
    after: { title: call.title.zh, formVersion, seed },
  })
  await tellSchools(act, call, 'cases.told.call_published')
}

/** What was right when it was saved may not be so any more: parameters end, sets go. */
async function assertRight<T>(act: Act<T>, book: FactBook, call: Call) {
  const { definition, authority } = call
  const { height } = await orgOf(act, call.orgId)
  const [first] = [
    ...wrongIn(definition, await knownIn(act, authority, book, await kindsOf(act))),
    ...tooHigh(definition, height),
  ]
  if (first) throw refused('cases.call_not_right', { count: 1, line: 0, zh: first.zh, en: first.en })
  const figures = [...figuresOf(definition)].map(({ figure }) => figure)
  for (const figure of new Set(figures)) await figureOf(act, authority, figure)
}

/** @throws Refusal `cases.no_deadline`, `cases.deadline_past`, `cases.deadline_before_opening`, `cases.calendar_unknown` */
export async function assertDates<T>(act: Act<T>, call: Call) {
  const until = await closesAt(act, call.id, 'submit')
  if (until === null) throw refused('cases.no_deadline')
  if (Date.parse(until) <= Date.parse(act.now)) throw refused('cases.deadline_past', { until })
  if (Date.parse(until) < Date.parse(`${call.opensOn}T00:00:00+08:00`)) throw refused('cases.deadline_before_opening')
  // Terms can be counted from today on at least.
  await workingDaysAfter(act, call.authority, act.today, 1)
}

/** The clerks of all schools that the call is for. */
export async function tellSchools<T>(act: Act<T>, call: Call, code: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select o.id from directory.organisation o
    where o.path <@ ${call.orgPath}::ltree and o.kind = 'school' and o.during @> ${act.today}::date`.execute(act.tx)
  await notify(
    act,
    rows.map(({ id }) => ({
      role: 'clerk',
      orgId: id,
      kind: 'message' as const,
      code,
      data: call.title,
      link: `/calls/${call.id}`,
    })),
  )
}
