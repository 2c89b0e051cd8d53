/** Calls: what packs offer, writing one, its dates and places, publishing it, and what is changed afterwards. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../access/contract.ts'
import { bilingual, clause, confidence } from '../../policy/contract.ts'
import { definition } from './definition.ts'

const WRITE = 'cases.call.write'
const READ = 'cases.call.read'
const reason = z.string().trim().min(2).max(500)
const source = z.string().min(1).max(400_000).describe('The call as YAML')
const title = z.object({ zh: z.string().trim().min(2).max(120), en: z.string().trim().min(2).max(200) })
const about = z.object({ zh: z.string().trim().min(2).max(500), en: z.string().trim().min(2).max(500) })
const instant = z.iso.datetime({ offset: true })
const stageName = z.string().max(60).describe('A stage, or `submit` for applications')

const problem = z.object({
  line: z.number().int(),
  column: z.number().int(),
  path: z.string(),
  zh: z.string(),
  en: z.string(),
})
const problems = z.array(problem)

const template = z.object({
  authority: z.string(),
  authorityName: bilingual,
  id: z.string(),
  version: z.string(),
  title: bilingual,
  about: bilingual.nullable(),
  clause,
  confidence,
  note: z.string().nullable(),
  applicant: z.enum(['person', 'organisation']),
  stages: z.array(z.object({ id: z.string(), title: bilingual, kind: z.string() })),
})
export type CallTemplate = z.infer<typeof template>

export const CALL_STATES = ['draft', 'published', 'ended', 'dropped'] as const
const row = z.object({
  id,
  title: bilingual,
  about: bilingual.nullable(),
  state: z.enum(CALL_STATES),
  applicant: z.enum(['person', 'organisation']),
  orgId: id,
  orgName: z.string(),
  orgNameEn: z.string().nullable(),
  opensOn: civilDate,
  closesAt: z.string().nullable().describe('Until when applications are taken'),
  changedAt: z.string(),
  mayWrite: z.boolean(),
})
export type CallRow = z.infer<typeof row>

const figure = z.object({
  path: z.string(),
  value: z.number().nullable().describe('Null where nothing holds today'),
  parameter: z.string().nullable(),
  clause: clause.nullable(),
  confidence: confidence.nullable(),
})

const deadline = z.object({
  stage: z.string(),
  closesAt: z.string().nullable(),
  before: z.array(z.object({ closesAt: z.string().nullable(), at: z.string(), reason: z.string().nullable() })),
})

const placesRow = z.object({
  quota: z.number().int().describe('Which of the quotas of the call, counted from 0'),
  orgId: id,
  orgName: z.string(),
  orgNameEn: z.string().nullable(),
  places: z.number().int(),
  taken: z.number().int(),
  why: z.object({
    rule: z.enum(['each', 'teachers', 'eligible', 'schools', 'given', 'total']).optional(),
    claim: z.number().optional().describe('Teachers, those of them who may apply, or schools, of the organisation'),
    of: z.number().optional().describe('Of so many in all'),
    total: z.number().optional(),
    exact: z.string().optional().describe('The share before it was made whole'),
    byRule: z.number().optional().describe('What the rule gave, where a hand changed it'),
    reason: z.string().optional(),
  }),
})
export type CallPlaces = z.infer<typeof placesRow>

const amendment = z.object({
  what: z.enum(['deadline', 'places', 'words', 'ended']),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
})
export type CallAmendment = z.infer<typeof amendment>

const detail = row.extend({
  authority: z.string(),
  template: z.string().nullable(),
  definition,
  judgedOn: civilDate,
  seed: z.string().nullable().describe('Draws of lots follow from it; known since the call was published'),
  revision: z.number().int(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
  figures: z.array(figure),
  sets: z.array(z.object({ id: z.string(), title: bilingual })).describe('The requirement sets that it names'),
  forms: z
    .array(z.object({ path: z.string(), form: z.record(z.string(), z.unknown()) }))
    .describe('Its forms as the screen draws them: `form`, `stages.1.report`, `result.assessment.form`'),
  deadlines: z.array(deadline),
  places: z.array(placesRow),
  amendments: z.array(amendment),
})
export type CallDetail = z.infer<typeof detail>

const revision = z.number().int().min(1)
const changed = z.object({ revision: z.number().int() })

const refusal = z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) })
const dryRun = z.object({
  applicants: z.number().int(),
  lacking: z.array(refusal).describe('What keeps the draft from being published'),
  stages: z.array(
    z.object({
      stage: z.string(),
      came: z.number().int(),
      passed: z.number().int(),
      /** Who is asked to act there, and in how many places nobody holds the role. */
      offices: z.number().int(),
      vacant: z.array(z.object({ role: z.string(), org: z.string() })),
      due: civilDate.nullable(),
      trouble: z.array(refusal.extend({ cases: z.number().int() })),
    }),
  ),
  ended: z.array(z.object({ state: z.string(), stage: z.string().nullable(), cases: z.number().int() })),
})
export type DryRun = z.infer<typeof dryRun>

export const callProcedures = {
  callTemplates: query(WRITE, 'What the packs of an organisation’s authority offer to call for')
    .input(z.object({ orgId: id }))
    .output(
      z.object({
        templates: z.array(template),
        refused: z
          .object({ since: z.string(), problems: z.array(problem.extend({ file: z.string() })) })
          .nullable()
          .describe('What is wrong with the files; what was offered before stays'),
      }),
    ),
  calls: query(READ, 'Calls that concern the asker: of their organisation, above it and below it')
    .input(z.object({ state: z.enum(['draft', 'published', 'ended']).optional() }))
    .output(z.array(row)),
  call: query(READ, 'A call with its stages, dates, places and amendments')
    .input(z.object({ callId: id }))
    .output(detail),
  callSource: query(WRITE, 'A call as it was written, to go on editing')
    .input(z.object({ callId: id }))
    .output(z.object({ source: z.string(), revision: z.number().int() })),
  createCall: command(WRITE, 'Make a draft of a call from what the packs offer, or from a text')
    .input(z.object({ orgId: id, from: z.union([z.object({ template: z.string().max(120) }), z.object({ source })]) }))
    .output(z.object({ callId: id })),
  checkCall: query(WRITE, 'Everything that is wrong with the text of a call, with line and column')
    .route({ method: 'POST' })
    .input(z.object({ orgId: id, source }))
    .output(z.object({ problems })),
  saveCall: command(WRITE, 'Save a draft: its words, days, deadlines or text')
    .input(
      z.object({
        callId: id,
        revision,
        title: title.optional(),
        opensOn: civilDate.optional(),
        judgedOn: civilDate.optional(),
        deadlines: z
          .array(z.object({ stage: stageName, closesAt: instant.nullable() }))
          .max(21)
          .optional(),
        source: source.optional(),
      }),
    )
    .output(changed),
  sharePlaces: command(WRITE, 'Share the places of a draft out to organisations by the rules of the call')
    .input(
      z.object({
        callId: id,
        revision,
        discard: z.number().int().min(0).optional().describe('How many places that were set by hand are given up'),
      }),
    )
    .output(changed),
  setPlaces: command(WRITE, 'Set places of a draft by hand')
    .input(
      z.object({
        callId: id,
        revision,
        rows: z
          .array(
            z.object({
              quota: z.number().int().min(0).max(19),
              orgId: id,
              places: z.number().int().min(0).max(100_000),
            }),
          )
          .min(1)
          .max(5_000),
        reason: reason.optional(),
      }),
    )
    .output(changed),
  dryRunCall: command(WRITE, 'Invented applicants go through all stages; nothing of it is kept')
    .input(z.object({ callId: id, applicants: z.number().int().min(1).max(60).default(20) }))
    .output(dryRun),
  publishCall: command(WRITE, 'Publish a draft: from then on it changes only by amendments')
    .input(z.object({ callId: id, revision }))
    .output(z.object({})),
  amendCall: command(WRITE, 'Change a published call, with the reason on record')
    .input(
      z.object({
        callId: id,
        reason,
        change: z.discriminatedUnion('what', [
          z.object({ what: z.literal('deadline'), stage: stageName, closesAt: instant }),
          z.object({
            what: z.literal('places'),
            quota: z.number().int().min(0).max(19),
            orgId: id,
            places: z.number().int().min(0).max(100_000),
          }),
          z.object({ what: z.literal('words'), title, about: about.nullable() }),
        ]),
      }),
    )
    .output(z.object({})),
  endCall: command(WRITE, 'End a published call of which no case is under way')
    .input(z.object({ callId: id, reason }))
    .output(z.object({})),
  dropCall: command(WRITE, 'Drop a draft')
    .input(z.object({ callId: id, revision }))
    .output(z.object({})),
}
