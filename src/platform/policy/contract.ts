/** What others see of policy: parameters with their history, clause and confidence. */
import { z } from 'zod'
import { civilDate, id, query } from '../access/contract.ts'

/**
 * How sure a figure is. L: full text of the law read. F: wording found where it is quoted. S: stated in the authority's own document.
 * P: paraphrase only. M: from memory, fairly sure. U: unverified, an editable default.
 */
export const CONFIDENCES = ['L', 'F', 'S', 'P', 'M', 'U'] as const
const confidence = z.enum(CONFIDENCES)
export type Confidence = z.infer<typeof confidence>

/** Where a figure is written. `words` only where the text itself was seen. */
export const clause = z.strictObject({
  document: z.string().min(1),
  number: z.string().min(1).optional(),
  article: z.string().min(1).optional(),
  words: z.string().min(1).optional(),
})
export type Clause = z.infer<typeof clause>

const bilingual = z.object({ zh: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof bilingual>

/** A parameter as it holds for an authority on a day: what a decision stores beside itself. */
const foundParameter = z.object({
  id: z.string(),
  value: z.unknown(),
  unit: z.string(),
  clause: clause.nullable(),
  confidence,
  authority: z.string(),
  packVersion: z.string(),
  from: civilDate,
})

const datedValue = z.object({
  from: civilDate,
  /** First day on which it no longer holds; null while nothing follows. */
  until: civilDate.nullable(),
  value: z.unknown(),
  clause: clause.nullable(),
  confidence,
  note: z.string().nullable(),
})

const parameterRow = z.object({
  id: z.string(),
  title: bilingual,
  unit: z.string(),
  /** What holds on the day asked for; null where no authority was named, or nothing holds yet. */
  inForce: foundParameter.nullable(),
  /** Who declares it, nearest first. */
  declarations: z.array(
    z.object({ authority: z.string(), authorityName: bilingual, packVersion: z.string(), values: z.array(datedValue) }),
  ),
})
export type ParameterRow = z.infer<typeof parameterRow>

const truth = z.boolean().nullable().describe('null: it cannot be said, a fact is missing')

/** A condition as it came out for a person, with what was compared. */
const toldCondition = z.object({
  id: z.string(),
  says: bilingual,
  clause: clause.nullable(),
  confidence,
  note: z.string().nullable(),
  /** What would make it hold. */
  cure: bilingual.nullable(),
  holds: truth,
  /** The named exception that decided. */
  exception: z.object({ id: z.string(), says: bilingual, clause }).nullable(),
  facts: z.array(z.string()),
  /** Both sides of a comparison that does not hold, and their difference where it is one of numbers. */
  have: z.unknown(),
  need: z.unknown(),
  lacking: z.string().nullable(),
  /** What is asked for, where it is the same for everybody. */
  threshold: z.unknown(),
})
export type ToldCondition = z.infer<typeof toldCondition>

/** `least` of the parts must hold. */
const toldGroup = z.object({
  says: bilingual.nullable(),
  holds: truth,
  least: z.number().int(),
  get parts(): z.ZodType<ToldPart[]> {
    return z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('condition'), condition: toldCondition }),
        z.object({ kind: z.literal('group'), group: toldGroup as z.ZodType<ToldGroup> }),
      ]),
    )
  },
})
type ToldPart = { kind: 'condition'; condition: ToldCondition } | { kind: 'group'; group: ToldGroup }
export type ToldGroup = { says: Bilingual | null; holds: boolean | null; least: number; parts: ToldPart[] }

/** A condition as it stands in the pack, with the expression that tests it. */
const writtenCondition = z.object({
  id: z.string(),
  says: bilingual,
  clause: clause.nullable(),
  confidence,
  note: z.string().nullable(),
  test: z.string(),
  exceptions: z.array(z.object({ id: z.string(), says: bilingual, clause, when: z.string() })),
})
export type WrittenCondition = z.infer<typeof writtenCondition>

const writtenGroup = z.object({
  says: bilingual.nullable(),
  least: z.number().int(),
  get parts(): z.ZodType<WrittenPart[]> {
    return z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('condition'), condition: writtenCondition }),
        z.object({ kind: z.literal('group'), group: writtenGroup as z.ZodType<WrittenGroup> }),
      ]),
    )
  },
})
type WrittenPart = { kind: 'condition'; condition: WrittenCondition } | { kind: 'group'; group: WrittenGroup }
export type WrittenGroup = { says: Bilingual | null; least: number; parts: WrittenPart[] }

const explanation = z.object({
  set: z.string(),
  title: bilingual,
  person: z.object({ id: z.string(), name: z.string() }),
  asOf: civilDate,
  /** `met`, `unmet`, `exempt`, `unknown`, or a grade of the set. */
  outcome: z.string(),
  /** Whose rules were applied, nearest first, in which version. */
  layers: z.array(z.object({ authority: z.string(), packVersion: z.string(), from: civilDate })),
  needs: toldGroup,
  grades: z.array(z.object({ id: z.string(), title: bilingual, when: toldGroup })),
  facts: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      type: z.string(),
      unit: z.string().nullable(),
      value: z.unknown(),
      /** Whom to ask for it; null where it is known. */
      ask: bilingual.nullable(),
    }),
  ),
  parameters: z.array(foundParameter),
  /** The fewest conditions that are missing to a yes. */
  way: z.array(z.string()),
  /** The first day on which it is met if nothing but time changes. */
  earliest: civilDate.nullable(),
  consequences: z.array(z.object({ says: bilingual, clause })),
})
export type Explanation = z.infer<typeof explanation>

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

export const policyContract = {
  explain: query('policy.explain', 'Why a person meets a requirement set or does not: every condition with its clause')
    .input(
      z.object({
        set: z.string().max(120).describe('Id of the requirement set'),
        personId: id,
        asOf: civilDate.optional().describe('The day judged; today when absent'),
      }),
    )
    .output(explanation),
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
  requirements: query('policy.read', 'Requirement sets in force for an authority')
    .input(
      z.object({
        authority: z.string().max(64).optional(),
        orgId: id.optional().describe('Instead of the authority: the organisation they hold for'),
        asOf: civilDate.optional(),
      }),
    )
    .output(
      z.array(
        z.object({
          id: z.string(),
          title: bilingual,
          layers: z.array(z.object({ authority: z.string(), packVersion: z.string(), from: civilDate })),
          needs: writtenGroup,
          grades: z.array(z.object({ id: z.string(), title: bilingual, when: writtenGroup })),
          consequences: z.array(z.object({ says: bilingual, clause })),
          parameters: z.array(foundParameter.extend({ title: bilingual })),
          facts: z.array(z.object({ id: z.string(), title: bilingual, ask: bilingual })),
        }),
      ),
    ),
  packs: query('policy.read', 'Policy packs in force').output(
    z.array(
      z.object({
        authority: z.string(),
        name: bilingual,
        extends: z.string().nullable(),
        version: z.string(),
        since: z.string(),
        parameters: z.number().int(),
      }),
    ),
  ),
  parameters: query('policy.read', 'Policy parameters with their history, clause and confidence')
    .input(
      z.object({
        authority: z
          .string()
          .max(64)
          .optional()
          .describe('Those that hold for this authority, inherited ones included; all packs when absent'),
        search: z.string().trim().max(64).optional(),
        asOf: civilDate.optional().describe('The day for “in force”; today when absent'),
      }),
    )
    .output(z.array(parameterRow)),
}
