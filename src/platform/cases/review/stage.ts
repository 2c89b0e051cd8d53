/** A review stage of a call with its figures. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { figureOf } from '../flow/figures.ts'
import { openCall } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import type { Call } from '../tables.ts'

export type Round = {
  call: Call
  stage: StageOf<'review'>
  reviews: number
  outlier: number | null
  floor: number | null
}

/** @throws Refusal `not_found`, `cases.call_not_open`, and of `figureOf` */
export async function roundOf<T>(act: Act<T>, callId: string, stageId: string): Promise<Round> {
  const call = await openCall(act, callId)
  const stage = stageAt(call.definition, stageId)
  if (stage?.kind !== 'review') throw notFound('stage')
  const number = async (figure: typeof stage.floor) =>
    figure === undefined ? null : (await figureOf(act, call.authority, figure)).value
  return {
    call,
    stage,
    reviews: (await number(stage.reviews))!,
    outlier: await number(stage.outlier),
    floor: await number(stage.floor),
  }
}

/** The highest total that a rubric gives. */
export const mostOf = ({ rubric }: StageOf<'review'>): number => rubric.reduce((sum, { most }) => sum + most, 0)

/** Papers of a round that count: the copy made since the case came to the stage, where it still waits. */
export const currentPapers = (
  { call, stage }: Round,
  joined: RawBuilder<unknown> = sql``,
) => sql`cases.paper p join cases.paper_of f on f.paper_id = p.id
  join cases.application a on a.id = f.application_id and a.state = 'waiting' and a.stage = p.stage and p.made_at >= a.since ${joined}
  where p.call_id = ${call.id} and p.stage = ${stage.id} and p.org_path <@ any (db.scope())`
