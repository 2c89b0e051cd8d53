/** A parameter's values over time as the steps of a chart. Pure. */
import { addYears, type CivilDate } from '../../../../base/dates.ts'
import type { ChartData } from '../../../../ui/office/chart-data.ts'
import type { Spoken } from './spoken.ts'

type Measure = { key: string; label: string; off?: boolean; at: (day: CivilDate) => number | null }
type Say = {
  label: string
  authority: (spoken: Spoken) => string
  name: (key: string) => string
  day: (day: CivilDate) => string
}

/**
 * One line for each authority where the values are figures, one for each name where they are amounts under names; null where
 * there is nothing to draw.
 * @param shown who is drawn; other authorities' figures are there on demand
 */
export function stepsOf(
  { unit, spoken }: { unit: string; spoken: readonly Spoken[] },
  shown: Spoken | undefined,
  today: { at: CivilDate; label: string },
  say: Say,
): ChartData | null {
  const all = spoken.flatMap(({ values }) => values.map(({ value }) => value))
  const named = shown && namesOf(shown)
  const measures: Measure[] = all.every(isFigure)
    ? spoken.map((one) => ({
        key: one.authority,
        label: say.authority(one),
        off: shown !== undefined && one !== shown,
        at: (day) => figure(valueOn(one, day), unit),
      }))
    : named
      ? named.map((name) => ({
          key: name,
          label: say.name(name),
          at: (day) => figure((valueOn(shown, day) as Record<string, unknown> | null)?.[name], unit),
        }))
      : []
  if (measures.length === 0 || !all.some((value) => value !== null)) return null
  const drawn = all.every(isFigure) ? spoken : [shown!]
  const days = [
    ...new Set(drawn.flatMap(({ values }) => values.flatMap(({ from, until }) => (until ? [from, until] : [from])))),
  ].sort()
  const last = days.at(-1)!
  return {
    label: say.label,
    measures: measures.map(({ key, label, off }) => ({ key, label, ...(off ? { off } : {}) })),
    rows: days.map((day) => ({ key: day, name: say.day(day), values: measures.map(({ at }) => at(day)) })),
    ...(unit === 'share' ? { percent: true } : {}),
    span: { until: addYears([last, today.at].sort().at(-1)!, 1), today },
  }
}

const isFigure = (value: unknown): boolean => value === null || typeof value === 'number'
const isAmounts = (value: unknown): value is Record<string, number | null> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isFigure)

/** Names of the amounts, in the order in which they first appear; undefined where a value is something else. */
function namesOf({ values }: Spoken): string[] | undefined {
  const amounts = values.map(({ value }) => value).filter((value) => value !== null)
  if (amounts.length === 0 || !amounts.every(isAmounts)) return undefined
  return [...new Set(amounts.flatMap((value) => Object.keys(value as object)))]
}

const valueOn = ({ values }: Spoken, day: CivilDate): unknown =>
  values.find(({ from, until }) => from <= day && (until === null || day < until))?.value ?? null

/** Shares are drawn in per cent. */
const figure = (value: unknown, unit: string): number | null =>
  typeof value !== 'number' ? null : unit === 'share' ? Math.round(value * 1e8) / 1e6 : value
