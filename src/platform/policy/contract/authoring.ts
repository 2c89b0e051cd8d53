/** Writing conditions: what an expression may name, whether it can be read, and what the worked cases come to. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { draftCases } from './drafts.ts'
import { bilingual } from './words.ts'

/** Under whose rules: those of a draft, or those in force for an authority. */
const where = z.object({
  draftId: id.optional(),
  authority: z.string().max(64).optional().describe('Instead of a draft: what is in force for it'),
})

const policyWords = z.object({
  facts: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      title: bilingual,
      unit: z.string().nullable(),
      ask: bilingual,
      ofSchools: z.boolean().describe('A rule about schools may ask for it'),
      /** What its values, or the names in its amounts, are called. */
      codes: z.array(bilingual.extend({ code: z.string() })).nullable(),
    }),
  ),
  parameters: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      title: bilingual,
      unit: z.string(),
      /** As it holds on the day of the draft, today otherwise; absent where nothing holds. */
      value: z.unknown(),
    }),
  ),
  functions: z.array(
    z.object({ name: z.string(), forms: z.array(z.object({ takes: z.array(z.string()), gives: z.string() })) }),
  ),
})
export type PolicyWords = z.infer<typeof policyWords>

/** `start` and `end` count characters of the expression from 0. */
const checked = z.object({
  problems: z.array(z.object({ start: z.number().int(), end: z.number().int(), zh: z.string(), en: z.string() })),
  type: z.string().nullable(),
  facts: z.array(z.string()),
  parameters: z.array(z.string()),
})
export type CheckedExpression = z.infer<typeof checked>

/** `condition` is the one it stands in; line and column count from 1 in the text at `path`, a path into the set, or into its cases. */
const setProblem = z.object({
  path: z.string(),
  condition: z.string().nullable(),
  line: z.number().int(),
  column: z.number().int(),
  zh: z.string(),
  en: z.string(),
  missing: z.boolean().describe('Nothing is there yet'),
})
export type SetProblem = z.infer<typeof setProblem>

const ranCase = z.object({
  name: z.string(),
  set: z.string(),
  /** Whose pack the case comes from. */
  authority: z.string(),
  on: civilDate,
  /** On or after the draft’s day; a case before it is judged by the rules in force. */
  governed: z.boolean(),
  /** Whether it comes out as it says, now and as the draft would have it; without a draft both are the same. */
  before: z.boolean(),
  after: z.boolean(),
  /** What comes out otherwise: the outcome, a condition by its id, the earliest day. */
  differs: z.array(z.object({ what: z.string(), wanted: z.string(), found: z.string() })),
})
export type RanCase = z.infer<typeof ranCase>

export const authoringProcedures = {
  words: query('policy.draft', 'What a condition may name: facts, parameters, functions')
    .input(where)
    .output(policyWords),
  check: query('policy.draft', 'Reads the expression of a condition: what is wrong with it, and where')
    .route({ method: 'POST' })
    .input(where.extend({ expression: z.string().max(8000), about: z.string().max(20).default('person') }))
    .output(checked),
  checkSet: query('policy.draft', 'Everything that keeps a set from being saved into a draft, each with its place')
    .route({ method: 'POST' })
    .input(
      z.object({
        draftId: id,
        declared: z.unknown().describe('The whole set as it stands in the editor'),
        added: z.boolean().optional().describe('It is meant as a new one'),
        cases: draftCases.optional(),
      }),
    )
    .output(z.object({ problems: z.array(setProblem) })),
  runCases: query('policy.draft', 'Runs the worked cases of the packs against a draft, or against what is in force')
    .route({ method: 'POST' })
    .input(
      where.extend({
        set: z.string().max(120).optional().describe('Only the cases of this set'),
        declared: z.unknown().optional().describe('A set as it stands in the editor, in place of the draft’s own'),
        cases: draftCases.optional().describe('The cases beside it as they stand in the editor'),
      }),
    )
    .output(
      z.object({
        cases: z.array(ranCase),
        /** Cases about earlier rules that have changed since, or about those of a higher authority that this one has replaced: they are not touched. */
        others: z.number().int(),
      }),
    ),
}
