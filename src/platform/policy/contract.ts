/** What others see of policy: parameters with their history, clause and confidence. */
import { z } from 'zod'
import { civilDate, query } from '../access/contract.ts'

/**
 * How sure a figure is. L: full text of the law read. F: wording found where it is quoted. S: stated in the authority's own document.
 * P: paraphrase only. M: from memory, fairly sure. U: unverified, an editable default.
 */
export const CONFIDENCES = ['L', 'F', 'S', 'P', 'M', 'U'] as const
const confidence = z.enum(CONFIDENCES)
export type Confidence = z.infer<typeof confidence>

/** Where a figure is written. `words` only where the text itself was seen. */
export const clause = z.strictObject({
  document: z.string().min(1),
  number: z.string().min(1).optional(),
  article: z.string().min(1).optional(),
  words: z.string().min(1).optional(),
})
export type Clause = z.infer<typeof clause>

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** A parameter as it holds for an authority on a day: what a decision stores beside itself. */
const foundParameter = z.object({
  id: z.string(),
  value: z.unknown(),
  unit: z.string(),
  clause: clause.nullable(),
  confidence,
  authority: z.string(),
  packVersion: z.string(),
  from: civilDate,
})

const datedValue = z.object({
  from: civilDate,
  /** First day on which it no longer holds; null while nothing follows. */
  until: civilDate.nullable(),
  value: z.unknown(),
  clause: clause.nullable(),
  confidence,
  note: z.string().nullable(),
})

const parameterRow = z.object({
  id: z.string(),
  title: bilingual,
  unit: z.string(),
  /** What holds on the day asked for; null where no authority was named, or nothing holds yet. */
  inForce: foundParameter.nullable(),
  /** Who declares it, nearest first. */
  declarations: z.array(
    z.object({ authority: z.string(), authorityName: bilingual, packVersion: z.string(), values: z.array(datedValue) }),
  ),
})
export type ParameterRow = z.infer<typeof parameterRow>

export const policyContract = {
  packs: query('policy.read', 'Policy packs in force').output(
    z.array(
      z.object({
        authority: z.string(),
        name: bilingual,
        extends: z.string().nullable(),
        version: z.string(),
        since: z.string(),
        parameters: z.number().int(),
      }),
    ),
  ),
  parameters: query('policy.read', 'Policy parameters with their history, clause and confidence')
    .input(
      z.object({
        authority: z
          .string()
          .max(64)
          .optional()
          .describe('Those that hold for this authority, inherited ones included; all packs when absent'),
        search: z.string().trim().max(64).optional(),
        asOf: civilDate.optional().describe('The day for “in force”; today when absent'),
      }),
    )
    .output(z.array(parameterRow)),
}
