/** Keeping what indicators were. */
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import type { Indicator, Span } from './indicator.ts'
import { measureAll, type Target } from './queries.ts'

/** Measures indicators and keeps the figures. What is suppressed is kept as suppressed, without figures. Returns how many were kept. */
export async function takeSnapshot<T, S extends Span>(
  act: Act<T>,
  indicators: readonly Indicator<S>[],
  target: Target,
  span: S,
): Promise<number> {
  const measured = await measureAll(act, indicators, target, span)
  const rows = indicators.flatMap(({ id }, i) =>
    measured[i]!.map(({ orgId, numerator, denominator, value, suppressed }) => ({
      org_id: orgId,
      indicator: id,
      numerator,
      denominator,
      value,
      suppressed,
    })),
  )
  const { numAffectedRows } = await sql`insert into indicators.snapshot
      (org_id, org_path, indicator, period, during, numerator, denominator, value, suppressed, taken_by)
    select r.org_id, o.path, r.indicator, ${span.id}, daterange(${span.from}::date, ${span.until}::date), r.numerator, r.denominator, r.value,
      r.suppressed, ${act.actor.account}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(org_id uuid, indicator text, numerator numeric, denominator numeric,
      value numeric, suppressed boolean)
    join directory.organisation o on o.id = r.org_id
    on conflict do nothing`.execute(act.tx)
  const kept = Number(numAffectedRows ?? 0)
  await record(act, {
    action: 'indicators.snapshot_taken',
    after: { indicators: indicators.map(({ id }) => id), period: span.id, kept },
  })
  return kept
}
