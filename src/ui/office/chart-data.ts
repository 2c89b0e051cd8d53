/** What a chart is given: figures by row and measure, and how the screen looks. */
import type { Locale } from '../locale.ts'

export type ChartKind = 'columns' | 'rows' | 'stack' | 'line' | 'steps'
export type ChartRow = { key: string; name: string; values: readonly (number | null)[] }
export type ChartData = {
  /** What the rows are: 学校, 月份. */
  label: string
  measures: readonly {
    key: string
    label: string
    unit?: string
    digits?: number
    /** What needs attention: drawn in the colour of that. */
    alert?: boolean
    /** Of steps: not drawn until it is asked for in the legend. */
    off?: boolean
  }[]
  rows: readonly ChartRow[]
  /** Shares in per cent: the axis always runs from 0 to 100, so that two pictures can be compared by eye. */
  percent?: boolean
  /** Of steps: up to which day the last value is drawn, and the day that is today. */
  span?: { until: string; today: { at: string; label: string } }
  /** A line to compare with, for instance the target share. */
  target?: { value: number; label: string }
}

/** `width` of the picture in pixels: names under upright columns are broken into lines of what is there for each. */
export type Look = { fontFamily: string; locale: Locale; narrow: boolean; patterned: boolean; width: number }
