/** Drafts of a policy: changed figures and sets that can be tried, shared, submitted with a date, and adopted by a second person. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../access/contract.ts'
import { beneath } from './beneath.ts'
import { setChange } from './library.ts'
import { about, bilingual, clause, foundParameter, NATURES } from './words.ts'

export const DRAFT_STATES = ['draft', 'submitted', 'adopted', 'sent_back', 'withdrawn'] as const
const state = z.enum(DRAFT_STATES)
export type DraftState = z.infer<typeof state>

const figure = z.object({
  value: z.unknown(),
  clause: clause.optional().describe('Where it is written; the basis of the draft when absent'),
  permission: clause.optional().describe('The clause that permits what the authority above does not leave open'),
  note: z.string().trim().min(1).max(500).optional(),
})
const parameterId = z.string().max(120)
const figures = z.record(parameterId, figure)
/** What a draft changes of the figures: new values by parameter, all of them from the day of the draft. */
export type DraftFigures = z.infer<typeof figures>

const title = z.string().trim().min(2).max(80)
const why = z.string().trim().max(2000)
const from = civilDate.describe('First day on which the changes hold')
const basis = clause.nullable().describe('The document that the changes rest on; needed to submit')

/** How many people, or schools, a set judges, as is in force on the day and as the draft would have it. */
const effect = z.object({
  set: z.string(),
  title: bilingual,
  about: about.default('person'),
  /** `status`: nobody aims at it. */
  nature: z.enum(NATURES).nullable().default(null),
  people: z.number().int(),
  before: z.number().int(),
  after: z.number().int(),
  lose: z.number().int(),
  gain: z.number().int(),
  unknown: z.number().int(),
})
export type DraftEffect = z.infer<typeof effect>

const draftRow = z.object({
  id,
  authority: z.string(),
  authorityName: bilingual,
  orgId: id,
  orgName: z.string(),
  title: z.string(),
  state,
  from: civilDate,
  madeBy: z.string(),
  mine: z.boolean(),
  shared: z.boolean().describe('Shared with whoever asks'),
  /** The asker may adopt it or send it back: submitted, and neither made, edited nor submitted by them. */
  waiting: z.boolean(),
  changes: z.number().int(),
  changedAt: z.string(),
})
export type DraftRow = z.infer<typeof draftRow>

const step = z.object({ act: z.string(), by: z.string(), at: z.string(), note: z.string().nullable() })

const draftDetail = draftRow.extend({
  why: z.string(),
  basis: clause.nullable(),
  revision: z.number().int(),
  parameters: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      unit: z.string(),
      value: z.unknown(),
      clause: clause.nullable(),
      note: z.string().nullable(),
      permission: clause.nullable(),
      /** The authority above does not leave it open, and nothing is stated that permits it. */
      needs: z.object({ authority: z.string(), below: z.string() }).nullable(),
      /** What holds on the draft's day without it; null where nothing would. */
      now: foundParameter.nullable(),
    }),
  ),
  sets: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      conditions: z.array(z.string()),
      /** Against what was in force on its day where it was written; null where it says the same. */
      change: setChange.nullable(),
    }),
  ),
  /** What would go on holding below it, of a draft that is not decided. */
  beneath,
  /** Sets whose outcome the draft can change: to try it with. */
  affects: z.array(z.object({ id: z.string(), title: bilingual })),
  /** What came out when it was submitted, on the later of that day and its own. */
  effect: z.object({ asOf: civilDate, sets: z.array(effect) }).nullable(),
  sharing: z.array(z.object({ accountId: id, name: z.string(), mayEdit: z.boolean() })),
  steps: z.array(step),
  /** How many in scope could adopt it: they reach its organisation and had no hand in it. */
  adopters: z.number().int(),
  /** What it was written over is no longer what is in force: it must be looked at again. */
  stale: z.boolean(),
  version: z.string().nullable().describe('The version that its adoption put into force'),
  may: z.object({
    edit: z.boolean(),
    share: z.boolean(),
    submit: z.boolean(),
    takeBack: z.boolean(),
    withdraw: z.boolean(),
    decide: z.boolean(),
  }),
})
export type DraftDetail = z.infer<typeof draftDetail>

const compared = z.object({
  asOf: civilDate,
  drafts: z.array(z.object({ id, title: z.string(), state, from: civilDate })),
  figures: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      unit: z.string(),
      now: foundParameter.nullable(),
      /** By draft; absent where the draft leaves it as it is. */
      drafts: z.record(z.string(), z.object({ value: z.unknown(), clause: clause.nullable() })),
    }),
  ),
  sets: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      about,
      nature: z.enum(NATURES).nullable(),
      people: z.number().int(),
      met: z.number().int(),
      drafts: z.record(z.string(), effect.pick({ after: true, lose: true, gain: true, unknown: true })),
    }),
  ),
})
export type DraftsCompared = z.infer<typeof compared>

/** A worked case beside a set: on a day, with these facts, this outcome. Facts that are not given are unknown. */
const draftCase = z.object({
  name: z.string().max(200),
  on: civilDate,
  facts: z.record(z.string().max(120), z.unknown()),
  outcome: z.string().max(60).describe('met, unmet, exempt, unknown, or a grade'),
})
export type DraftCase = z.infer<typeof draftCase>
export const draftCases = z.array(draftCase).max(100)

const draftId = id
const seen = { draftId, revision: z.number().int().describe('The revision that was read; another one is refused') }
const changed = z.object({ revision: z.number().int() })

export const draftProcedures = {
  drafts: query('policy.draft', 'Drafts: one’s own, those shared, those submitted')
    .input(z.object({ show: z.enum(['mine', 'shared', 'waiting', 'all']).default('all') }))
    .output(z.array(draftRow)),
  draft: query('policy.draft', 'A draft with its changes, effect, history, and what one may do with it')
    .input(z.object({ draftId }))
    .output(draftDetail),
  draftColleagues: query('policy.draft', 'Whom a draft can be shared with')
    .input(z.object({ draftId }))
    .output(z.array(z.object({ accountId: id, name: z.string(), orgName: z.string() }))),
  draftSet: query(
    'policy.draft',
    'A requirement set as the draft has it, or as it holds on the draft’s day, to be edited',
  )
    .input(z.object({ draftId, set: z.string().max(120) }))
    .output(
      z.object({
        /** A `SetDeclaration` with one version, which begins on the draft’s day. */
        declared: z.unknown(),
        /** The draft has it already. */
        changed: z.boolean(),
        /** Nobody else has it: it is there through this draft alone. */
        added: z.boolean(),
        /** Whose rule of this id stands above it. */
        above: bilingual.nullable(),
        cases: draftCases.describe('Worked cases beside it'),
        revision: z.number().int(),
      }),
    ),
  compareDrafts: query('policy.draft', 'Drafts side by side: figures, and what each would do')
    .route({ method: 'POST' })
    .input(
      z.object({
        draftIds: z.array(id).min(1).max(4),
        asOf: civilDate.optional().describe('The first day from today on that all of them hold on, when absent'),
      }),
    )
    .output(compared),

  createDraft: command('policy.draft', 'Save a trial as a draft')
    .input(
      z.object({
        orgId: id.describe('Whose policy it changes: that of the authority which holds here'),
        title,
        why: why.default(''),
        from,
        basis: basis.default(null),
        parameters: figures.default({}),
      }),
    )
    .output(z.object({ draftId: id, revision: z.number().int() })),
  saveDraft: command('policy.draft', 'Change a draft: words, day, basis, figures')
    .input(
      z.object({
        ...seen,
        ...z.object({ title, why, from, basis }).partial().shape,
        parameters: z
          .record(parameterId, figure.nullable())
          .optional()
          .describe('Figures beside those that the draft has already; null leaves one as it is in force'),
      }),
    )
    .output(changed),
  saveDraftSet: command('policy.draft', 'Save a changed requirement set into a draft, in place of the one it had')
    .input(
      z.object({
        ...seen,
        declared: z
          .unknown()
          .describe('The whole set as a pack declares it; its version from the draft’s day is what the draft changes'),
        added: z.boolean().optional().describe('It is meant as a new one: refused where there is one of its id'),
        cases: draftCases.optional().describe('The worked cases beside it; as they were where absent'),
      }),
    )
    .output(changed),
  dropDraftSet: command('policy.draft', 'Leave a requirement set as it is in force')
    .input(z.object({ ...seen, set: z.string().max(120) }))
    .output(changed),
  shareDraft: command('policy.draft', 'Say who may read a draft, and who may edit it')
    .input(z.object({ draftId, accounts: z.array(z.object({ accountId: id, mayEdit: z.boolean() })).max(50) }))
    .output(z.object({ shared: z.number().int() })),
  renewDraft: command('policy.draft', 'Having looked at it again: base the draft on what is in force now')
    .input(z.object(seen))
    .output(changed),
  submitDraft: command('policy.draft', 'Submit a draft for adoption from a day on')
    .input(
      z.object({
        ...seen,
        from: civilDate.optional(),
        basis: clause.optional(),
        note: z.string().trim().max(500).optional(),
      }),
    )
    .output(changed),
  takeBackDraft: command('policy.draft', 'Take back what was submitted, to work on it')
    .input(z.object({ draftId }))
    .output(changed),
  withdrawDraft: command('policy.draft', 'Give a draft up').input(z.object({ draftId })).output(changed),
  sendBackDraft: command('policy.adopt', 'Send a submitted draft back, with the reason')
    .input(z.object({ draftId, reason: z.string().trim().min(2).max(500) }))
    .output(changed),
  adoptDraft: command('policy.adopt', 'Adopt a submitted draft as a second person: it comes into force on its day')
    .input(z.object(seen))
    .output(z.object({ version: z.string(), from: civilDate })),
}
