/** The policy lab: what other figures would do to the people in scope. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { bilingual, foundParameter } from './words.ts'

const whatIfAsk = z.object({
  set: z.string().max(120),
  orgId: id.describe('Whose people are judged: an organisation in scope'),
  asOf: civilDate.optional(),
  changes: z.record(z.string().max(120), z.unknown()).default({}).describe('New values by parameter'),
})

const whatIf = z.object({
  set: z.string(),
  title: bilingual,
  asOf: civilDate,
  parameters: z.array(foundParameter.extend({ title: bilingual, changed: z.unknown() })),
  grades: z.array(z.object({ id: z.string(), title: bilingual })),
  /** How many people of each school have which outcome now, and which they would have. */
  rows: z.array(
    z.object({ orgId: id, orgName: z.string(), before: z.string(), after: z.string(), people: z.number().int() }),
  ),
})
export type WhatIf = z.infer<typeof whatIf>

const whatIfPeople = z.object({
  rows: z.array(
    z.object({
      personId: id,
      name: z.string(),
      number: z.string(),
      orgName: z.string(),
      /** What was judged, as text; null where unknown. */
      facts: z.array(z.object({ id: z.string(), title: bilingual, value: z.string().nullable() })),
    }),
  ),
  next: z.string().nullable(),
  total: z.number().int(),
})
export type WhatIfPeople = z.infer<typeof whatIfPeople>

export const trialProcedures = {
  whatIf: query('policy.try', 'What other figures would do to the people in scope')
    .route({ method: 'POST' })
    .input(whatIfAsk)
    .output(whatIf),
  whatIfPeople: query('policy.try', 'The people behind a number of a trial')
    .route({ method: 'POST' })
    .input(
      whatIfAsk.extend({
        group: z
          .enum(['before', 'after', 'lose', 'gain', 'moved', 'unknown'])
          .describe('Who meets it now, who would, who no longer, who newly, both of these, of whom it cannot be said'),
        schoolId: id.optional(),
        cursor: z.string().max(80).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
    )
    .output(whatIfPeople),
  exportWhatIf: query('policy.try', 'Everybody judged in a trial as .xlsx, with facts and both outcomes')
    .route({ method: 'POST' })
    .input(whatIfAsk.extend({ locale: z.enum(['zh-CN', 'en']) }))
    .output(z.file()),
}
