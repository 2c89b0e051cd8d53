/** The form language: the part of SurveyJS JSON that is safe, said in both languages and the same on server and screen. */
import { z } from 'zod'

/** What a form may hold at most. Expressions are short because people must be able to read them. */
export const MOST = {
  bytes: 262_144,
  questions: 300,
  pages: 20,
  elements: 100,
  panelDepth: 3,
  columns: 16,
  rows: 100,
  panels: 50,
  choices: 300,
  expression: 500,
  brackets: 8,
  title: 300,
  description: 2000,
  line: 500,
  text: 10_000,
  /** Where the form does not say. */
  lineUnsaid: 200,
  textUnsaid: 3000,
} as const

/** Names that expressions or the language itself give a meaning to. */
const RESERVED = new Set(
  `row panel item choice self survey parent matrix composite column prevrow nextrow totalrow rowindex visiblerowindex rowvalue rowname
  rowtitle prevpanel nextpanel parentpanel panelindex visiblepanelindex length constructor prototype tostring valueof hasownproperty
  tolocalestring isprototypeof propertyisenumerable`.split(/\s+/),
)

const wrong = (ctx: { addIssue(issue: { code: 'custom'; params: Record<string, unknown> }): void }, key: string) =>
  ctx.addIssue({ code: 'custom', params: { key } })

const name = z.string().superRefine((text, ctx) => {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(text)) wrong(ctx, 'check.name')
  else if (RESERVED.has(text.toLowerCase())) wrong(ctx, 'check.reserved')
})

const said = (most: number, braces?: RegExp) =>
  z
    .string()
    .min(1)
    .max(most)
    .superRefine((text, ctx) => {
      if (text.trim() === '') wrong(ctx, 'check.blank')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      if (/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text) || !text.isWellFormed())
        wrong(ctx, 'check.control')
      if (/<[a-z!/?]|&(#|[a-z]+;)/i.test(text)) wrong(ctx, 'check.html')
      if (/[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b(javascript|data|vbscript):/i.test(text)) wrong(ctx, 'check.url')
      if (/[{}]/.test(braces ? text.replace(braces, '') : text)) wrong(ctx, 'check.braces')
    })

/** A visible text. Chinese stands under `zh-CN` or `default`, one of the two. */
const words = (most: number, braces?: RegExp) =>
  z
    .strictObject({
      'zh-CN': said(most, braces).optional(),
      default: said(most, braces).optional(),
      en: said(most, braces),
    })
    .superRefine((text, ctx) => {
      if ((text['zh-CN'] === undefined) === (text.default === undefined)) wrong(ctx, 'check.chinese')
    })
export type FormWords = { 'zh-CN'?: string | undefined; default?: string | undefined; en: string }

const title = words(MOST.title)
const description = words(MOST.description).optional()
const expression = z.string().min(1).max(MOST.expression)
const count = (most: number) => z.int().min(0).max(most)

const choice = z.strictObject({
  value: z.union([z.string().regex(/^[\p{L}\p{N}_.-]{1,64}$/u), z.int()]),
  text: title,
})
const choices = z.array(choice).min(1).max(MOST.choices)

const validators = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('expression'), expression, text: title }),
      z.strictObject({ type: z.literal('text'), minLength: z.int().min(1).max(MOST.text) }),
    ]),
  )
  .min(1)
  .max(5)
  .optional()

const shown = { name, visibleIf: expression.optional() }
const asked = {
  ...shown,
  title,
  isRequired: z.boolean().optional(),
  requiredIf: expression.optional(),
  requiredErrorText: title.optional(),
  /** Taken out before a blind review. */
  identifies: z.boolean().optional(),
}

export const INPUTS = ['text', 'number', 'date', 'month', 'email', 'tel'] as const
const bound = z.union([z.number(), z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/)]).optional()
const line = {
  inputType: z.enum(INPUTS).optional(),
  maxLength: z.int().min(1).max(MOST.line).optional(),
  min: bound,
  max: bound,
  step: z.number().positive().optional(),
  placeholder: words(100).optional(),
  validators,
}
const long = {
  maxLength: z.int().min(1).max(MOST.text).optional(),
  rows: z.int().min(1).max(40).optional(),
  placeholder: words(200).optional(),
  validators,
}
const picked = { choices, colCount: count(5).optional(), validators }
const several = {
  minSelectedChoices: count(MOST.choices).optional(),
  maxSelectedChoices: count(MOST.choices).optional(),
}
const truth = { labelTrue: words(40).optional(), labelFalse: words(40).optional(), validators }

const cell = <N extends string, T extends z.ZodRawShape>(cellType: N, shape: T) =>
  z.strictObject({
    ...asked,
    cellType: z.literal(cellType),
    minWidth: z
      .string()
      .regex(/^\d{2,3}px$/)
      .optional(),
    ...shape,
  })
const column = z.discriminatedUnion('cellType', [
  cell('text', line),
  cell('comment', long),
  cell('dropdown', { choices, placeholder: words(100).optional(), validators }),
  cell('radiogroup', picked),
  cell('checkbox', { ...picked, ...several }),
  cell('boolean', truth),
])
const columns = z.array(column).min(1).max(MOST.columns)

const top = {
  ...asked,
  description,
  /** Stands beside the one before it where there is room. */
  startWithNewLine: z.boolean().optional(),
  /** The fact or field of the product that answers it. */
  from: z
    .string()
    .regex(/^[a-z][A-Za-z0-9_]*([.][A-Za-z0-9_]+){0,4}$/)
    .max(100)
    .optional(),
  /** Where the person can have it corrected. */
  whereCorrect: title.optional(),
}
const kind = <N extends string, U extends z.ZodRawShape, T extends z.ZodRawShape>(type: N, base: U, shape: T) =>
  z.strictObject({ type: z.literal(type), ...base, ...shape })

const rating = {
  rateMin: z.int().min(0).max(100).optional(),
  rateMax: z.int().min(1).max(100).optional(),
  minRateDescription: words(40).optional(),
  maxRateDescription: words(40).optional(),
  validators,
}
const plainKinds = <U extends z.ZodRawShape>(base: U) =>
  [
    kind('text', base, line),
    kind('comment', base, long),
    kind('radiogroup', base, picked),
    kind('checkbox', base, { ...picked, ...several }),
    kind('dropdown', base, { choices, placeholder: words(100).optional(), validators }),
    kind('boolean', base, truth),
    kind('rating', base, rating),
  ] as const

const { from: _from, whereCorrect: _where, ...within } = top
const template = z.discriminatedUnion('type', plainKinds(within))
const questionKinds = [
  ...plainKinds(top),
  kind('matrixdynamic', top, {
    columns,
    minRowCount: count(MOST.rows).optional(),
    maxRowCount: count(MOST.rows).optional(),
    addRowText: words(40).optional(),
    validators,
  }),
  kind('matrixdropdown', top, { columns, rows: choices.max(MOST.rows), validators }),
  kind('paneldynamic', top, {
    templateElements: z.array(template).min(1).max(30),
    templateTitle: words(100, /\{panelIndex\}/g).optional(),
    minPanelCount: count(MOST.panels).optional(),
    maxPanelCount: count(MOST.panels).optional(),
    addPanelText: words(40).optional(),
    validators,
  }),
] as const

const panelOf = <T extends z.ZodType>(element: T) =>
  kind('panel', shown, { title: title.optional(), description, elements: z.array(element).min(1).max(MOST.elements) })
// Written out level by level: a form nested a thousand deep is refused at the fourth level, not followed.
const innermost = z.discriminatedUnion('type', questionKinds)
const third = z.discriminatedUnion('type', [...questionKinds, panelOf(innermost)])
const second = z.discriminatedUnion('type', [...questionKinds, panelOf(third)])
const element = z.discriminatedUnion('type', [...questionKinds, panelOf(second)])

export const formSchema = z.strictObject({
  title: title.optional(),
  description,
  pages: z
    .array(
      z.strictObject({
        ...shown,
        title: title.optional(),
        description,
        elements: z.array(element).min(1).max(MOST.elements),
      }),
    )
    .min(1)
    .max(MOST.pages),
})

export type FormDefinition = z.infer<typeof formSchema>
export type Choice = z.infer<typeof choice>
export type Column = z.infer<typeof column>
export type Question = z.infer<typeof innermost>
export type Page = FormDefinition['pages'][number]
/** Panels nest; their schema is written out by level, their type is not. */
export type Panel = {
  type: 'panel'
  name: string
  visibleIf?: string | undefined
  title?: FormWords | undefined
  description?: FormWords | undefined
  elements: Element[]
}
export type Element = Question | Panel
/** What has one answer that is no table: a question, a question in a repeated group, or a cell. */
export type Plain =
  | Exclude<Question, { type: 'matrixdynamic' | 'matrixdropdown' | 'paneldynamic' }>
  | z.infer<typeof template>
