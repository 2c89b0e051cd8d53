/** The form of a pack: `pack.yaml` and the files in its `parameters/` folder. */
import { z } from 'zod'
import { type Clause, CONFIDENCES, clause } from './contract.ts'
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

const parameterIn = (unit: Unit) =>
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/),
    title: bilingual,
    unit: z.literal(unit),
    values: z
      .array(datedValue(UNITS[unit] as z.ZodType<unknown>))
      .min(1)
      .superRefine(ascending),
  })

const [first, ...others] = (Object.keys(UNITS) as Unit[]).map(parameterIn)

/** A file in `parameters/`. */
export const ParametersFile = z.strictObject({
  parameters: z.array(z.discriminatedUnion('unit', [first!, ...others])).min(1),
})

export type DatedValue = {
  from: string
  value: unknown
  clause?: Clause | undefined
  confidence: (typeof CONFIDENCES)[number]
  note?: string | undefined
}
export type ParameterDeclaration = { id: string; title: { zh: string; en: string }; unit: string; values: DatedValue[] }
