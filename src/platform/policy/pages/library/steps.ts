/** A parameter's values over time as the steps of a chart. Pure. */
import { addYears, type CivilDate } from '../../../../base/dates.ts'
import type { ChartData } from '../../../../ui/office/chart-data.ts'
import type { ParameterPage } from '../../contract.ts'

type Declaration = ParameterPage['declarations'][number]
type Measure = { key: string; label: string; at: (day: CivilDate) => number | null }
type Say = {
  label: string
  authority: (declaration: Declaration) => string
  name: (key: string) => string
  day: (day: CivilDate) => string
}

/**
 * One line for each authority where the values are figures, one for each name where they are amounts under names; null where
 * there is nothing to draw.
 * @param shown whose amounts are drawn
 */
export function stepsOf(
  { unit, declarations }: Pick<ParameterPage, 'unit' | 'declarations'>,
  shown: Declaration | undefined,
  today: { at: CivilDate; label: string },
  say: Say,
): ChartData | null {
  const all = declarations.flatMap(({ values }) => values.map(({ value }) => value))
  const named = shown && namesOf(shown)
  const measures: Measure[] = all.every(isFigure)
    ? declarations.map((declaration) => ({
        key: declaration.packVersion,
        label: say.authority(declaration),
        at: (day) => figure(valueOn(declaration, day), unit),
      }))
    : named
      ? named.map((name) => ({
          key: name,
          label: say.name(name),
          at: (day) => figure((valueOn(shown, day) as Record<string, unknown> | null)?.[name], unit),
        }))
      : []
  if (measures.length === 0 || !all.some((value) => value !== null)) return null
  const drawn = all.every(isFigure) ? declarations : [shown!]
  const days = [
    ...new Set(drawn.flatMap(({ values }) => values.flatMap(({ from, until }) => (until ? [from, until] : [from])))),
  ].sort()
  const last = days.at(-1)!
  return {
    label: say.label,
    measures: measures.map(({ key, label }) => ({ key, label })),
    rows: days.map((day) => ({ key: day, name: say.day(day), values: measures.map(({ at }) => at(day)) })),
    ...(unit === 'share' ? { percent: true } : {}),
    span: { until: addYears([last, today.at].sort().at(-1)!, 1), today },
  }
}

const isFigure = (value: unknown): boolean => value === null || typeof value === 'number'
const isAmounts = (value: unknown): value is Record<string, number | null> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isFigure)

/** Names of the amounts, in the order in which they first appear; undefined where a value is something else. */
function namesOf({ values }: Declaration): string[] | undefined {
  const amounts = values.map(({ value }) => value).filter((value) => value !== null)
  if (amounts.length === 0 || !amounts.every(isAmounts)) return undefined
  return [...new Set(amounts.flatMap((value) => Object.keys(value as object)))]
}

const valueOn = ({ values }: Declaration, day: CivilDate): unknown =>
  values.find(({ from, until }) => from <= day && (until === null || day < until))?.value ?? null

/** Shares are drawn in per cent. */
const figure = (value: unknown, unit: string): number | null =>
  typeof value !== 'number' ? null : unit === 'share' ? Math.round(value * 1e8) / 1e6 : value
