/** Expressions of forms: parsed and run by survey-core, so that server and screen decide alike; only what is the same on every day is allowed. */
import { ConditionsParser, ExpressionRunner } from 'survey-core'
import { MOST } from './schema.ts'

/** Functions whose result depends on nothing but what they are given: none that knows today or the time zone. */
export const FUNCTIONS = new Set(
  'iif sum avg min max count sumInArray avgInArray minInArray maxInArray countInArray round trunc dateDiff'.split(' '),
)

/** What an expression mentions: names of answers, functions with the number of what they are given. */
export type Mentions = { variables: string[]; functions: { name: string; given: number }[] }

type Operand = {
  getType(): string
  addOperandsToList(list: Operand[]): void
  setVariables(variables: string[]): void
  originalValue?: string
  functionName?: string
  paramValues?: unknown[]
}

/** Undefined where it cannot be read. */
export function mentions(expression: string): Mentions | undefined {
  if (bracketsIn(expression) > MOST.brackets) return undefined
  const operand = new ConditionsParser().parseExpression(expression) as unknown as Operand | undefined
  if (!operand) return undefined
  const all: Operand[] = []
  operand.addOperandsToList(all)
  const variables: string[] = []
  operand.setVariables(variables)
  const functions = all
    .filter((one) => one.getType() === 'function')
    .map((one) => ({ name: one.functionName ?? '', given: one.paramValues?.length ?? 0 }))
  return { variables: [...new Set(variables)], functions }
}

/** How deep brackets stand in each other: the parser's time doubles with each level. */
function bracketsIn(expression: string): number {
  let depth = 0
  let most = 0
  for (const sign of expression) {
    if (sign === '(' || sign === '[') most = Math.max(most, ++depth)
    else if (sign === ')' || sign === ']') depth--
  }
  return most
}

const runners = new Map<string, ExpressionRunner>()
const MOST_RUNNERS = 5000

/** Runs an expression over these values. It holds nothing between two runs: the parsed text is all that is kept. */
export function holds(expression: string, values: Record<string, unknown>): boolean {
  let runner = runners.get(expression)
  if (!runner) {
    if (runners.size >= MOST_RUNNERS) runners.clear()
    runner = new ExpressionRunner(expression)
    runners.set(expression, runner)
  }
  return Boolean(runner.runValues(values))
}

/** Empty as survey-core understands it: no, 0 and a blank are answers; nothing, and lists or rows of nothing, are none. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty)
  return !value && value !== 0 && value !== false
}
