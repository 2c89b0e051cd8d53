/** Who sits: members named from the pool of experts or drawn from it by lot, so that anybody can draw again. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { figureOf } from '../flow/figures.ts'
import { type Body, wrongSize } from '../rules/quorum.ts'
import type { Call } from '../tables.ts'

export type Wanted = { named: readonly string[]; drawn: number; chair?: string | undefined }
export type Draw = { seed: string; nth: number; pool: string[]; taken: number }
type Chosen = { members: string[]; chair: string; draw: Draw | null }

/** What the call asks of a meeting at this stage, with its figures as they hold today. */
export const bodyOf = async <T>(act: Act<T>, call: Call, stage: StageOf<'panel'>): Promise<Body> => ({
  seats: (await figureOf(act, call.authority, stage.seats)).value,
  odd: stage.odd,
  attendance: stage.attendance,
  pass: stage.pass,
})

/**
 * The members of a meeting. Lots are drawn without regard to who would be recused: whoever leaves a case out says so there.
 * @throws Refusal `not_found` for experts who are not in one's pool, `cases.member_twice`, `cases.pool_too_small`, `cases.panel_too_small`,
 * `cases.panel_even`, `cases.chair_no_member`
 */
export async function chooseMembers<T>(
  act: Act<T>,
  call: Call,
  stage: StageOf<'panel'>,
  { named, drawn, chair }: Wanted,
): Promise<Chosen> {
  if (new Set(named).size !== named.length) throw invalid('cases.member_twice')
  const { rows: pool } = await sql<{
    accountId: string
  }>`select e.account_id from cases.expert e where e.active order by e.account_id`.execute(act.tx)
  const known = new Set(pool.map(({ accountId }) => accountId))
  if (named.some((id) => !known.has(id))) throw notFound('expert')
  const rest = pool.map(({ accountId }) => accountId).filter((id) => !named.includes(id))
  if (drawn > rest.length) throw refused('cases.pool_too_small', { pool: rest.length, drawn })
  const draw = drawn > 0 ? await nextDraw(act, call, stage.id, rest, drawn) : null
  const lots = draw ? await drawLots(act, stage.id, draw) : []
  const members = [...named, ...lots]
  const body = await bodyOf(act, call, stage)
  const wrong = wrongSize(body, members.length)
  if (wrong === 'too_few') throw refused('cases.panel_too_small', { seats: body.seats, members: members.length })
  if (wrong === 'even') throw refused('cases.panel_even', { members: members.length })
  if (chair !== undefined && !members.includes(chair)) throw invalid('cases.chair_no_member')
  return { members, chair: chair ?? members[0]!, draw }
}

/** Every draw of a stage has a number of its own, so that a second one is another one and shows. */
async function nextDraw<T>(act: Act<T>, call: Call, stage: string, pool: string[], taken: number): Promise<Draw> {
  const { rows } = await sql<{ nth: number }>`select coalesce(max((p.draw ->> 'nth')::int), 0) + 1 as nth
    from cases.panel p where p.call_id = ${call.id} and p.stage = ${stage}`.execute(act.tx)
  return { seed: call.seed!, nth: rows[0]!.nth, pool, taken }
}

/** Those with the lowest hashes; the same draw gives the same members, in SQL as with any other tool. */
export async function drawLots<T>(act: Act<T>, stage: string, { seed, nth, pool, taken }: Draw): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select a::text as id from unnest(${pool}::uuid[]) as a
    order by sha256(convert_to(${`${seed}:panel:${stage}:${nth}:`}::text || a::text, 'UTF8')), a limit ${taken}`.execute(
    act.tx,
  )
  return rows.map(({ id }) => id)
}
