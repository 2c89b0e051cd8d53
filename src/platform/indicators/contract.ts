/** Shapes of measured indicators, for the contracts of the domains that show them. */
import { z } from 'zod'
import { decimal } from '../access/contract.ts'

const figure = decimal.nullable()

/** An indicator for one organisation. All figures are null where it is suppressed; `value` is null where nothing was there to measure. */
export const measured = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  numerator: figure,
  denominator: figure,
  value: figure,
  suppressed: z.boolean(),
})
export type Measured = z.infer<typeof measured>

export const snapshot = z.object({
  period: z.string(),
  takenAt: z.string(),
  numerator: figure,
  denominator: figure,
  value: figure,
  suppressed: z.boolean(),
})
export type Snapshot = z.infer<typeof snapshot>

/** A person behind an indicator; `counted` tells whether they are in the numerator. */
export const indicatorPerson = z.object({
  personId: z.uuid(),
  number: z.string(),
  name: z.string(),
  orgId: z.uuid(),
  orgName: z.string(),
  counted: z.boolean(),
})
export type IndicatorPerson = z.infer<typeof indicatorPerson>
