/** From figures to ECharts: one look for every chart of the product. */
import type { EChartsCoreOption } from 'echarts/core'
import { formatter } from '../format.ts'
import { chartColours, colour } from '../tokens.ts'
import type { ChartData, ChartKind, Look } from './chart-data.ts'
import { stepsOption } from './chart-steps.ts'

export type { ChartData, ChartKind, ChartRow } from './chart-data.ts'

/** A name under a column needs about this much; where there is less the columns lie down, so that each keeps its name. */
const LEAST_NAME = 72
const AXIS = 60

export function chartOption(kind: ChartKind, data: ChartData, look: Look): EChartsCoreOption {
  if (kind === 'steps') return stepsOption(data, look)
  const f = formatter(look.locale)
  const each = (look.width - AXIS) / Math.max(1, data.rows.length)
  const lying = kind === 'rows' || kind === 'stack' || (kind === 'columns' && each < LEAST_NAME)
  const names = {
    type: 'category',
    data: data.rows.map((row) => row.name),
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour.edge } },
    axisLabel: {
      color: colour.ink2,
      fontSize: 12,
      interval: 0,
      ...(lying ? { width: look.narrow ? 96 : 132, overflow: 'break' } : {}),
      ...(kind === 'columns' && !lying ? { width: each - 10, overflow: 'break' } : {}),
      // Points in time follow each other: a name may be left out where the others say what it is.
      ...(kind === 'line' && each < 28 ? { interval: 'auto' } : {}),
    },
  }
  const whole = data.rows.every((row) => row.values.every((value) => value === null || Number.isInteger(value)))
  const values = {
    type: 'value',
    ...(whole ? { minInterval: 1 } : {}),
    ...(data.percent ? { min: 0, max: 100, interval: look.narrow ? 50 : 20 } : { splitNumber: look.narrow ? 3 : 5 }),
    axisLabel: {
      color: colour.ink3,
      fontSize: 12,
      formatter: (value: number) => (data.percent ? f.percent(value / 100) : f.number(value)),
    },
    splitLine: { lineStyle: { color: colour.rule } },
  }
  const many = data.measures.length > 1
  return {
    animation: false,
    color: data.measures.map(({ alert }, at) => (alert ? colour.zhu : chartColours[at % chartColours.length]!)),
    textStyle: { fontFamily: look.fontFamily, color: colour.ink },
    aria: { enabled: true, label: { enabled: false }, decal: { show: look.patterned } },
    grid: {
      left: 8,
      right: 20,
      top: many ? 40 : data.target && lying ? 28 : 16,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: many
      ? { top: 0, left: 0, icon: 'rect', itemWidth: 10, itemHeight: 10, textStyle: { color: colour.ink2 } }
      : { show: false },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: kind === 'line' ? 'line' : 'shadow' },
      backgroundColor: colour.surface,
      borderColor: colour.ruleStrong,
      textStyle: { color: colour.ink, fontSize: 13 },
      valueFormatter: (value: unknown) =>
        typeof value !== 'number' ? '—' : data.percent ? f.percent(value / 100) : f.number(value),
    },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: data.measures.map((measure, at) => ({
      name: measure.unit ? `${measure.label}（${measure.unit}）` : measure.label,
      type: kind === 'line' ? 'line' : 'bar',
      ...(kind === 'stack' ? { stack: 'whole' } : {}),
      ...(kind === 'line'
        ? {
            symbol: (['circle', 'rect', 'triangle', 'diamond'] as const)[at % 4],
            symbolSize: 7,
            lineStyle: { width: 2 },
          }
        : { barMaxWidth: 22, itemStyle: { borderColor: '#fff', borderWidth: kind === 'stack' ? 1 : 0 } }),
      data: data.rows.map((row) => row.values[at] ?? null),
      ...(at === 0 && data.target ? { markLine: targetLine(data.target, lying) } : {}),
    })),
  }
}

const targetLine = (target: { value: number; label: string }, lying: boolean) => ({
  symbol: 'none',
  silent: true,
  lineStyle: { color: colour.ink, type: 'dashed', width: 1 },
  label: { formatter: target.label, color: colour.ink, position: lying ? 'start' : 'insideEndTop' },
  data: [lying ? { xAxis: target.value } : { yAxis: target.value }],
})
