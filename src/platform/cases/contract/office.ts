/** What an office does with cases: what waits for it, where all of a call stand, one case, and every act on one or many. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../../access/contract.ts'
import { toldRow } from '../../forms/contract.ts'
import { bilingual, clause, confidence } from '../../policy/contract.ts'
import { votes } from './applications.ts'
import { office } from './definition.ts'

export const caseState = z.enum([
  'draft',
  'returned',
  'waiting',
  'paused',
  'appealed',
  'refused',
  'withdrawn',
  'lapsed',
  'filed',
])
const locale = z.enum(['zh-CN', 'en'])
const ids = z.array(id).min(1).max(10_000).describe('Cases of one call at one stage')
const words = z.string().trim().min(2).max(2_000)
const search = z.string().trim().max(64)
const stageKind = z.enum(['check', 'notice', 'review', 'panel', 'decide', 'file'])

/** A case as lists show it. */
const caseRow = z.object({
  id,
  name: z.string(),
  orgId: id,
  orgName: z.string(),
  orgNameEn: z.string().nullable(),
  track: bilingual.nullable(),
  state: caseState,
  stage: z.string().nullable(),
  stageTitle: bilingual.nullable(),
  since: z.string().describe('In this state at this stage since'),
  dueOn: civilDate.nullable(),
  overdue: z.boolean(),
  submittedAt: z.string().nullable(),
  score: z.string().nullable(),
  rank: z.number().int().nullable(),
  asked: z.boolean().describe('A signature of the asker is asked for'),
  revision: z.number().int(),
})
export type CaseRow = z.infer<typeof caseRow>

const taskRow = caseRow.extend({
  taskId: id,
  callId: id,
  callTitle: bilingual,
  role: z.string(),
  added: z.boolean(),
  openedAt: z.string(),
  urgedAt: z.string().nullable(),
})
export type TaskRow = z.infer<typeof taskRow>

const heap = z.object({
  stage: z.string().nullable(),
  state: caseState,
  n: z.number().int(),
  overdue: z.number().int(),
  oldest: z.string().describe('Since when the one that has waited longest is there'),
  median: z.string(),
})

export const pipelineView = z.object({
  call: z.object({
    id,
    title: bilingual,
    state: z.enum(['draft', 'published', 'ended', 'dropped']),
    opensOn: civilDate,
    orgName: z.string(),
    orgNameEn: z.string().nullable(),
    stages: z.array(z.object({ id: z.string(), title: bilingual, kind: stageKind })),
    tracks: z.array(z.object({ id: z.string(), title: bilingual })),
  }),
  heaps: z.array(heap),
  late: z.array(
    z.object({
      orgId: id,
      orgName: z.string(),
      orgNameEn: z.string().nullable(),
      role: z.string(),
      stage: z.string(),
      overdue: z.number().int(),
      oldestDue: civilDate,
    }),
  ),
  quotas: z.array(
    z.object({
      stage: z.string(),
      track: z.string().nullable(),
      orgId: id,
      orgName: z.string(),
      orgNameEn: z.string().nullable(),
      places: z.number().int(),
      taken: z.number().int(),
      waiting: z.number().int().describe('Cases at the stage that would need one of these places'),
    }),
  ),
  deadlines: z.array(z.object({ stage: z.string(), closesAt: z.string() })),
})
export type PipelineView = z.infer<typeof pipelineView>

const handling = z.object({
  /** A signature of the asker is asked for here and now. */
  asked: z.boolean(),
  may: z.array(z.enum(['return', 'refuse', 'hand_over', 'add_signer'])),
  returnTo: z.array(z.object({ id: z.string(), title: bilingual })).describe('Earlier stages'),
  report: z.record(z.string(), z.unknown()).nullable().describe('Asked with the signature'),
  reopenTo: z.array(z.object({ id: z.string(), title: bilingual })),
  urge: z.boolean(),
})

export const caseView = z.object({
  case: caseRow.extend({ personId: id.nullable(), number: z.string().nullable() }),
  call: z.object({
    id,
    title: bilingual,
    clause: clause.extend({ confidence }).nullable(),
    stages: z.array(z.object({ id: z.string(), title: bilingual, kind: stageKind })),
  }),
  answers: z.array(toldRow),
  points: z.array(z.object({ question: z.string().optional(), material: z.string().optional(), says: z.string() })),
  materials: z.array(
    z.object({
      id,
      kind: z.string(),
      title: bilingual,
      required: z.boolean(),
      fileId: id,
      name: z.string(),
      namesApplicant: z.boolean().nullable(),
    }),
  ),
  lacking: z.array(z.object({ kind: z.string(), title: bilingual })).describe('Required, and none is there'),
  judged: z.array(
    z.object({ set: z.string(), title: bilingual.nullable(), outcome: z.string(), decisionId: id.nullable() }),
  ),
  steps: z.array(
    z.object({
      nth: z.number().int(),
      act: z.string(),
      fromState: z.string(),
      fromStage: z.string().nullable(),
      toState: z.string(),
      toStage: z.string().nullable(),
      byName: z.string(),
      at: z.string(),
      words: z.string().nullable(),
      votes: votes.nullable(),
      closed: z.boolean(),
    }),
  ),
  tasks: z.array(
    z.object({
      id,
      stage: z.string(),
      role: z.string(),
      orgId: id,
      orgName: z.string(),
      orgNameEn: z.string().nullable(),
      added: z.boolean(),
      state: z.enum(['open', 'signed', 'refused', 'handed_over', 'dropped']),
      dueOn: civilDate.nullable(),
      openedAt: z.string(),
      doneAt: z.string().nullable(),
      doneByName: z.string().nullable(),
      words: z.string().nullable(),
      report: z.array(toldRow).nullable(),
    }),
  ),
  notices: z.array(z.object({ id, code: z.string(), from: civilDate, until: civilDate, state: z.string() })),
  objections: z.array(
    z.object({
      id,
      kind: z.enum(['notice', 'appeal']),
      state: z.enum(['open', 'upheld', 'dismissed']),
      raisedAt: z.string(),
      dueOn: civilDate.nullable(),
    }),
  ),
  handling,
})
export type CaseView = z.infer<typeof caseView>

export const BULK_ACTS = ['sign', 'refuse', 'send_back', 'hand_over', 'add_signer', 'urge'] as const
/** What would happen to a case: it goes on, others must sign as well, or why nothing is done. */
export const EFFECTS = ['moves', 'waits', 'asked', 'urged', 'not_asked', 'other_stage', 'may_not', 'quota'] as const

const preview = z.object({
  rows: z.array(
    z.object({
      id,
      name: z.string(),
      orgName: z.string(),
      effect: z.enum(EFFECTS),
      others: z.array(z.object({ role: z.string(), orgName: z.string() })).describe('Who has still to sign'),
    }),
  ),
  lacking: z.array(
    z.object({ orgName: z.string(), track: bilingual.nullable(), places: z.number().int(), lacking: z.number().int() }),
  ),
  possible: z.boolean().describe('Done as it stands: an act on many is done for all of them or for none'),
  returnTo: z.array(z.object({ id: z.string(), title: bilingual })).describe('Earlier stages'),
  report: z.record(z.string(), z.unknown()).nullable(),
})
export type BulkPreview = z.infer<typeof preview>

const listed = z.object({
  callId: id,
  stage: z.string().max(60).optional(),
  state: caseState.optional(),
  orgId: id.optional().describe('The organisation and all below it'),
  overdue: z.boolean().optional(),
  search: search.optional().describe('Part of the name'),
})
export type Listed = z.infer<typeof listed>

const to = office.extend({ words })

export const officeProcedures = {
  myTasks: query('cases.handle', 'What waits for the signature of the roles that one holds')
    .route({ method: 'POST' })
    .input(
      paging.extend({
        callId: id.optional(),
        stage: z.string().max(60).optional(),
        overdue: z.boolean().optional(),
        search: search.optional(),
      }),
    )
    .output(page(taskRow)),
  taskCounts: query('cases.handle', 'The same by call and stage').output(
    z.array(
      z.object({
        callId: id,
        title: bilingual,
        stage: z.string(),
        stageTitle: bilingual,
        n: z.number().int(),
        overdue: z.number().int(),
        oldestDue: civilDate.nullable(),
      }),
    ),
  ),
  handledCalls: query('cases.case.read', 'Calls with cases in scope, those that run first').output(
    z.array(
      z.object({
        id,
        title: bilingual,
        state: z.enum(['published', 'ended']),
        opensOn: civilDate,
        cases: z.number().int(),
        open: z.number().int(),
        overdue: z.number().int(),
      }),
    ),
  ),
  pipeline: query('cases.case.read', 'How many cases of a call are where, since when, and who is late')
    .input(z.object({ callId: id }))
    .output(pipelineView),
  casesOf: query('cases.case.read', 'Cases of a call in scope, those that have waited longest first')
    .route({ method: 'POST' })
    .input(paging.extend(listed.shape))
    .output(page(caseRow)),
  exportCases: query('cases.case.read', 'The same list as .xlsx, with the answers of the form')
    .route({ method: 'POST' })
    .input(listed.extend({ locale }))
    .output(z.file()),
  printSummary: query('cases.case.read', 'The summary table of a call as .pdf')
    .route({ method: 'POST' })
    .input(listed.extend({ locale }))
    .output(z.file()),
  casePage: query('cases.case.read', 'All that an office may see of a case')
    .input(z.object({ applicationId: id, locale: locale.default('zh-CN') }))
    .output(caseView),
  printCase: query('cases.case.read', 'The application form with its steps and signatures, as .pdf or .docx')
    .route({ method: 'POST' })
    .input(z.object({ applicationId: id, as: z.enum(['pdf', 'docx']), locale }))
    .output(z.file()),
  bulkPreview: query('cases.handle', 'What an act would do to each of these cases, without doing it')
    .route({ method: 'POST' })
    .input(z.object({ ids, act: z.enum(BULK_ACTS) }))
    .output(preview),
  signCases: command('cases.handle', 'Sign for cases, or refuse them')
    .input(
      z.object({
        ids,
        verdict: z.enum(['signed', 'refused']),
        words: z.string().trim().max(2_000).optional(),
        report: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .output(z.object({ moved: z.number().int() })),
  sendBackCases: command('cases.handle', 'Send cases back to the applicant or an earlier stage')
    .input(
      z.object({
        ids,
        to: z.string().max(60).nullable().describe('An earlier stage; null for the applicant'),
        words,
        points: z
          .array(
            z.object({
              question: z.string().max(120).optional(),
              material: z.string().max(60).optional(),
              says: z.string().trim().min(2).max(500),
            }),
          )
          .max(50)
          .optional(),
      }),
    )
    .output(z.object({})),
  handOverCases: command('cases.handle', 'Ask another office to sign instead')
    .input(to.extend({ ids }))
    .output(z.object({})),
  addSignerCases: command('cases.handle', 'Ask one more office to sign').input(to.extend({ ids })).output(z.object({})),
  urgeCases: command('cases.handle', 'Remind those who have to act')
    .input(z.object({ ids }))
    .output(z.object({ urged: z.number().int() })),
  reopenCase: command('cases.decide', 'Take back the end of a case, on record and with a reason')
    .input(z.object({ applicationId: id, to: z.string().max(60), words, revision: z.number().int().optional() }))
    .output(z.object({})),
}
