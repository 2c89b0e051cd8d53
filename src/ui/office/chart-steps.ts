/** Values that hold from a day on, drawn as steps over time; the key of a row is its day. */
import type { EChartsCoreOption } from 'echarts/core'
import { formatter } from '../format.ts'
import { chartColours, colour } from '../tokens.ts'
import type { ChartData, Look } from './chart-data.ts'

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const
const DASHES = ['solid', 'dashed', 'dotted'] as const

export function stepsOption(data: ChartData, look: Look): EChartsCoreOption {
  const f = formatter(look.locale)
  const { measures, rows, span } = data
  const written = (value: number) => (data.percent ? f.percent(value / 100) : f.number(value))
  const many = measures.length > 1
  return {
    animation: false,
    color: [...chartColours],
    textStyle: { fontFamily: look.fontFamily, color: colour.ink },
    aria: { enabled: true, label: { enabled: false }, decal: { show: look.patterned } },
    grid: {
      left: 8,
      right: 28,
      top: many ? 48 : 24,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: many
      ? {
          type: 'scroll',
          top: 0,
          left: 0,
          textStyle: { color: colour.ink2 },
          selected: Object.fromEntries(measures.map(({ label, off }) => [label, !off])),
        }
      : { show: false },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour.surface,
      borderColor: colour.ruleStrong,
      textStyle: { color: colour.ink, fontSize: 13 },
      axisPointer: { label: { formatter: ({ value }: { value: number }) => f.isoDate(new Date(value)) } },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? written(value) : '—'),
    },
    xAxis: {
      type: 'time',
      minInterval: YEAR,
      axisLine: { lineStyle: { color: colour.edge } },
      axisLabel: { color: colour.ink2, fontSize: 12, hideOverlap: true, formatter: yearOf },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      splitNumber: look.narrow ? 3 : 4,
      axisLabel: { color: colour.ink3, fontSize: 12, formatter: written },
      splitLine: { lineStyle: { color: colour.rule } },
    },
    series: measures.map((measure, at) => {
      // A day on which only others change is no step of this one.
      const points = rows
        .map((row): [string, number | null] => [row.key, row.values[at] ?? null])
        .filter(([, value], nth, all) => nth === 0 || value !== all[nth - 1]![1])
      const last = points.at(-1)
      return {
        name: measure.label,
        type: 'line',
        step: 'end',
        symbol: SYMBOLS[at % SYMBOLS.length],
        symbolSize: 7,
        lineStyle: { width: 2, type: DASHES[at % DASHES.length] },
        data:
          span && last && last[0] < span.until ? [...points, { value: [span.until, last[1]], symbol: 'none' }] : points,
        ...(at === 0 && span ? { markLine: todayLine(span.today) } : {}),
      }
    }),
  }
}

const YEAR = 365 * 86_400_000
const yearOf = (value: number): string => String(new Date(value).getFullYear())

const todayLine = ({ at, label }: { at: string; label: string }) => ({
  symbol: 'none',
  silent: true,
  lineStyle: { color: colour.ink, type: 'dashed', width: 1 },
  label: { formatter: label, color: colour.ink, position: 'end' },
  data: [{ xAxis: at }],
})
