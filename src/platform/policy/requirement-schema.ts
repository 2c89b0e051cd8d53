/** The form of requirement sets: files in a pack's `requirements/` folder. */
import { z } from 'zod'
import { CONFIDENCES, clause, NATURES } from './contract.ts'
import { bilingual } from './pack-schema.ts'
import { ABOUT, type Case, type Group, type Node, type SetDeclaration } from './rules/requirements/declared.ts'

const name = z.string().regex(/^[a-z][a-z0-9_]*$/)
const dottedName = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/)
const expression = z.string().min(1).describe('CEL over facts and parameters (param.…)')

/** A named case in which the condition is taken as met, or as not met, whatever its test says. */
const exception = z.strictObject({
  id: name,
  says: bilingual,
  clause,
  when: expression,
  gives: z.enum(['met', 'unmet']).default('met'),
})

const condition = z.strictObject({
  id: name,
  says: bilingual.describe('What is asked for, as a person reads it'),
  clause: clause.optional(),
  confidence: z.enum(CONFIDENCES),
  note: z.string().min(1).optional(),
  test: expression,
  cure: bilingual.optional().describe('What would make it hold'),
  exceptions: z.array(exception).min(1).optional(),
})

const wording = { says: bilingual.optional() }
const all = z.strictObject({
  ...wording,
  get all(): z.ZodType<Node[]> {
    return nodes
  },
})
const any = z.strictObject({
  ...wording,
  get any(): z.ZodType<Node[]> {
    return nodes
  },
})
const atLeast = z.strictObject({
  ...wording,
  at_least: z.number().int().positive(),
  get of(): z.ZodType<Node[]> {
    return nodes
  },
})

const nodes: z.ZodType<Node[]> = z.lazy(() => z.array(z.union([condition, all, any, atLeast])).min(1)) as never
const group: z.ZodType<Group> = z.union([all, any, atLeast]) as never

/** Other outcomes than met and not met, the gravest first: the first whose conditions hold is the outcome. */
const grade = z.strictObject({ id: name, title: bilingual, when: group })

const version = z.strictObject({
  from: z.iso.date().describe('First day on which it holds; it holds until the next version'),
  applies: expression.optional().describe('Who is under it at all'),
  needs: group,
  grades: z.array(grade).min(1).optional(),
  consequences: z.array(z.strictObject({ says: bilingual, clause })).optional(),
})

export const RequirementsFile: z.ZodType<{ requirements: SetDeclaration[] }> = z.strictObject({
  requirements: z
    .array(
      z.strictObject({
        id: dottedName,
        title: bilingual,
        about: z.enum(ABOUT),
        nature: z
          .enum(NATURES)
          .optional()
          .describe('“status” where it tells a state that nobody aims at; absent where it is a goal'),
        extends: z
          .strictObject({
            how: z.enum(['tightens', 'replaces']),
            permission: clause
              .optional()
              .describe('The clause that permits it, where it is not provably at least as strict'),
          })
          .optional()
          .describe('Where a higher authority has a set of this id: in addition to it, or in its place'),
        versions: z.array(version).min(1),
      }),
    )
    .min(1),
})

const workedCase: z.ZodType<Case> = z.strictObject({
  name: z.string().min(1),
  set: dottedName,
  on: z.iso.date(),
  facts: z.record(z.string(), z.unknown()),
  outcome: z.string().min(1),
  conditions: z.record(z.string(), z.boolean().nullable()).optional(),
  earliest: z.iso.date().nullable().optional(),
})

/** Worked cases: on a day, with these facts, this outcome. Facts that are not given are unknown. */
export const CasesFile: z.ZodType<{ cases: Case[] }> = z.strictObject({ cases: z.array(workedCase).min(1) })
