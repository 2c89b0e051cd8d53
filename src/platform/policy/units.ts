/** What a parameter can be measured in, and what its values look like in each unit. Null means that there is no limit. */
import { z } from 'zod'
import { isExact, table } from './table-schema.ts'

/** Figures are exact to a millionth. */
const exact = z.number().refine(isExact, { error: 'at most six decimals', params: { zh: '小数不能超过六位' } })
const amount = exact.nonnegative().nullable()
/** One amount, or several under names, as where 36 credits are made up of four kinds. */
const orNamed = <T extends z.ZodType>(one: T) => z.union([one, z.record(z.string().regex(/^[a-z0-9][a-z0-9_]*$/), one)])
const amounts = orNamed(amount)
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const hours = exact.positive()

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

/** The default day of retirement: `age` in years; births from `born_from` on are a month later for every `step` months, at most `most`. */
const Retirement = z.strictObject({
  age: z.number().int().positive().max(100),
  born_from: z.number().int().min(1900).max(2100).optional(),
  step: z.number().int().positive().optional(),
  most: z.number().int().nonnegative().optional(),
})

export const UNITS = {
  credit: amounts,
  hour: amounts,
  yuan: amounts,
  year: z.union([
    z.number().int().positive(),
    z.record(z.string().regex(/^[a-z0-9][a-z0-9_]*$/), z.number().int().nonnegative()),
  ]),
  month: orNamed(z.number().int().nonnegative()),
  day: z.number().int().nonnegative(),
  minute: z.number().int().nonnegative(),
  second: z.number().int().positive(),
  count: orNamed(z.number().int().nonnegative()),
  ratio: orNamed(exact.positive()),
  share: orNamed(exact.min(0).max(1)),
  date: z.iso.date(),
  days: z.array(z.iso.date()).min(1).max(2000),
  codes: z.array(z.string().min(1)).min(1),
  month_day: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  period: Period,
  hours_per_credit: HoursPerCredit,
  offsets: Offsets,
  indicators: Indicators,
  retirement: Retirement,
  table,
} as const satisfies Record<string, z.ZodType>

export type Unit = keyof typeof UNITS
