/** The policy lab: what other figures would do to the people in scope. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { about, bilingual, foundParameter, NATURES } from './words.ts'

/** How those judged in a trial are told apart. */
const CUTS = ['school', 'district', 'type', 'stage', 'age'] as const
export type Cut = (typeof CUTS)[number]
/** By what a rule is about. */
export const CUTS_OF: Record<z.infer<typeof about>, readonly Cut[]> = {
  person: CUTS,
  organisation: ['school', 'district', 'type'],
}

const whatIfAsk = z.object({
  set: z.string().max(120),
  orgId: id.describe('Whose people or schools are judged: an organisation in scope'),
  asOf: civilDate.optional(),
  changes: z.record(z.string().max(120), z.unknown()).default({}).describe('New values by parameter'),
  draftId: id.optional().describe('A draft to try, as if it held on the day; changes are over it'),
  by: z.enum(CUTS).default('school').describe('How they are told apart: schools by school, district or type only'),
})

const whatIf = z.object({
  set: z.string(),
  /** Schools are judged where it is about organisations. */
  about,
  /** `status`: it tells a state that nobody aims at; null where it is a goal. */
  nature: z.enum(NATURES).nullable(),
  title: bilingual,
  asOf: civilDate,
  parameters: z.array(foundParameter.extend({ title: bilingual, changed: z.unknown() })),
  grades: z.array(z.object({ id: z.string(), title: bilingual })),
  by: z.enum(CUTS),
  /** How many people, or schools, of each part have which outcome now, and which they would have. */
  rows: z.array(
    z.object({ key: z.string(), name: bilingual, before: z.string(), after: z.string(), people: z.number().int() }),
  ),
})
export type WhatIf = z.infer<typeof whatIf>

const whatIfPeople = z.object({
  about,
  rows: z.array(
    z.object({
      /** Null where schools are judged. */
      personId: id.nullable(),
      /** The school judged, or that of the person. */
      orgId: id,
      name: z.string(),
      nameEn: z.string().nullable(),
      /** The staff number, or the code of the school. */
      number: z.string(),
      /** The school of the person, or what the school belongs to. */
      orgName: z.string(),
      /** What was judged, as text, lists and amounts as JSON; null where unknown. `says`: codes by their names. */
      facts: z.array(
        z.object({
          id: z.string(),
          title: bilingual,
          type: z.string(),
          value: z.string().nullable(),
          says: bilingual.nullable(),
        }),
      ),
    }),
  ),
  next: z.string().nullable(),
  total: z.number().int(),
})
export type WhatIfPeople = z.infer<typeof whatIfPeople>

export const trialProcedures = {
  whatIf: query('policy.try', 'What other figures would do to the people in scope, or to the schools')
    .route({ method: 'POST' })
    .input(whatIfAsk)
    .output(whatIf),
  whatIfPeople: query('policy.try', 'The people or schools behind a number of a trial')
    .route({ method: 'POST' })
    .input(
      whatIfAsk.extend({
        group: z
          .enum(['before', 'after', 'lose', 'gain', 'moved', 'unknown'])
          .describe('Who meets it now, who would, who no longer, who newly, both of these, of whom it cannot be said'),
        part: z.string().max(80).optional().describe('Key of a part of the cut; all of them when absent'),
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
