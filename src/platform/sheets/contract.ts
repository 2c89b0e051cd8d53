/** What reading a sheet tells people, as data: other contracts put these schemas into their answers. */
import { z } from 'zod'

export type Locale = 'zh-CN' | 'en'

/** A text in both languages of the product. */
export const Words = z.object({ zh: z.string(), en: z.string() })
export type Words = z.infer<typeof Words>

/** Values for the message of a code. Words are resolved when the message is worded, so a fault can be read in either language. */
export const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), Words]))
export type Details = z.infer<typeof Details>

/**
 * One thing wrong in one place. `row` is the row number that the spreadsheet program shows; `column` and `cell` are
 * null when the whole row is meant. `value` is what the cell shows, masked in the columns marked as sensitive.
 */
export const Fault = z.object({
  sheet: z.string(),
  row: z.int().positive(),
  column: z.object({ key: z.string(), letter: z.string(), header: z.string() }).nullable(),
  cell: z.string().nullable(),
  code: z.string(),
  data: Details,
  value: z.string().nullable(),
})
export type Fault = z.infer<typeof Fault>

/** Something the person should know that is not an error: a column not used, hidden rows left out. */
export const Notice = z.object({ sheet: z.string(), code: z.string(), data: Details })
export type Notice = z.infer<typeof Notice>

/** Where a running import stands: data rows read so far, and the share of the file behind us, 0 to 1. */
export const ReadProgress = z.object({ rows: z.int().nonnegative(), share: z.number().min(0).max(1) })
export type ReadProgress = z.infer<typeof ReadProgress>
