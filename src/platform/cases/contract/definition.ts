/** What a call says, as written in a pack's `calls/*.yaml` or in the browser: everything the engine needs to run it. */
import { z } from 'zod'
import { bilingual, clause, confidence } from '../../policy/contract.ts'

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/)
  .max(60)
const dotted = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/)
  .max(120)

/** A whole number, or the parameter that holds it: `title.notice_days`. Figures that come from policy are parameters. */
const figure = z.union([z.number().int().positive().max(100_000), dotted])
export type Figure = z.infer<typeof figure>

/** A share such as two thirds, exactly. */
const share = z
  .tuple([z.number().int().positive().max(100), z.number().int().positive().max(100)])
  .refine(([a, b]) => a <= b)

/** Who acts for the organisation at this height above the applicant. */
export const office = z.strictObject({
  role: z.enum(['clerk', 'principal', 'trainer', 'commission']),
  at: z.enum(['school', 'district', 'municipality']),
})
export type Office = z.infer<typeof office>

/** Questions as SurveyJS JSON in the subset that `platform/forms` checks. */
const form = z.record(z.string(), z.unknown())

const stated = {
  id: name,
  title: bilingual,
  clause: clause.optional(),
  confidence: confidence.optional(),
  note: z.string().max(500).optional(),
}

/** An office looks and signs: `one` its only signer, `any` whoever comes first of several, `all` everybody. */
const check = z.strictObject({
  ...stated,
  kind: z.literal('check'),
  by: z.array(office).min(1).max(6),
  signs: z.enum(['any', 'all']).default('any'),
  days: figure.optional().describe('Working days to act in'),
  escalates: office.optional().describe('Who may act as well once it is overdue'),
  may: z
    .array(z.enum(['return', 'refuse', 'hand_over', 'add_signer']))
    .default(['return', 'refuse', 'hand_over', 'add_signer']),
  report: form.optional().describe('To be filled in with the signature, such as the findings of a visit'),
})

/** The list stands before the public; objections stop a case until they are answered. */
const notice = z.strictObject({
  ...stated,
  kind: z.literal('notice'),
  by: office,
  days: figure.describe('Working days'),
  shows: z
    .array(z.string().max(120))
    .min(1)
    .max(12)
    .describe('`name`, `school`, `track`, or names of questions of the form'),
  objections: z.strictObject({ anonymous: z.boolean(), answer: office, days: figure }),
})

const CONFLICTS = ['same_school', 'same_cluster', 'same_studio', 'mentor', 'co_author', 'relative', 'declared'] as const

/** Experts read and score by themselves. */
const review = z.strictObject({
  ...stated,
  kind: z.literal('review'),
  by: office.describe('Who assigns'),
  reviews: figure,
  blind: z.enum(['both', 'single', 'none']),
  field: z.string().max(120).optional().describe('The question or known fact by which experts are matched'),
  days: figure.optional(),
  conflicts: z.array(z.enum(CONFLICTS)).default([...CONFLICTS]),
  rubric: z
    .array(
      z.strictObject({
        id: name,
        title: bilingual,
        says: bilingual.optional(),
        most: z.number().int().min(1).max(100),
      }),
    )
    .min(1)
    .max(20),
  /** Scores further apart than this call for one more review. */
  outlier: figure.optional(),
  floor: figure.optional().describe('The least mean score to go on with'),
})

/** Experts meet and vote in secret. */
const panel = z.strictObject({
  ...stated,
  kind: z.literal('panel'),
  by: office,
  seats: figure.describe('The least number of members'),
  odd: z.boolean().default(true),
  attendance: share,
  pass: share.describe('Of the members present'),
})

/** An office says yes or no, within the places there are. */
const decide = z.strictObject({ ...stated, kind: z.literal('decide'), by: office, days: figure.optional() })

/** The result is entered: designation, certificate, circular. */
const file = z.strictObject({ ...stated, kind: z.literal('file'), by: office })

export const stage = z.discriminatedUnion('kind', [check, notice, review, panel, decide, file])
export type Stage = z.infer<typeof stage>
export type StageKind = Stage['kind']
export type StageOf<Kind extends StageKind> = Extract<Stage, { kind: Kind }>

/** Places for those who leave a stage with a yes. */
const quota = z.strictObject({
  at: name,
  per: z.enum(['call', 'district', 'school']),
  track: name.optional(),
  clause: clause.optional(),
  /** The same for each; or so many in all, shared out by the number of teachers (largest remainder) unless given by organisation. */
  places: z.union([
    z.strictObject({ each: figure }),
    z.strictObject({ total: figure, by: z.enum(['teachers', 'schools', 'given']) }),
  ]),
})
export type Quota = z.infer<typeof quota>

const eligibility = z.strictObject({
  sets: z.array(dotted).max(12).default([]),
  /** Designations that may not be held by those who apply. */
  excludes: z.array(z.strictObject({ kind: dotted, says: bilingual, clause: clause.optional() })).default([]),
})

const material = z.strictObject({
  id: name,
  title: bilingual,
  required: z.boolean(),
  most: z.number().int().min(1).max(20).default(1),
  kinds: z.array(z.enum(['pdf', 'png', 'jpeg'])).min(1),
  /** Whether experts who read blind see it; then it must not name the applicant. */
  blind: z.enum(['shown', 'hidden']).default('hidden'),
})

const result = z.strictObject({
  kind: dotted.describe('`backbone.district`'),
  title: bilingual,
  level: z.enum(['national', 'city', 'district', 'school']),
  years: figure.optional().describe('The term; without one it stays'),
  duties: z.array(bilingual).default([]),
  certificate: z.boolean().default(true),
  number: z
    .string()
    .max(60)
    .regex(/^[^{}]*\{year\}[^{}]*\{number\}[^{}]*$/)
    .optional()
    .describe('How certificates are numbered, 证字〔{year}〕{number}号 where left out; the number has five digits'),
  assessment: z
    .strictObject({
      by: office,
      form: form.optional(),
      grades: z.array(z.strictObject({ id: name, title: bilingual, removes: z.boolean().default(false) })).min(2),
    })
    .optional()
    .describe('Every year of the term'),
  members: z
    .strictObject({ most: z.number().int().min(1).max(200) })
    .optional()
    .describe('Others who belong to it, as to a studio'),
})

export const definition = z.strictObject({
  id: dotted,
  title: bilingual,
  about: bilingual.optional(),
  clause,
  confidence,
  note: z.string().max(1_000).optional(),
  applicant: z.enum(['person', 'organisation']),
  eligibility: eligibility.prefault({}),
  /** Ways to apply with places and further conditions of their own. */
  tracks: z
    .array(
      z.strictObject({
        id: name,
        title: bilingual,
        sets: z.array(dotted).max(6).default([]),
        clause: clause.optional(),
      }),
    )
    .max(20)
    .default([]),
  form,
  materials: z.array(material).max(30).default([]),
  quotas: z.array(quota).max(20).default([]),
  stages: z.array(stage).min(1).max(20),
  /** Against a refusal, within so many working days of it. */
  appeal: z.strictObject({ days: figure, to: office, answer: figure, clause: clause.optional() }).optional(),
  result,
})
export type Definition = z.infer<typeof definition>
