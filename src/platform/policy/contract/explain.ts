/** Why a person meets a requirement set or does not. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { type Bilingual, bilingual, clause, confidence, foundParameter } from './words.ts'

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

export const explainProcedures = {
  explain: query('policy.explain', 'Why a person meets a requirement set or does not: every condition with its clause')
    .input(
      z.object({
        set: z.string().max(120).describe('Id of the requirement set'),
        personId: id,
        asOf: civilDate.optional().describe('The day judged; today when absent'),
      }),
    )
    .output(explanation),
}
