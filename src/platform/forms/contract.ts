/** What passes between forms and the browser: problems with answers, what the product filled in, and answers as they are read. */
import { z } from 'zod'

export const bilingual = z.object({ zh: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof bilingual>

/** What is wrong with an answer. In a table or a repeated group `row` counts from 1 and `cell` names the column. */
export const answerProblem = z.object({
  question: z.string(),
  row: z.number().int().optional(),
  cell: z.string().optional(),
  title: bilingual,
  zh: z.string(),
  en: z.string(),
})
export type AnswerProblem = z.infer<typeof answerProblem>

/** A question that the product answered, and where the person can have it corrected. */
export const filled = z.object({ question: z.string(), from: z.string(), where: bilingual.nullable() })
export type Filled = z.infer<typeof filled>

/**
 * One line of a form as it is read. `value` is null for a heading and empty where nothing was answered. A table says its rows in
 * `value`, line by line, and has them as `table` where there is room for one.
 */
export const toldRow = z.object({
  question: z.string().nullable(),
  title: z.string(),
  value: z.string().nullable(),
  depth: z.number().int(),
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
})
export type ToldRow = z.infer<typeof toldRow>

export type Locale = 'zh-CN' | 'en'
/** Answers by the name of the question: texts, numbers, truths, lists, rows. */
export type Answers = Record<string, unknown>
