/** The policy library: packs, parameters with their history, requirement sets as they are written. */
import { z } from 'zod'
import { civilDate, id, query } from '../../access/contract.ts'
import { about, type Bilingual, bilingual, clause, confidence, foundParameter } from './words.ts'

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
    z.object({
      authority: z.string(),
      authorityName: bilingual,
      /** From the pack's folder, or adopted over it in the product. */
      origin: z.enum(['file', 'adopted']),
      packVersion: z.string(),
      values: z.array(datedValue),
    }),
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

/** A value as one layer says it on the day. */
const said = z.object({
  authority: z.string(),
  packVersion: z.string(),
  /** Adopted in the product; otherwise from the folder of the pack. */
  adopted: z.boolean(),
  value: z.unknown(),
  from: civilDate,
  clause: clause.nullable(),
  confidence,
})

const parameterPage = z.object({
  id: z.string(),
  title: bilingual,
  unit: z.string(),
  asOf: civilDate,
  /** The authority of the organisation that was asked for; null where none was, or it has none. */
  own: z.string().nullable(),
  /** Whoever says something, the highest authority first, with everything said for any day. */
  declarations: z.array(
    z.object({
      authority: z.string(),
      authorityName: bilingual,
      packVersion: z.string(),
      adopted: z.boolean(),
      /** What a lower authority may do with it: `free`, `raise`, `lower`, `fixed`. */
      below: z.string().nullable(),
      /** The clause that permits what the authority above does not leave open. */
      permission: clause.nullable(),
      values: z.array(datedValue.extend({ review: civilDate.nullable() })),
    }),
  ),
  /** What holds for each authority on the day: the first of `said`; the others are overridden by it. */
  holds: z.array(
    z.object({ authority: z.string(), authorityName: bilingual, extends: z.string().nullable(), said: z.array(said) }),
  ),
  /** Requirement sets whose conditions name it, as they stand on the day or come later. */
  rules: z.array(
    z.object({
      set: z.string(),
      title: bilingual,
      authority: z.string(),
      authorityName: bilingual,
      from: civilDate,
      conditions: z.array(z.object({ id: z.string(), says: bilingual })),
    }),
  ),
})
export type ParameterPage = z.infer<typeof parameterPage>

const due = z.object({
  id: z.string(),
  title: bilingual,
  unit: z.string(),
  authority: z.string(),
  authorityName: bilingual,
  value: z.unknown(),
  from: civilDate,
  review: civilDate,
  clause: clause.nullable(),
  confidence,
})
export type DueForReview = z.infer<typeof due>

const version = z.object({
  id: z.string(),
  authority: z.string(),
  name: bilingual,
  adopted: z.boolean(),
  loadedAt: z.string(),
  inForce: z.boolean(),
})
export type PackVersionRow = z.infer<typeof version>

const how = z.enum(['added', 'removed', 'changed'])
const fieldChange = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })
const datedSaid = z.object({
  from: civilDate,
  value: z.unknown(),
  clause: clause.optional(),
  confidence,
  note: z.string().optional(),
  review: civilDate.optional(),
})
const side = z.object({ authority: z.string(), version: z.string() })

/** What of a requirement set is said otherwise, condition by condition. */
export const setChange = z.object({
  id: z.string(),
  title: bilingual,
  how,
  fields: z.array(fieldChange),
  versions: z.array(
    z.object({
      from: civilDate,
      how,
      fields: z.array(fieldChange),
      conditions: z.array(
        z.object({
          id: z.string(),
          says: bilingual,
          clause: clause.nullable(),
          confidence,
          how,
          fields: z.array(fieldChange),
        }),
      ),
    }),
  ),
})

const packDiff = z.object({
  before: side,
  after: side,
  fields: z.array(fieldChange),
  parameters: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      unit: z.string(),
      how,
      fields: z.array(z.string()),
      values: z.array(
        z.object({
          from: civilDate,
          until: civilDate.nullable(),
          before: datedSaid.nullable(),
          after: datedSaid.nullable(),
          fields: z.array(z.string()),
        }),
      ),
    }),
  ),
  sets: z.array(setChange),
  cases: z.array(z.object({ name: z.string(), set: z.string(), how })),
})
export type PacksCompared = z.infer<typeof packDiff>

export const libraryProcedures = {
  comparePacks: query('policy.read', 'What one version of a pack says otherwise than another')
    .input(
      z
        .object({ before: z.string().max(120), after: z.string().max(120) })
        .describe('Two versions, of one pack or of two'),
    )
    .output(packDiff),
  parameter: query('policy.read', 'A parameter with its history, who overrides whom, and the rules that use it')
    .input(
      z.object({
        id: z.string().max(120),
        orgId: id.optional().describe('The organisation whose authority is `own`'),
        asOf: civilDate.optional(),
      }),
    )
    .output(parameterPage),
  dueForReview: query('policy.read', 'Values in force whose day of review has come')
    .input(z.object({ asOf: civilDate.optional() }))
    .output(z.array(due)),
  versions: query('policy.read', 'All versions of packs, newest first').output(z.array(version)),
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
          about,
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
        adopted: z.string().nullable().describe('The version that people adopted over it'),
      }),
    ),
  ),
  refusedLoad: query(
    'policy.packs',
    'That the packs on the disk could not be loaded, and why; null where they are in force',
  ).output(
    z
      .object({
        since: z.string(),
        problems: z.array(
          z.object({
            file: z.string(),
            line: z.number().int(),
            column: z.number().int(),
            zh: z.string(),
            en: z.string(),
          }),
        ),
      })
      .nullable(),
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
