/** The indicators door: declared once, measured by organisation and period, kept as they were. */
export type { IndicatorPerson, Measured, Snapshot } from './contract.ts'
export { defineIndicator, type Indicator, type Span } from './indicator.ts'
export { measure, measureAll, peopleOf, snapshotsOf, type Target } from './queries.ts'
export { takeSnapshot } from './service.ts'
export type { IndicatorsTables } from './tables.ts'
