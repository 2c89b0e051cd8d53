/** Keeping what indicators were. */
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import type { Indicator, Span } from './indicator.ts'
import { measure, type Target } from './queries.ts'

/** Measures indicators and keeps the figures. What is suppressed is kept as suppressed, without figures. Returns how many were kept. */
export async function takeSnapshot<T>(
  act: Act<T>,
  indicators: readonly Indicator[],
  target: Target,
  span: Span,
): Promise<number> {
  const rows: unknown[] = []
  for (const indicator of indicators) {
    const measured = await measure(act, indicator, target, span)
    rows.push(
      ...measured.map(({ orgId, numerator, denominator, value, suppressed }) => ({
        org_id: orgId,
        indicator: indicator.id,
        numerator,
        denominator,
        value,
        suppressed,
      })),
    )
  }
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
