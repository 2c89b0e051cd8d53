/** A table of figures as a table: a column for each axis, and the cell at the end. */
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'

type Words = { zh: string; en: string }
type Axis = { id: string; title: Words; unit?: string; bands?: true; names?: Record<string, Words> }
export type Key = [number | null, number | null] | string[]
export type Table = { of: string; axes: Axis[]; rows: ({ is: number | null } & Record<string, Key | number | null>)[] }

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && 'axes' in value && 'rows' in value

export function TableFigure({ table: { of, axes, rows } }: { table: Table }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const cell = (value: number | null): string =>
    value === null
      ? t('parameters.no_limit')
      : of === 'share'
        ? f.percent(value, 4)
        : t.has(`unit.${of}`)
          ? t(`unit.${of}`, { n: value, text: f.number(value) })
          : f.number(value)
  const key = useTableKey()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls
    <div className="pol-cells" role="region" aria-label={f.dotted(axes.map(({ title }) => pick(title)))} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {axes.map(({ id, title, unit }) => (
              <th key={id} scope="col">
                {pick(title)}
                {unit && <span className="q-unit">{t.has(`unit_sign.${unit}`) ? t(`unit_sign.${unit}`) : unit}</span>}
              </th>
            ))}
            <th scope="col" className="q-right">
              {t('table.cell')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {axes.map((axis) => (
                <td key={axis.id}>{key(axis, row[axis.id] as Key)}</td>
              ))}
              <td className="q-right q-num">{cell(row.is)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The words of a band or of names of an axis. */
export function useTableKey(): (axis: Axis, held: Key) => string {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const band = ([from, below]: [number | null, number | null]): string =>
    from === null
      ? t('table.below', { below: f.number(below ?? 0) })
      : below === null
        ? t('table.from', { from: f.number(from) })
        : t('table.band', { from: f.number(from), below: f.number(below) })
  return ({ names, bands }: Axis, held: Key): string =>
    bands
      ? band(held as [number | null, number | null])
      : f.list((held as string[]).map((name) => (names?.[name] ? pick(names[name]) : name)))
}
