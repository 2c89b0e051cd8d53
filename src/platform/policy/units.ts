/** What a parameter can be measured in, and what its values look like in each unit. Null means that there is no limit. */
import { z } from 'zod'

const amount = z.number().nonnegative().nullable()
/** One amount, or several under names, as where 36 credits are made up of four kinds. */
const amounts = z.union([amount, z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), amount)])
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const hours = z.number().positive()

/** Hours that make one credit: by kind of activity and level of the organiser, with a default at each step. */
export const HoursPerCredit = z.strictObject({
  default: hours,
  by: z.record(z.string(), z.record(z.string(), hours)).describe('kind → level (or “default”) → hours'),
})
export type HoursPerCredit = z.infer<typeof HoursPerCredit>

/** A span of civil dates, the end not included. */
export const Period = z
  .strictObject({ from: z.iso.date(), until: z.iso.date() })
  .refine((span) => span.from < span.until, {
    error: 'the end comes before the start',
    params: { zh: '结束日不晚于起始日' },
    path: ['until'],
  })
export type Period = z.infer<typeof Period>

/** Which surplus may stand in for which lack; one way only. */
const Offsets = z.array(z.strictObject({ from: z.string(), to: z.string() }))

/** Indicators that an authority judges by, in its own order. */
const Indicators = z.array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9_]*$/), name: words })).min(1)

export const UNITS = {
  credit: amounts,
  hour: amounts,
  year: z.union([
    z.number().int().positive(),
    z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.number().int().nonnegative()),
  ]),
  month: z.number().int().nonnegative(),
  day: z.number().int().nonnegative(),
  minute: z.number().int().nonnegative(),
  second: z.number().int().positive(),
  count: z.number().int().nonnegative(),
  ratio: z.number().positive(),
  share: z.number().min(0).max(1),
  date: z.iso.date(),
  codes: z.array(z.string().min(1)).min(1),
  month_day: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  period: Period,
  hours_per_credit: HoursPerCredit,
  offsets: Offsets,
  indicators: Indicators,
} as const satisfies Record<string, z.ZodType>

export type Unit = keyof typeof UNITS
