/** The policy library: packs, parameters with their history, requirement sets as they are written. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { type Bilingual, bilingual, clause, confidence, foundParameter } from './words.ts'

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

export const libraryProcedures = {
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
