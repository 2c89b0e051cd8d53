/** What applicants do: the same for a person, and for an organisation by those who act for it. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../access/contract.ts'
import { answerProblem, bilingual, filled, toldRow } from '../../forms/contract.ts'
import { clause } from '../../policy/contract.ts'
import { office } from './definition.ts'

/** How a requirement set comes out for the applicant, with what is missing. */
const judgedSet = z.object({
  set: z.string(),
  title: bilingual,
  outcome: z.string(),
  holds: z.boolean().nullable().describe('null: it cannot be said, a fact is missing'),
  failed: z.array(z.object({ id: z.string(), says: bilingual, clause: clause.nullable() })),
  unknown: z.array(z.object({ id: z.string(), title: bilingual, ask: bilingual })),
})
export type JudgedSet = z.infer<typeof judgedSet>

/** Something held that bars from applying. */
const excluded = z.object({
  kind: z.string(),
  title: bilingual,
  says: bilingual,
  clause: clause.nullable(),
  until: civilDate.nullable(),
})
export type Excluded = z.infer<typeof excluded>

export const standing = z.object({
  eligible: z.boolean().nullable().describe('null: it cannot be said'),
  sets: z.array(judgedSet),
  excluded: z.array(excluded),
})
export type Standing = z.infer<typeof standing>

const track = z.object({ id: z.string(), title: bilingual, clause: clause.nullable() })
const callHead = {
  callId: id,
  title: bilingual,
  about: bilingual.nullable(),
  clause,
  org: z.object({ name: z.string(), nameEn: z.string().nullable() }),
  opensOn: civilDate,
  judgedOn: civilDate.describe('Conditions are judged as of this day'),
  closesAt: z.string().nullable().describe('Applications count by the instant at which they are received'),
}

const openCall = z.object({
  ...callHead,
  /** One without a track where the call has none. */
  ways: z.array(z.object({ track: track.nullable(), standing })),
  materials: z.array(z.object({ title: bilingual, required: z.boolean() })),
  own: z.object({ id, state: z.string() }).nullable(),
})

const applicationRow = z.object({
  id,
  callId: id,
  title: bilingual,
  track: bilingual.nullable(),
  state: z.string(),
  stage: bilingual.nullable(),
  since: z.string(),
  dueOn: civilDate.nullable(),
  closesAt: z.string().nullable().describe('Until when it can be handed in, where it is with the applicant'),
  submittedAt: z.string().nullable(),
})

const point = z.object({ question: z.string().optional(), material: z.string().optional(), says: z.string() })

const holder = z.object({
  /** Null: the applicant. */
  office: office.nullable(),
  org: z.object({ name: z.string(), nameEn: z.string().nullable() }).nullable(),
  dueOn: civilDate.nullable(),
})

/** Where a panel voted: what its words say, in figures. */
export const votes = z.object({
  ayes: z.number().int(),
  noes: z.number().int(),
  blanks: z.number().int(),
  entitled: z.number().int(),
})
const step = z.object({
  at: z.string(),
  act: z.string(),
  state: z.string(),
  /** Where it was done, and where it went. */
  from: bilingual.nullable(),
  to: bilingual.nullable(),
  /** `applicant`, `product`, or the office by its role. */
  by: z.string(),
  org: z.object({ name: z.string(), nameEn: z.string().nullable() }).nullable(),
  words: z.string().nullable(),
  votes: votes.nullable(),
})

const outcome = z.object({
  score: z.string().nullable(),
  rank: z.number().int().nullable(),
  /** Without names, the highest first. */
  reviews: z.array(
    z.object({
      stage: bilingual,
      total: z.string().nullable(),
      items: z.array(z.object({ title: bilingual, points: z.number(), most: z.number() })),
    }),
  ),
  votes: z.array(
    z.object({
      stage: bilingual,
      ayes: z.number().int(),
      noes: z.number().int(),
      blanks: z.number().int(),
      entitled: z.number().int(),
      passed: z.boolean(),
    }),
  ),
  designation: z.object({ title: bilingual, from: civilDate, until: civilDate.nullable() }).nullable(),
})

const applicationPage = z.object({
  id,
  revision: z.number().int(),
  name: z.string(),
  /** Of whom conditions are asked. */
  about: z.object({ kind: z.enum(['person', 'organisation']), id }),
  state: z.string(),
  stage: z.object({ id: z.string(), kind: z.string(), title: bilingual }).nullable(),
  since: z.string(),
  dueOn: civilDate.nullable(),
  submittedAt: z.string().nullable(),
  track: track.nullable(),
  call: z.object({ ...callHead, stages: z.array(z.object({ id: z.string(), kind: z.string(), title: bilingual })) }),
  /** It is with the applicant and there is time. */
  editable: z.boolean(),
  form: z.object({
    definition: z.record(z.string(), z.unknown()).describe('As survey-core takes it'),
    answers: z.record(z.string(), z.unknown()),
    filled: z.array(filled),
    told: z.array(toldRow),
  }),
  materials: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      required: z.boolean(),
      most: z.number().int(),
      kinds: z.array(z.string()),
      blind: z.boolean().describe('Experts read it without knowing whose it is'),
      files: z.array(
        z.object({
          id,
          fileId: id,
          name: z.string(),
          size: z.number().int(),
          addedAt: z.string(),
          named: z
            .boolean()
            .nullable()
            .describe('Experts who read blind would see whose it is; null where it could not be told'),
        }),
      ),
    }),
  ),
  points: z.array(point),
  /** As it stands now, while it is with the applicant; afterwards as it was judged when it was handed in. */
  standing,
  with: z.array(holder),
  timeline: z.array(step),
  outcome: outcome.nullable(),
  appeal: z
    .object({
      /** The last day on which one can be raised; null where none can be any more. */
      until: civilDate.nullable(),
      clause: clause.nullable(),
      raised: z.array(
        z.object({
          at: z.string(),
          words: z.string(),
          dueOn: civilDate.nullable(),
          state: z.string(),
          answer: z.string().nullable(),
          answeredAt: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  withdrawable: z.boolean(),
})
export type ApplicationPage = z.infer<typeof applicationPage>

const orgId = id.optional().describe('The organisation that applies; not where one applies for oneself')
const applicationId = z.object({ applicationId: id })
const answers = z.record(z.string().max(60), z.unknown())
const words = z.string().trim().max(2_000)
const ok = z.object({})
export const MATERIAL_BYTES = 20 * 2 ** 20

/** What an applicant can do under a permission. */
const applying = (permission: 'cases.apply' | 'cases.apply_org', whose: string) => ({
  openCalls: query(permission, `Calls that take applications, with whether and why ${whose} may apply`)
    .input(z.object({ orgId }))
    .output(z.array(openCall)),
  ownApplications: query(permission, `Applications of ${whose}`)
    .input(z.object({ orgId }))
    .output(z.array(applicationRow)),
  ownApplication: query(
    permission,
    `An application of ${whose}: its form, where it stands and who has it, and what came of it`,
  )
    .input(applicationId.extend({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(applicationPage),
  startApplication: command(permission, `Begin an application of ${whose}`)
    .input(z.object({ callId: id, track: z.string().max(60).optional(), orgId }))
    .output(applicationId),
  saveAnswers: command(permission, `Keep the answers of a draft of ${whose} as they are typed`)
    .input(applicationId.extend({ revision: z.number().int(), answers }))
    .output(z.object({ revision: z.number().int(), savedAt: z.string() })),
  addMaterial: command(permission, `Attach a file to an application of ${whose}`)
    .input(applicationId.extend({ material: z.string().max(60), file: z.file().max(MATERIAL_BYTES) }))
    .output(z.object({ id, fileId: id })),
  dropMaterial: command(permission, `Take a file from an application of ${whose}`)
    .input(applicationId.extend({ materialId: id }))
    .output(ok),
  checkApplication: query(permission, `What an application of ${whose} still lacks before it can be handed in`)
    .input(applicationId)
    .output(
      z.object({
        problems: z.array(answerProblem),
        materials: z.array(z.object({ id: z.string(), title: bilingual })),
        standing,
      }),
    ),
  submitApplication: command(permission, `Hand in an application of ${whose}, or hand it in again after corrections`)
    .input(applicationId.extend({ revision: z.number().int(), answers: answers.optional() }))
    .output(z.object({ receivedAt: z.string(), unknown: z.array(judgedSet.shape.unknown.element) })),
  withdrawApplication: command(permission, `Withdraw an application of ${whose}`)
    .input(applicationId.extend({ words: words.optional() }))
    .output(ok),
  appealCase: command(permission, `Appeal against the refusal of an application of ${whose}`)
    .input(applicationId.extend({ words: words.min(2) }))
    .output(z.object({ dueOn: civilDate })),
})

/** The same procedures under names of their own: one permission each. */
export type ForOrg<T> = { [K in keyof T & string as `${K}ForOrg`]: T[K] }
export const forOrg = <T extends object>(procedures: T): ForOrg<T> =>
  Object.fromEntries(Object.entries(procedures).map(([name, one]) => [`${name}ForOrg`, one])) as ForOrg<T>

export const personApplying = applying('cases.apply', 'oneself')
export const orgApplying = applying('cases.apply_org', 'one’s organisation')
export const applicationProcedures = { ...personApplying, ...forOrg(orgApplying) }
