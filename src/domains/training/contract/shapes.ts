/** What the screens of training are made of: shared shapes of inputs and answers. */
import { z } from 'zod'
import { decimal, id } from '../../../platform/access/contract.ts'

export const ok = z.object({})
export const people = z.array(id).min(1).max(500)
export const reason = z.string().trim().min(2).max(500)
export const classId = z.object({ classId: id })
export const sessionId = z.object({ sessionId: id })
export const locale = z.enum(['zh-CN', 'en']).default('zh-CN')
export const instant = z.iso.datetime({ offset: true })

export const target = z.strictObject({
  stages: z.array(z.string()).optional(),
  categories: z.array(z.string()).optional(),
  subjects: z.array(z.string()).optional(),
  posts: z.array(z.string()).optional(),
  excludePosts: z.array(z.string()).optional(),
  honoursAny: z.array(z.string()).optional(),
  titlesAny: z.array(z.string()).optional(),
  serviceYears: z
    .strictObject({ from: z.number().int().min(0).optional(), to: z.number().int().max(60).optional() })
    .optional(),
  hiredWithinMonths: z.number().int().min(1).max(120).optional(),
})
export const clause = z
  .object({
    document: z.string(),
    number: z.string().optional(),
    article: z.string().optional(),
    words: z.string().optional(),
  })
  .partial()

/** From the first to the last day, both included. */
export const period = z.object({ from: z.iso.date(), until: z.iso.date() }).refine(({ from, until }) => from <= until)

export const classRow = z.object({
  id,
  authority: z.string(),
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  projectId: id,
  project: z.string(),
  projectEn: z.string(),
  projectCode: z.string(),
  level: z.string(),
  kind: z.string(),
  creditKind: z.string(),
  places: z.number().int().nullable(),
  hours: decimal.nullable(),
  terms: z.number().int(),
  period: period.nullable().describe('When it is meant to be held'),
  schedule: z.array(z.object({ places: z.number().int(), starts: z.string() })),
  sessionsPlanned: z.object({ days: z.number(), hoursPerDay: z.number() }).nullable(),
  assumed: z.array(z.string()),
  budgetFen: z.number().int(),
  enrolment: z.enum(['delegated', 'open']),
  state: z.string(),
  deadline: z.string().nullable(),
  target,
  clause,
  eligible: z.number().int(),
  shared: z.number().int(),
  seated: z.number().int(),
  waiting: z.number().int(),
  passed: z.number().int(),
  credits: decimal,
  sessions: z.number().int(),
  nextSession: z.string().nullable(),
})
export const planRow = z.object({
  id,
  orgId: id,
  authority: z.string(),
  year: z.number().int(),
  document: z.string(),
  title: z.string(),
  titleEn: z.string(),
  state: z.string(),
  issuedOn: z.string().nullable(),
  publishedAt: z.string().nullable(),
  projects: z.array(z.object({ id, code: z.string(), name: z.string(), nameEn: z.string(), aim: z.string() })),
})
export const quotaRow = z.object({
  orgId: id,
  orgName: z.string(),
  eligible: z.number().int(),
  exact: decimal,
  byRule: z.number().int(),
  places: z.number().int(),
  taken: z.number().int(),
  waiting: z.number().int(),
  reason: z.string().nullable(),
})
export const candidate = z.object({
  personId: id,
  name: z.string(),
  number: z.string(),
  orgName: z.string(),
  stages: z.array(z.string()),
  subjects: z.array(z.string()),
  title: z.string().nullable(),
  posts: z.array(z.string()),
  fairShare: decimal,
  recent: z.number().int(),
  state: z.string().nullable(),
  warned: z.boolean(),
})
export const enrolmentRow = z.object({
  personId: id,
  name: z.string(),
  number: z.string(),
  orgId: id,
  orgName: z.string(),
  state: z.string(),
  seated: z.boolean(),
  term: z.number().int(),
  reason: z.string().nullable(),
  fairShare: decimal.nullable(),
  attended: z.number().int().nullable(),
  required: z.number().int().nullable(),
  credits: decimal.nullable(),
  present: z.number().int(),
  onLeave: z.number().int(),
})
export const sessionRow = z.object({
  id,
  classId: id,
  ord: z.number().int(),
  term: z.number().int(),
  title: z.string(),
  place: z.string(),
  starts: z.string(),
  ends: z.string(),
  compulsory: z.boolean(),
  expected: z.number().int(),
  present: z.number().int(),
  onLeave: z.number().int(),
})
export const figure = z.object({ value: decimal, unit: z.string(), clause, confidence: z.string() })
export const mine = z.object({
  classId: id,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  project: z.string(),
  projectEn: z.string(),
  hours: decimal.nullable(),
  level: z.string(),
  enrolment: z.enum(['delegated', 'open']),
  classState: z.string(),
  terms: z.number().int(),
  term: z.number().int().nullable().describe('One’s own term; null until the list is confirmed'),
  state: z.string(),
  reason: z.string().nullable(),
  deadline: z.string().nullable(),
  credits: decimal.nullable(),
  attended: z.number().int().nullable(),
  required: z.number().int().nullable(),
  wayOut: z.enum(['leave', 'decline']).nullable(),
  outcome: z
    .object({
      reached: decimal.nullable().describe('Attended over what counted'),
      share: figure.nullable().describe('The share asked for when it was decided, with its clause'),
      reasons: z.array(z.string()),
      missed: z.array(z.object({ sessionId: id, title: z.string(), starts: z.string(), compulsory: z.boolean() })),
    })
    .nullable(),
  certificate: z.object({ id, label: z.string(), verifyCode: z.string() }).nullable(),
  sessions: z.array(
    sessionRow
      .pick({ id: true, term: true, title: true, place: true, starts: true, ends: true, compulsory: true })
      .extend({
        opensAt: z.string().describe('From when one may check in'),
        attendance: z.string().nullable(),
        checkedInAt: z.string().nullable(),
        leave: z
          .object({
            state: z.string(),
            reason: z.string(),
            answer: z.string().nullable(),
            askedAt: z.string(),
            decidedAt: z.string().nullable(),
          })
          .nullable(),
      }),
  ),
  clashes: z.array(
    z.object({
      sessionId: id,
      withClass: z.string(),
      withClassEn: z.string(),
      withTitle: z.string(),
      starts: z.string(),
    }),
  ),
})
export const creditKind = z.enum(['concentrated', 'online', 'practice', 'research', 'school_based', 'self_study'])
export const level = z.enum(['school', 'district', 'city', 'national'])
/** Hours that somebody enters: more than none, as many as a year can hold. */
export const hoursGiven = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .refine((hours) => Number(hours) > 0)
/** What a training is worth: the credits follow from the hours by the pack’s conversion. */
const worth = z.object({
  kind: creditKind,
  level,
  hours: hoursGiven,
  intoOpenYear: z
    .boolean()
    .default(false)
    .describe('Where the credit year is sealed: enter it into the first open year instead'),
})
export const remedy = z.discriminatedUnion('as', [
  z.object({ as: z.literal('take_back') }),
  worth.extend({ as: z.literal('correct') }),
  worth.extend({
    as: z.literal('enter'),
    occurredOn: z.iso.date(),
    title: z.string().trim().min(2).max(120),
    evidence: z.string().trim().min(2).max(500).describe('What was shown: certificate, signed list, notice'),
  }),
])

const objection = z.object({
  id,
  state: z.string(),
  text: z.string(),
  answer: z.string().nullable(),
  dueOn: z.string(),
  remedy: z.enum(['take_back', 'correct', 'enter']).nullable().describe('How an upheld one was settled'),
  newEntry: z
    .object({
      id,
      title: z.string(),
      titleEn: z.string(),
      kind: z.string(),
      level: z.string(),
      hours: decimal,
      credits: decimal,
      occurredOn: z.string(),
      creditYear: z.number().int(),
    })
    .nullable()
    .describe('The entry that came of it'),
})
export const ownObjection = objection.extend({
  entryId: id.nullable().describe('Null: an entry is said to be missing'),
  title: z.string().nullable(),
  titleEn: z.string().nullable(),
  raisedAt: z.string(),
  answeredAt: z.string().nullable(),
  year: z.number().int().describe('The credit year it is about'),
})
export const entry = z.object({
  id,
  creditYear: z.number().int(),
  occurredOn: z.string(),
  kind: z.string(),
  level: z.string(),
  hours: decimal,
  credits: decimal,
  title: z.string(),
  titleEn: z.string(),
  sourceKind: z.string(),
  sourceId: id,
  counterOf: id.nullable(),
  countered: z.boolean(),
  reason: z.string().nullable(),
  locked: z.boolean(),
  objection: objection.nullable(),
})
/** The figures of a scorecard. */
export const indicator = z.enum(['credit', 'delegation', 'participation', 'pass'])
export const rate = z.object({ id: z.string(), numerator: z.number(), denominator: z.number() })
export const schoolsYear = z.object({ orgIds: z.array(id).min(1).max(500), year: z.number().int().min(2000).max(2100) })
export const schoolYear = z.object({ orgId: id, year: z.coerce.number().int().min(2000).max(2100) })
