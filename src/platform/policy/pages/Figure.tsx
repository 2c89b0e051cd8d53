/** A parameter's value as people write it: a number with its unit, a share in per cent, a table as a table. */
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { isTable, TableFigure } from './TableFigure.tsx'

type Formatter = ReturnType<typeof useFormat>
type Words = ReturnType<typeof useWords>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object'

function plain(value: unknown, unit: string, t: Words, f: Formatter): string {
  if (value === null || value === undefined) return t('parameters.no_limit')
  if (typeof value === 'boolean') return t(value ? 'parameters.yes' : 'parameters.no')
  if (unit === 'share' && typeof value === 'number') return f.percent(value, 4)
  if (unit === 'month_day' && typeof value === 'string' && /^\d\d-\d\d$/.test(value))
    return f.shortDate(`2000-${value}`)
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return f.date(value)
  const known = `unit.${unit}`
  if (typeof value === 'number') return t.has(known) ? t(known, { n: value, text: f.number(value) }) : f.number(value)
  return String(value)
}

/** Short enough for a line of a table; a table of values is told by its size. */
export function Figure({ value, unit }: { value: unknown; unit: string }) {
  const t = useWords('policy')
  const f = useFormat()
  if (isPlain(value)) return <b className="q-num">{plain(value, unit, t, f)}</b>
  if (isRecord(value) && typeof value.from === 'string' && typeof value.until === 'string')
    return <b className="q-num">{t('parameters.span', { from: f.date(value.from), until: f.date(value.until) })}</b>
  if (isTable(value)) return <span className="q-quiet">{t('parameters.table_n', { n: value.rows.length })}</span>
  const n = Array.isArray(value) ? value.length : Object.keys(value as object).length
  return <span className="q-quiet">{t('parameters.table_n', { n })}</span>
}

/** The whole value; nested tables indent. */
export function WholeFigure({ value, unit }: { value: unknown; unit: string }) {
  const t = useWords('policy')
  const f = useFormat()
  if (isPlain(value)) return <Figure value={value} unit={unit} />
  if (isRecord(value) && 'from' in value && 'until' in value) return <Figure value={value} unit={unit} />
  if (isTable(value)) return <TableFigure table={value} />
  const entries = Array.isArray(value)
    ? value.map((item, at): [string, unknown] => [String(at + 1), item])
    : Object.entries(value as object)
  return (
    <dl className="pol-table">
      {entries.map(([key, inner]) => (
        <div key={key}>
          <dt>{t.has(`key.${key}`) ? t(`key.${key}`) : key}</dt>
          <dd>{isPlain(inner) ? plain(inner, '', t, f) : <WholeFigure value={inner} unit={unit} />}</dd>
        </div>
      ))}
    </dl>
  )
}
