/** Why a person, or an organisation such as a school, meets a requirement set or does not. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { about, type Bilingual, bilingual, clause, confidence, foundParameter, NATURES } from './words.ts'

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
  /** The figures it uses: see `parameters` of the explanation for value, clause and version. */
  parameters: z.array(z.string()),
  /** Both sides of a comparison, whether it holds or not, and what is short where it is one of numbers. */
  have: z.unknown(),
  need: z.unknown(),
  /** Of both sides; null where they have none. */
  unit: z.string().nullable(),
  /** How they are compared; null where a fact alone decides, or several questions together. */
  relation: z.enum(['least', 'over', 'most', 'below', 'same', 'among']).nullable(),
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

export const explanation = z.object({
  set: z.string(),
  title: bilingual,
  /** Of whom it is told. */
  about: z.object({ kind: about, id: z.string(), name: z.string() }),
  /** The same where it is a person. */
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  asOf: civilDate,
  /** As what was known when: a day or an instant; null is now. */
  knownOn: z.string().nullable(),
  /** By changed figures or a draft: nothing that is in force. */
  trial: z.boolean(),
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
      /** Its codes, or the names of its amounts, in words. */
      codes: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
      /** Whom to ask for it; null where it is known. */
      ask: bilingual.nullable(),
      /** Nobody has it on record: the person stated it. */
      stated: z.boolean(),
      /** What stands behind it, counted in words, and where that is seen; null where nothing is on record. */
      source: z
        .object({
          says: bilingual,
          /** How many rows; null where the rules themselves give it. */
          count: z.number().int().nullable(),
          /** Pages of the product, for the person and for offices. */
          see: z.object({ own: z.string().nullable(), office: z.string().nullable() }).nullable(),
        })
        .nullable(),
      /** Who answers an objection to it. */
      owner: z.object({ role: z.string(), at: z.enum(['school', 'district']) }).nullable(),
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

export const knownOn = z
  .union([civilDate, z.iso.datetime({ offset: true })])
  .describe('Facts and rules as they were known on that day, all of it, or at that instant')

export const changes = z
  .record(z.string().max(120), z.unknown())
  .describe('New values by parameter, for trying them out')

const given = z
  .record(z.string().max(120), z.unknown())
  .describe('Stated by the person, by fact, where nothing is on record')

const outcomes = z.object({
  about: z.object({ kind: about, id: z.string(), name: z.string() }),
  asOf: civilDate,
  rows: z.array(
    z.object({
      set: z.string(),
      title: bilingual,
      /** `status`: it tells a state that nobody aims at; null where it is a goal. */
      nature: z.enum(NATURES).nullable(),
      /** As in an explanation. */
      outcome: z.string(),
      grade: bilingual.nullable(),
      conditions: z.number().int(),
      /** The fewest conditions that are missing to a yes; none where nobody aims at it. */
      missing: z.number().int(),
      /** Facts that nobody has on record and that would decide. */
      unknown: z.number().int(),
      /** Judged with what the person stated. */
      stated: z.boolean(),
    }),
  ),
})
export type Outcomes = z.infer<typeof outcomes>

export const explainProcedures = {
  explain: query(
    'policy.explain',
    'Why a person or school meets a requirement set or does not: every condition with its clause',
  )
    .input(
      z
        .object({
          set: z.string().max(120).describe('Id of the requirement set'),
          personId: id.optional(),
          orgId: id.optional().describe('Instead of a person, for sets about organisations'),
          asOf: civilDate.optional().describe('The day judged; today when absent'),
          knownOn: knownOn.optional(),
          draftId: id.optional().describe('A draft in the place of what is in force'),
          changes: changes.optional(),
          changedAt: id.optional().describe('Whose figures are changed: the organisation of the trial'),
          given: given.optional(),
        })
        .refine(
          ({ personId, orgId }) => (personId === undefined) !== (orgId === undefined),
          'one of personId and orgId',
        ),
    )
    .output(explanation),
  outcomes: query('policy.explain', 'How everything that is asked of a person or school comes out, at a glance')
    .input(
      z.object({
        personId: id.optional().describe('Oneself where neither is named'),
        orgId: id.optional().describe('Instead of a person'),
        asOf: civilDate.optional(),
        given: given.optional(),
      }),
    )
    .output(outcomes),
}
