/** How long each holding is kept, by the policy of whoever answers for the whole installation. */
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { authorityOf, type Parameters, parameters } from '../../policy/index.ts'
import type { Holding, ToldHolding } from '../contract.ts'

export type Root = { id: string; name: string; nameEn: string | null }

/** The organisation at the top; the house has one. */
export async function rootOf<T>(act: Act<T>): Promise<Root | undefined> {
  const { rows } =
    await sql<Root>`select o.id, o.name, o.name_en from directory.organisation o where o.parent_id is null order by o.path limit 1`.execute(
      act.tx,
    )
  return rows[0]
}

const NATION = 'national'

/** What holds for an organisation; for the whole nation where nothing nearer is named, and nothing where no pack is loaded. */
export async function policyOf<T>(act: Act<T>, orgId: string | undefined): Promise<Parameters | undefined> {
  const none = (error: unknown) => {
    if (error instanceof Refusal) return undefined
    throw error
  }
  const authority = orgId === undefined ? NATION : ((await authorityOf(act, orgId).catch(none)) ?? NATION)
  return parameters(act, authority).catch(none)
}

/** A whole number in force today; undefined where nobody says it. */
export function lengthOf(held: Parameters | undefined, id: string, today: string): number | undefined {
  if (!held || held.unitOf(id) === undefined) return undefined
  const value = held.find(id, today)?.value
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

type Kept = ToldHolding['retention']

export function keptOf({ retention }: Holding, held: Parameters | undefined, today: string): Kept {
  if ('kept' in retention) return { kind: 'kept', says: retention.kept }
  const { parameter, since } = retention
  const known = held?.unitOf(parameter) !== undefined
  const found = known ? held?.find(parameter, today) : undefined
  const clause = found?.clause ?? null
  return {
    kind: 'term',
    parameter,
    since,
    length: lengthOf(held, parameter, today) ?? null,
    unit: known && held?.unitOf(parameter) === 'day' ? 'day' : 'month',
    clause: clause && [clause.document, clause.number, clause.article].filter(Boolean).join(' '),
    confidence: found?.confidence ?? null,
  }
}

export const toldOf = (holding: Holding, held: Parameters | undefined, today: string): ToldHolding => {
  const { tables: _, fields: __, readers, ...rest } = holding
  return { ...rest, readers: [...readers], retention: keptOf(holding, held, today) }
}

/** The first day that is still kept; null where nothing lapses. */
export async function keptFrom<T>(act: Act<T>, kept: Kept): Promise<string | null> {
  if (kept.kind === 'kept' || kept.length === null || kept.length < 1) return null
  const { rows } = await sql<{
    day: string
  }>`select (db.today() - make_interval(months => ${kept.unit === 'month' ? kept.length : 0}::int, days => ${kept.unit === 'day' ? kept.length : 0}::int))::date::text as day`.execute(
    act.tx,
  )
  return rows[0]!.day
}
