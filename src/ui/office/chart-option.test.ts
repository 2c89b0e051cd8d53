import { expect, test } from 'vitest'
import { chartColours, colour } from '../tokens.ts'
import { type ChartData, chartOption } from './chart-option.ts'

const look = { fontFamily: 'x', locale: 'zh-CN', narrow: false, patterned: false, width: 640 } as const
const data: ChartData = {
  label: '学校',
  measures: [{ key: 'rate', label: '参训率', unit: '%' }],
  rows: [
    { key: 'a', name: '实验小学', values: [98.6] },
    { key: 'b', name: '黔江中学', values: [null] },
  ],
  percent: true,
  target: { value: 90, label: '目标' },
}
type Label = { interval?: unknown; width?: number; overflow?: string; formatter: (value: number) => string }
type Drawn = {
  xAxis: { type: string; min?: number; max?: number; axisLabel: Label }
  yAxis: { type: string; inverse?: boolean; axisLabel: Label }
  series: { name: string; stack?: string; data: unknown[]; markLine: { data: unknown[] } }[]
  aria: { decal: { show: boolean } }
  legend: unknown
  color: string[]
}
const draw = (...args: Parameters<typeof chartOption>) => chartOption(...args) as unknown as Drawn

test('lying bars read from top to bottom, with the target across them', () => {
  const { xAxis, yAxis, series } = draw('rows', data, look)
  expect([xAxis.type, xAxis.max, yAxis.type, yAxis.inverse]).toEqual(['value', 100, 'category', true])
  expect(series[0]?.markLine.data).toEqual([{ xAxis: 90 }])
})

test('shares keep the whole axis, other figures only what they need', () => {
  const { min, max, axisLabel } = draw('rows', data, look).xAxis
  expect([min, max, axisLabel.formatter(40)]).toEqual([0, 100, '40%'])
  const { percent, ...counts } = data
  expect(percent).toBe(true)
  const other = draw('rows', counts, look).xAxis
  expect([other.min, other.max, other.axisLabel.formatter(4000)]).toEqual([undefined, undefined, '4,000'])
})

test('what is counted has no halves on its axis', () => {
  const counts = { ...data, percent: false, rows: [{ key: 'a', name: '甲', values: [1] }] }
  expect(draw('columns', counts, look)).toMatchObject({ yAxis: { minInterval: 1 } })
  const shares = { ...counts, rows: [{ key: 'a', name: '甲', values: [0.5] }] }
  expect(draw('columns', shares, look).yAxis).not.toHaveProperty('minInterval')
})

test('upright columns turn the axes and the target', () => {
  const { xAxis, series } = draw('columns', data, look)
  expect(xAxis.type).toBe('category')
  expect(series[0]?.markLine.data).toEqual([{ yAxis: 90 }])
})

test('every bar keeps its name: in lines under the columns, or beside bars that lie down where there is no room', () => {
  expect(draw('columns', data, look).xAxis.axisLabel).toMatchObject({ interval: 0, overflow: 'break', width: 280 })
  const rows = Array.from({ length: 5 }, (_, at) => ({ key: `${at}`, name: `Project ${at}`, values: [at] }))
  const { xAxis, yAxis } = draw('columns', { ...data, rows }, { ...look, narrow: true, width: 300 })
  expect([xAxis.type, yAxis.type]).toEqual(['value', 'category'])
  expect(yAxis.axisLabel).toMatchObject({ interval: 0, overflow: 'break' })
})

test('what is not known stays a gap, units stand with the name, paper gets patterns', () => {
  const { series, aria } = draw('stack', data, { ...look, patterned: true })
  expect(series[0]).toMatchObject({ name: '参训率（%）', stack: 'whole', data: [98.6, null] })
  expect(aria.decal.show).toBe(true)
})

test('steps hold from their day on, the last one to the end of the picture, and today is marked', () => {
  const { series, legend, xAxis, yAxis } = draw(
    'steps',
    {
      label: '日期',
      measures: [
        { key: 'a', label: '全国' },
        { key: 'b', label: '某市', off: true },
      ],
      rows: [
        { key: '2017-01-01', name: '2017年1月1日', values: [36, null] },
        { key: '2021-09-01', name: '2021年9月1日', values: [36, 40] },
      ],
      span: { until: '2024-01-01', today: { at: '2023-03-01', label: '今天' } },
    },
    look,
  )
  expect([xAxis.type, yAxis.type]).toEqual(['time', 'value'])
  expect(legend).toMatchObject({ selected: { 全国: true, 某市: false } })
  expect(series[0]).toMatchObject({ name: '全国', step: 'end' })
  expect(series[0]!.data).toEqual([['2017-01-01', 36], { value: ['2024-01-01', 36], symbol: 'none' }])
  expect(series[1]!.data).toEqual([
    ['2017-01-01', null],
    ['2021-09-01', 40],
    { value: ['2024-01-01', 40], symbol: 'none' },
  ])
  expect(series[0]!.markLine.data).toEqual([{ xAxis: '2023-03-01' }])
})

test('what needs attention has the colour of that, whatever its place', () => {
  const measures = [
    { key: 'lost', label: '变为不符合', alert: true },
    { key: 'gained', label: '变为符合' },
  ]
  const { color } = draw('rows', { label: '学校', measures, rows: [{ key: 'a', name: '一小', values: [3, 1] }] }, look)
  expect(color).toEqual([colour.zhu, chartColours[1]])
})
