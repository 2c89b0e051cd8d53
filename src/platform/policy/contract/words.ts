/** Words that all of policy's answers are made of: clause, confidence, both languages, a parameter as it holds. */
import { z } from 'zod'
import { civilDate } from '../../access/contract.ts'

/**
 * How sure a figure is. L: full text of the law read. F: wording found where it is quoted. S: stated in the authority's own document.
 * P: paraphrase only. M: from memory, fairly sure. U: unverified, an editable default.
 */
export const CONFIDENCES = ['L', 'F', 'S', 'P', 'M', 'U'] as const
export const confidence = z.enum(CONFIDENCES)
export type Confidence = z.infer<typeof confidence>

/** Where a figure is written. `words` only where the text itself was seen. */
export const clause = z.strictObject({
  document: z.string().min(1),
  number: z.string().min(1).optional(),
  article: z.string().min(1).optional(),
  words: z.string().min(1).optional(),
})
export type Clause = z.infer<typeof clause>

/** Of whom a rule is asked. */
export const about = z.enum(['person', 'organisation'])

export const bilingual = z.object({ zh: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof bilingual>

/** A parameter as it holds for an authority on a day: what a decision stores beside itself. */
export const foundParameter = z.object({
  id: z.string(),
  value: z.unknown(),
  unit: z.string(),
  clause: clause.nullable(),
  confidence,
  authority: z.string(),
  packVersion: z.string(),
  from: civilDate,
})

/** A set is a goal that one works towards, unless it only tells a state, as that the age of retirement is reached. */
export const NATURES = ['status'] as const
export type Nature = (typeof NATURES)[number]
