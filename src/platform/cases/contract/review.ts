/** Reviews by experts: the pool, who may not review whom, papers, assignment, an expert's own work, and what came of it. */
import { z } from 'zod'
import { civilDate, command, decimal, id, query } from '../../access/contract.ts'
import { toldRow } from '../../forms/contract.ts'
import { bilingual } from '../../policy/contract.ts'

const ok = z.object({})
const atStage = z.object({ callId: id, stage: z.string().max(60) })
const words = z.string().trim().min(2).max(500)
const locale = z.enum(['zh-CN', 'en']).default('zh-CN')

/** How well an expert knows a field: 1 somewhat, 2 well, 3 best. Fields are named as the form of a call names them: 语文. */
const fields = z.record(z.string().trim().min(1).max(40), z.number().int().min(1).max(3))
const expertFacts = {
  fields,
  most: z.number().int().min(1).max(500).default(60).describe('Papers of one round at most'),
  title: z.string().trim().max(40).nullable().default(null),
}
const expert = z.object({
  accountId: id,
  personId: id.nullable(),
  login: z.string(),
  name: z.string(),
  employer: z.string(),
  title: z.string().nullable(),
  fields,
  active: z.boolean(),
  most: z.number().int(),
  open: z.number().int().describe('Reviews not yet handed in'),
})
const fault = z.object({ cell: z.string(), says: bilingual })

const imported = z.object({ added: z.number().int(), changed: z.number().int(), faults: z.array(fault) })

export const KINDS = ['same_studio', 'mentor', 'co_author', 'relative', 'declared'] as const
const kind = z.enum(KINDS)
const relation = z.object({
  personId: id,
  id,
  name: z.string(),
  otherName: z.string(),
  kind,
  from: civilDate.nullable(),
  until: civilDate.nullable(),
  note: z.string().nullable(),
  own: z.boolean().describe('Declared by the asker'),
})
const term = { from: civilDate.optional(), until: civilDate.optional(), note: z.string().trim().max(200).optional() }
/** Somebody by what a colleague knows of them: the name, with the number or the organisation. */
const called = z.object({
  name: z.string().trim().min(1).max(64),
  number: z.string().trim().max(40).default(''),
  org: z.string().trim().max(100).default(''),
})

const reviewStage = z.object({
  callId: id,
  stage: z.string(),
  call: bilingual,
  title: bilingual,
  blind: z.enum(['both', 'single', 'none']),
  reviews: z.number().int(),
  waiting: z.number().int().describe('Cases at this stage'),
  papers: z.number().int().describe('Of them with a paper'),
  lacking: z.number().int().describe('Reviews still to be assigned'),
  open: z.number().int(),
  submitted: z.number().int(),
  late: z.number().int(),
})

const paperRow = z.object({
  paperId: id,
  nth: z.number().int(),
  applicationId: id,
  name: z.string(),
  org: z.string(),
  field: z.string().nullable(),
  state: z.string().describe('Where the case stands'),
  here: z.boolean().describe('The case waits at this stage'),
  needs: z.number().int().describe('Reviews that are asked for'),
  score: decimal.nullable(),
  spread: decimal.nullable(),
  outlier: z.boolean().describe('Scores further apart than the call allows'),
  files: z.array(
    z.object({
      nth: z.number().int(),
      title: bilingual,
      names: z.boolean().nullable().describe('Whether it names the applicant; null: it could not be read'),
      held: z.boolean(),
    }),
  ),
  reviews: z.array(
    z.object({
      reviewId: id,
      accountId: id,
      expert: z.string(),
      state: z.string(),
      round: z.number().int(),
      total: decimal.nullable(),
      dueOn: civilDate.nullable(),
      late: z.boolean(),
      conflict: z.string().nullable(),
      found: z.array(z.string()).describe('Conflicts that were found since it was given'),
    }),
  ),
})

const load = z.object({
  accountId: id,
  name: z.string(),
  load: z.number().int(),
  fixed: z.number().int(),
  most: z.number().int(),
})
const shortage = z.object({
  kind: z.string(),
  papers: z.array(z.number().int()).describe('Numbers of papers'),
  field: z.string().nullable(),
  needs: z.number().int(),
  open: z.number().int().describe('Experts, or room that they have'),
  closed: z.array(z.object({ why: z.string(), count: z.number().int() })),
})
const preview = z.object({
  outcome: z.enum(['assigned', 'impossible']),
  papers: z.number().int(),
  reviews: z.number().int().describe('To be added'),
  experts: z.number().int(),
  closed: z
    .array(z.object({ why: z.string(), count: z.number().int() }))
    .describe('Pairs closed by conflicts, by reason'),
  loads: z.array(load),
  mean: decimal.nullable(),
  largest: z.number().int().nullable(),
  smallest: z.number().int().nullable(),
  match: z.number().int().nullable(),
  unmatched: z.number().int().nullable().describe('Reviews by experts outside the field'),
  gap: z.number().int().nullable().describe('0: proven best'),
  checked: z.boolean().describe('A second program found every rule kept and the proof sound'),
  seed: z.number().int(),
  digest: z.string().describe('To be sent with the confirmation'),
  shortages: z.array(shortage),
})
export type Preview = z.infer<typeof preview>

const figures = z.object({
  most: z.number().int().describe('The highest total of the rubric'),
  outlier: z.number().int().nullable(),
  floor: z.number().int().nullable(),
  experts: z.array(
    z.object({
      accountId: id,
      name: z.string(),
      assigned: z.number().int(),
      submitted: z.number().int(),
      declined: z.number().int(),
      late: z.number().int(),
      dueOn: civilDate.nullable(),
      mean: decimal.nullable(),
      shared: z.number().int().describe('Papers that others have scored as well'),
      severity: decimal
        .nullable()
        .describe('Mean difference to the mean of the others on the same papers; below 0 is stricter'),
      deviation: decimal.nullable(),
    }),
  ),
  histogram: z.array(z.object({ from: z.number(), until: z.number(), count: z.number().int() })),
  spread: z.object({ mean: decimal.nullable(), largest: decimal.nullable() }),
  outliers: z.number().int(),
})

const rubricItem = z.object({ id: z.string(), title: bilingual, says: bilingual.nullable(), most: z.number().int() })
const myReview = z.object({
  reviewId: id,
  callId: id,
  call: bilingual,
  stageTitle: bilingual,
  nth: z.number().int(),
  field: z.string().nullable(),
  state: z.enum(['assigned', 'submitted']),
  open: z.boolean(),
  dueOn: civilDate.nullable(),
  late: z.boolean(),
  scored: z.number().int(),
  of: z.number().int(),
  total: decimal.nullable(),
})
export type MyReview = z.infer<typeof myReview>
const scores = z.record(z.string().max(60), z.number().min(0).max(100).multipleOf(0.5))
const reviewId = z.object({ reviewId: id })

export const reviewProcedures = {
  experts: query('cases.review.organise', 'The pool of experts')
    .input(z.object({ search: z.string().max(64).default('') }))
    .output(z.array(expert)),
  addExpert: command(
    'cases.review.organise',
    'Take somebody into the pool of experts: a person on record, or somebody from elsewhere',
    { fresh: true },
  )
    .input(
      z.object({
        ...expertFacts,
        number: z.string().trim().max(40).optional().describe('Of a person on record'),
        outside: z
          .object({
            name: z.string().trim().min(2).max(64),
            employer: z.string().trim().min(2).max(100),
            login: z.string().trim().min(3).max(64),
          })
          .optional(),
      }),
    )
    .output(z.object({ accountId: id, initialPassword: z.string().nullable() })),
  saveExpert: command('cases.review.organise', 'Change fields, load and activity of an expert')
    .input(z.object({ accountId: id, ...expertFacts, active: z.boolean() }))
    .output(ok),
  expertTemplate: query('cases.review.organise', 'The empty workbook for a list of experts')
    .input(z.object({ locale, outside: z.coerce.boolean().default(false).describe('For people from elsewhere') }))
    .output(z.file()),
  importOutsideExperts: command(
    'cases.review.organise',
    'Take a list of experts from elsewhere (.xlsx) into the pool; each gets an account',
    { fresh: true },
  )
    .input(z.object({ file: z.file().max(5 * 2 ** 20) }))
    .output(
      imported.extend({
        accounts: z
          .array(z.object({ name: z.string(), login: z.string(), password: z.string() }))
          .describe('The new ones with their initial passwords, which are told once'),
      }),
    ),
  importExperts: command('cases.review.organise', 'Take a list of experts (.xlsx) into the pool')
    .input(z.object({ file: z.file().max(5 * 2 ** 20) }))
    .output(imported),
  relations: query('cases.review.organise', 'Ties between people that bar one from reviewing the other').output(
    z.array(relation),
  ),
  declareRelation: command('cases.review.organise', 'Enter a tie between two people')
    .input(z.object({ one: called, other: called, kind, ...term }))
    .output(z.object({ id })),
  dropRelation: command('cases.review.organise', 'Take an entry of a tie back')
    .input(z.object({ personId: id, id }))
    .output(ok),

  reviewStages: query('cases.review.organise', 'Rounds of review, with what is to be done').output(
    z.array(reviewStage),
  ),
  reviewPapers: query('cases.review.organise', 'Papers of a round, with their reviews')
    .input(atStage)
    .output(z.array(paperRow)),
  preparePapers: command('cases.review.organise', 'Make the copies that experts read')
    .input(atStage)
    .output(z.object({ made: z.number().int(), held: z.number().int(), unread: z.number().int() })),
  setPaperFile: command('cases.review.organise', 'Hold a file back from experts, or let it through')
    .input(z.object({ paperId: id, nth: z.number().int().min(1).max(100), held: z.boolean() }))
    .output(ok),
  previewAssignment: query('cases.review.organise', 'How reviews would be assigned, with loads and proof')
    .input(atStage.extend({ leastMatch: z.coerce.number().int().min(0).max(3).default(0) }))
    .output(preview),
  assignReviews: command('cases.review.organise', 'Assign what is lacking as it was shown; what is assigned stays')
    .input(atStage.extend({ leastMatch: z.number().int().min(0).max(3).default(0), digest: z.string() }))
    .output(z.object({ assigned: z.number().int(), experts: z.number().int() })),
  reviewAssignments: query('cases.review.organise', 'Assignments of a round as they were kept, each checked again')
    .input(atStage)
    .output(
      z.array(
        z.object({
          id,
          at: z.string(),
          by: z.string().nullable(),
          byItself: z.boolean().describe('After a paper was given back, or where scores lay apart'),
          reviews: z.number().int(),
          experts: z.number().int(),
          largest: z.number().int(),
          smallest: z.number().int(),
          gap: z.number().int(),
          sound: z.boolean().describe('The proof stands'),
        }),
      ),
    ),
  takeBackReviews: command('cases.review.organise', 'Take reviews back that were not handed in')
    .input(z.object({ reviewIds: z.array(id).min(1).max(5_000), words }))
    .output(z.object({ takenBack: z.number().int() })),
  acceptScores: command('cases.review.organise', 'Settle papers whose scores stay far apart')
    .input(z.object({ paperIds: z.array(id).min(1).max(1_000), words }))
    .output(z.object({ settled: z.number().int() })),
  remindLate: command('cases.review.organise', 'Remind every expert who is late in a round, once a day')
    .input(atStage)
    .output(
      z.object({
        reminded: z.number().int().describe('Experts'),
        before: z.number().int().describe('Experts who were reminded today already'),
      }),
    ),
  exportScores: query('cases.review.organise', 'The scores of a round as .xlsx, by numbers of papers')
    .route({ method: 'POST' })
    .input(
      atStage.extend({
        locale,
        names: z.boolean().default(false).describe('Of experts, and of those applicants whose cases the asker may see'),
      }),
    )
    .output(z.file()),
  reviewFigures: query('cases.review.organise', 'Progress, severity of experts, spread of scores')
    .input(atStage)
    .output(figures),
  couldReview: query('cases.review.organise', 'Whether an expert could review a case, and if not why')
    .input(z.object({ accountId: id, applicationId: id }))
    .output(z.object({ possible: z.boolean(), why: z.array(z.string()) })),

  ownRelations: query('cases.review.do', 'Ties that one has declared oneself').output(z.array(relation)),
  declareOwnRelation: command('cases.review.do', 'Declare a tie that bars one from reviewing somebody')
    .input(z.object({ other: called, kind, ...term }))
    .output(z.object({ id })),
  dropOwnRelation: command('cases.review.do', 'Take one’s own declaration back').input(z.object({ id })).output(ok),
  myReviews: query('cases.review.do', 'What one has been given to review').output(z.array(myReview)),
  myPaper: query('cases.review.do', 'A paper with its rubric and one’s scores so far')
    .input(reviewId.extend({ locale }))
    .output(
      myReview.extend({
        content: z.array(toldRow),
        files: z.array(z.object({ nth: z.number().int(), title: bilingual, mediaType: z.string() })),
        rubric: z.array(rubricItem),
        scores,
        words: z.string(),
      }),
    ),
  myPaperFile: query('cases.review.do', 'A file of a paper')
    .input(reviewId.extend({ nth: z.coerce.number().int().min(1).max(100) }))
    .output(z.file()),
  saveReview: command('cases.review.do', 'Keep scores and words as they are typed')
    .input(reviewId.extend({ scores, words: z.string().max(2_000) }))
    .output(z.object({ total: decimal.nullable(), scored: z.number().int(), savedAt: z.string() })),
  submitReview: command('cases.review.do', 'Hand a review in; it cannot be changed any more')
    .input(reviewId)
    .output(ok),
  declineReview: command('cases.review.do', 'Give a paper back: for a conflict, or for another reason')
    .input(reviewId.extend({ why: z.enum(['conflict', 'field', 'other']), words }))
    .output(ok),
}
