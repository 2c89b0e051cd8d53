/** A picture of figures, with the same figures as a table one press away; a bar or point can be clicked through. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../Button.tsx'
import { useFormat, useWords } from '../i18n.tsx'
import { useIsPhone } from '../media.ts'
import { Empty } from '../Notice.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { type ChartData, type ChartKind, type ChartRow, chartOption } from './chart-option.ts'
import './chart.css'

export type { ChartData, ChartKind, ChartRow } from './chart-option.ts'

export function Chart({
  title,
  kind,
  data,
  height = 280,
  onPick,
  note,
}: {
  title: string
  /** columns: upright · rows: lying, for long names · stack: parts of a whole · line: over time · steps: values that hold from a day on. */
  kind: ChartKind
  data: ChartData
  height?: number
  /** Where a bar leads: the people behind it. The table offers the same by its first column. */
  onPick?: (row: ChartRow) => void
  note?: string
}) {
  const t = useWords('ui')
  const [table, setTable] = useState(false)
  const id = useId()
  return (
    <figure className="q-chart" aria-labelledby={id}>
      <figcaption>
        <span id={id}>{title}</span>
        {data.rows.length > 0 && (
          <Button small look="quiet" icon={table ? 'chart' : 'table'} onClick={() => setTable(!table)}>
            {t(table ? 'chart.picture' : 'chart.table')}
          </Button>
        )}
      </figcaption>
      {data.rows.length === 0 ? (
        <Empty icon="chart" title={t('chart.empty')} />
      ) : table ? (
        <ChartTable title={title} data={data} onPick={onPick} />
      ) : (
        <Picture title={title} kind={kind} data={data} height={height} onPick={onPick} />
      )}
      {note && <p className="q-quiet">{note}</p>}
    </figure>
  )
}

type Part = { title: string; data: ChartData; onPick: ((row: ChartRow) => void) | undefined }

function Picture({ title, kind, data, height, onPick }: Part & { kind: ChartKind; height: number }) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<{ draw: (patterned: boolean) => void } | null>(null)
  const [ready, setReady] = useState(false)
  const narrow = useIsPhone()
  const { locale } = useFormat()
  // Pages make their figures anew with every drawing of the page: what counts is whether they say something else.
  const said = JSON.stringify([kind, data, narrow, locale])
  const latest = useRef({ kind, data, narrow, locale, onPick })
  latest.current = { kind, data, narrow, locale, onPick }

  useEffect(() => {
    const box = place.current
    if (!box) return
    let over = false
    let undo = () => {}
    import('./echarts.ts').then(({ echarts }) => {
      if (over) return
      const chart = echarts.init(box, undefined, { renderer: 'svg' })
      const draw = (patterned: boolean) => {
        const { fontFamily } = getComputedStyle(document.documentElement)
        const now = latest.current
        chart.setOption(
          chartOption(now.kind, now.data, { ...now, fontFamily, patterned, width: chart.getWidth() }),
          true,
        )
      }
      draw(false)
      drawn.current = { draw }
      chart.on('click', ({ dataIndex }) => {
        const row = latest.current.data.rows[dataIndex]
        if (row) latest.current.onPick?.(row)
      })
      const watch = new ResizeObserver(() => {
        const before = chart.getWidth()
        chart.resize()
        if (chart.getWidth() !== before) draw(false)
      })
      watch.observe(box)
      // On paper patterns help where colours may be gone, and the picture shrinks to the column as a whole.
      const before = () => {
        draw(true)
        box.querySelector('svg')?.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`)
      }
      const after = () => {
        draw(false)
        box.querySelector('svg')?.removeAttribute('viewBox')
      }
      addEventListener('beforeprint', before)
      addEventListener('afterprint', after)
      setReady(true)
      undo = () => {
        removeEventListener('beforeprint', before)
        removeEventListener('afterprint', after)
        watch.disconnect()
        drawn.current = null
        chart.dispose()
      }
    })
    return () => {
      over = true
      undo()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew exactly when something else is said
  useEffect(() => drawn.current?.draw(false), [said])
  return (
    <div className="q-chart-place" style={{ height }}>
      {!ready && <Skeleton lines={5} height={height} />}
      <div
        ref={place}
        role="img"
        aria-label={title}
        className={onPick ? 'q-chart-picks' : undefined}
        style={{ height }}
      />
    </div>
  )
}

function ChartTable({ title, data, onPick }: Part) {
  const f = useFormat()
  const scroll = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'ArrowRight') event.currentTarget.scrollLeft += 40
    if (event.key === 'ArrowLeft') event.currentTarget.scrollLeft -= 40
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls
    <div className="q-plain-table" role="region" aria-label={title} tabIndex={0} onKeyDown={scroll}>
      <table>
        <thead>
          <tr>
            <th scope="col">{data.label}</th>
            {data.measures.map((measure) => (
              <th key={measure.key} scope="col" className="q-right">
                {measure.label}
                {measure.unit && <span className="q-unit">{measure.unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {onPick ? (
                  <button type="button" className="q-as-link" onClick={() => onPick(row)}>
                    {row.name}
                  </button>
                ) : (
                  row.name
                )}
              </th>
              {data.measures.map((measure, at) => (
                <td key={measure.key} className="q-right q-num">
                  {row.values[at] === null || row.values[at] === undefined
                    ? '—'
                    : f.number(row.values[at], measure.digits)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
