/** A professional life in order: what happened when, for oneself, for offices, and as a file that leaves the product (docs/growth-file.md). */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../../platform/access/contract.ts'

export const GROWTH_KINDS = ['study', 'work', 'post', 'title', 'training', 'honour', 'research', 'guiding'] as const
const bilingual = z.object({ zh: z.string(), en: z.string() })

export const growthEntry = z.object({
  kind: z.enum(GROWTH_KINDS).describe('What it belongs to'),
  from: civilDate.nullable().describe('The day, or the first day; null where the record does not say'),
  until: civilDate.nullable().describe('The last day; null for what is of a day, or goes on'),
  year: z.number().int().nullable().describe('The year under which it stands'),
  title: bilingual,
  detail: bilingual.nullable(),
  state: z
    .enum(['holds', 'revoked', 'corrected'])
    .describe('revoked: taken back or removed since; corrected: replaced by another entry'),
  stateOn: civilDate.nullable().describe('Since when it is revoked or corrected'),
  credential: z
    .object({ source: z.string(), subjectId: z.string() })
    .nullable()
    .describe('The item of which an Open Badges credential can be had'),
})

export const growthFile = z.object({
  format: z.literal('qiangshi-growth-file'),
  version: z.literal(1),
  asOf: civilDate.describe('What was on record on this day'),
  holder: z.object({
    name: z.string(),
    number: z.string().describe('Teacher number; never an identity number'),
    school: bilingual,
    district: bilingual.nullable(),
  }),
  workSince: civilDate.nullable(),
  teachingSince: civilDate.nullable(),
  entries: z.array(growthEntry).describe('The latest first'),
})

/** What stands at the head of the screen and of the paper; the file itself says only what they are counted from. */
const growthShown = growthFile.extend({
  figures: z.array(
    z.object({
      key: z.enum(['taught', 'honours', 'research_n', 'trainings']),
      value: z.number().int().nullable().describe('Null where the record does not say'),
    }),
  ),
})

export const growthProcedures = {
  ownGrowth: query('records.person.own', 'One’s own professional life in order').output(growthShown),
  growth: query('records.person.read', 'A teacher’s professional life in order')
    .input(z.object({ personId: id }))
    .output(growthShown),
  ownGrowthFile: command(
    'records.person.own',
    'One’s own growth file as data: plain JSON, or signed so that anybody can check it',
  )
    .input(z.object({ as: z.enum(['json', 'jwt']) }))
    .output(z.file()),
  ownGrowthPaper: command('records.person.own', 'One’s own growth file as PDF, entered in the register of papers')
    .input(z.object({ locale: z.enum(['zh-CN', 'en']) }))
    .output(z.file()),
}
