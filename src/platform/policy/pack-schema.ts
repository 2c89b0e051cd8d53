/** The form of a pack: `pack.yaml` and the files in its `parameters/` folder. */
import { z } from 'zod'
import { type Clause, CONFIDENCES, clause } from './contract.ts'
import { BELOW, type Below } from './rules/below.ts'
import type { TableRow } from './rules/expression/table.ts'
import { axes, CELL_UNITS, keptRow, rows, wrongRows } from './table-schema.ts'
import { UNITS, type Unit } from './units.ts'

export const authorityId = z.string().regex(/^[a-z][a-z0-9_]*$/)
export const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const civilDate = z.iso.date()

/** `pack.yaml`: whose pack it is and whose figures hold where it is silent. */
export const PackFile = z.strictObject({ authority: authorityId, name: bilingual, extends: authorityId.optional() })

const datedValue = <T extends z.ZodType>(value: T) =>
  z
    .strictObject({
      from: civilDate.describe('First day on which the value holds; it holds until the next one'),
      value,
      clause: clause.optional(),
      confidence: z.enum(CONFIDENCES),
      note: z.string().min(1).optional(),
      review: civilDate.optional().describe('When it is to be looked at again'),
    })
    .refine((dated) => dated.clause !== undefined || dated.confidence === 'U', {
      error: 'a value without a clause is unverified: give the clause or mark it U',
      params: { zh: '没有出处的取值只能标为 U（未核实），否则须写明出处' },
      path: ['confidence'],
    })
    .refine((dated) => dated.note !== undefined || dated.confidence !== 'U', {
      error: 'an unverified value needs a note that says where it comes from',
      params: { zh: '未核实的取值须在 note 中说明来由' },
      path: ['confidence'],
    })

const ascending = (values: { from: string }[], context: z.RefinementCtx) => {
  for (const [index, { from }] of values.entries()) {
    const previous = values[index - 1]
    if (previous && previous.from >= from) {
      context.addIssue({
        code: 'custom',
        message: 'values must follow each other by date',
        params: { zh: '取值须按日期先后排列，且日期不得重复' },
        path: [index, 'from'],
      })
    }
  }
}

const head = {
  id: z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/),
  title: bilingual,
  below: z.enum(BELOW).optional().describe('What a lower authority may do with it: free where absent'),
  permission: clause.optional().describe('The clause that permits what the authority above does not leave open'),
}
const valuesOf = (value: z.ZodType) => z.array(datedValue(value)).min(1).superRefine(ascending)

const parameterIn = (unit: Exclude<Unit, 'table'>) =>
  z.strictObject({ ...head, unit: z.literal(unit), values: valuesOf(UNITS[unit] as z.ZodType<unknown>) })

/** The axes stand once in the file; in the version every value carries them, and can be read by itself. */
const tableParameter = z
  .strictObject({
    ...head,
    unit: z.literal('table'),
    of: z.enum(CELL_UNITS).describe('Unit of a cell'),
    axes,
    values: valuesOf(rows),
  })
  .superRefine(({ axes: all, values }, context) => {
    for (const [nth, { value }] of values.entries())
      for (const { path, zh, en } of wrongRows(all, value as TableRow[]))
        context.addIssue({ code: 'custom', message: en, params: { zh }, path: ['values', nth, 'value', ...path] })
  })
  .transform(({ of, axes: all, values, ...declared }) => ({
    ...declared,
    values: values.map((dated) => ({
      ...dated,
      value: { of, axes: all, rows: (dated.value as TableRow[]).map(keptRow) },
    })),
  }))

const units = Object.keys(UNITS).filter((unit) => unit !== 'table') as Exclude<Unit, 'table'>[]

/** A file in `parameters/`. */
export const ParametersFile = z.strictObject({
  parameters: z.array(z.discriminatedUnion('unit', [tableParameter, ...units.map(parameterIn)])).min(1),
})

export type DatedValue = {
  from: string
  value: unknown
  clause?: Clause | undefined
  confidence: (typeof CONFIDENCES)[number]
  note?: string | undefined
  review?: string | undefined
}
export type ParameterDeclaration = {
  id: string
  title: { zh: string; en: string }
  unit: string
  below?: Below | undefined
  permission?: Clause | undefined
  values: DatedValue[]
}
