/** Row types of indicators. Figures are exact decimals as text. */
type SnapshotRow = {
  orgId: string
  orgPath: string
  indicator: string
  period: string
  during: string
  takenAt: string
  numerator: string | null
  denominator: string | null
  value: string | null
  suppressed: boolean
  takenBy: string | null
}

export type IndicatorsTables = { 'indicators.snapshot': SnapshotRow }
