/** Reads the text of an expression: the subset of CEL that can be explained and be asked of a whole population. */
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { isOperation, operationFor } from '../rules/expression/functions.ts'
import type { Place, Term } from '../rules/expression/term.ts'
import { amount, type Type, type Value } from '../rules/expression/value.ts'

/** Types of what an expression may name. */
export type Scope = {
  fact: (id: string) => Type | undefined
  parameter: (id: string) => Type | undefined
  /** Types of the axes of a parameter that is a table. */
  axes?: (id: string) => readonly Type[] | undefined
}

/** What is wrong, where in the text, in both languages. */
export class Misread extends Error {
  readonly at: Place
  readonly zh: string
  constructor(at: Place, zh: string, en: string) {
    super(en)
    this.at = at
    this.zh = zh
  }
}

const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 1, maxCallArguments: 4 }
const LONGEST = 4_000
const reader = new Environment({ unlistedVariablesAreDyn: true, limits: LIMITS })

/**
 * The term that a text means.
 * @param wanted the type it must have: a condition is `bool`
 * @throws Misread for what is no CEL, is outside the subset, is too large, or names what is not there
 */
export function readExpression(text: string, scope: Scope, wanted?: Type): Term {
  if (text.length > LONGEST)
    throw new Misread(
      { start: LONGEST, end: text.length },
      `表达式超过 ${LONGEST} 个字符`,
      `longer than ${LONGEST} characters`,
    )
  const term = termOf(treeOf(text), scope)
  if (wanted && term.type !== wanted) {
    const [zh, en] = [
      `结果应为${NAMES[wanted].zh}，而不是${NAMES[term.type].zh}`,
      `must give ${NAMES[wanted].en}, not ${NAMES[term.type].en}`,
    ]
    throw new Misread(term.at, zh, en)
  }
  return term
}

function treeOf(text: string): ASTNode {
  try {
    return reader.parse(text).ast
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const { start = 0, end = text.length } = error.range ?? {}
    const said = error.message.split('\n')[0]!
    if (said.startsWith('Exceeded')) throw new Misread({ start, end }, '表达式过大', 'the expression is too large')
    throw new Misread({ start, end }, `表达式语法错误：${said}`, `not an expression: ${said}`)
  }
}

export const NAMES: Record<Type, { zh: string; en: string }> = {
  bool: { zh: '是或否', en: 'yes or no' },
  number: { zh: '数', en: 'a number' },
  text: { zh: '文本', en: 'text' },
  date: { zh: '日期', en: 'a date' },
  texts: { zh: '一组文本', en: 'a list of text' },
  dates: { zh: '一组日期', en: 'a list of dates' },
  amounts: { zh: '按名目的数', en: 'amounts by name' },
  table: { zh: '表', en: 'a table' },
}

const literal = (type: Type, value: Value, at: Place): Term => ({ op: 'literal', type, value, at })

function termOf(node: ASTNode, scope: Scope): Term {
  const at: Place = { start: node.start, end: node.end }
  const outside = (what: string): never => {
    throw new Misread(at, `不支持的写法：${what}`, `outside the subset: ${what}`)
  }
  const bool = (part: ASTNode): Term => {
    const term = termOf(part, scope)
    if (term.type !== 'bool')
      throw new Misread(
        term.at,
        `此处应为是或否，而不是${NAMES[term.type].zh}`,
        `must be yes or no, not ${NAMES[term.type].en}`,
      )
    return term
  }
  const call = (name: string, given: readonly Term[]): Term => {
    const operation = operationFor(
      name,
      given.map(({ type }) => type),
    )
    if (operation && name === 'lookup') checkKeys(given, scope, at)
    if (operation) return { op: 'call', name, operation, given, type: operation.gives, at }
    if (!isOperation(name)) throw new Misread(at, `没有函数 ${name}`, `there is no function ${name}`)
    const [zh, en] = [
      given.map(({ type }) => NAMES[type].zh).join('、'),
      given.map(({ type }) => NAMES[type].en).join(', '),
    ]
    throw new Misread(at, `${name} 不能用于${zh || '空'}`, `${name} does not take ${en || 'nothing'}`)
  }
  switch (node.op) {
    case 'value':
      return constant(node.args as unknown, at) ?? outside(String(node.args))
    case 'id':
    case '.':
      return named(node, scope, at) ?? outside(node.op)
    case 'list': {
      const items = (node.args as ASTNode[]).map((item) =>
        item.op === 'value' && typeof item.args === 'string' ? item.args : outside('list'),
      )
      return literal('texts', items, at)
    }
    case '&&':
    case '||': {
      const op = node.op === '&&' ? 'and' : 'or'
      const joined = (node.args as [ASTNode, ASTNode]).map(bool)
      // a && b && c is one list of three.
      const flat = joined.flatMap((part) => (part.op === op ? part.parts : [part]))
      return { op, parts: flat, type: 'bool', at }
    }
    case '!_':
      return { op: 'not', of: bool(node.args as ASTNode), type: 'bool', at }
    case '-_':
      return call('-_', [termOf(node.args as ASTNode, scope)])
    case '?:': {
      const [when, yes, no] = node.args as [ASTNode, ASTNode, ASTNode]
      const [a, b] = [termOf(yes, scope), termOf(no, scope)]
      if (a.type !== b.type)
        throw new Misread(
          b.at,
          `两种结果的类型不同：${NAMES[a.type].zh}、${NAMES[b.type].zh}`,
          `the two results differ: ${NAMES[a.type].en}, ${NAMES[b.type].en}`,
        )
      return { op: 'choose', when: bool(when), yes: a, no: b, type: a.type, at }
    }
    case 'call': {
      const [name, given] = node.args as [string, ASTNode[]]
      const terms = given.map((one) => (name === 'date' ? one : termOf(one, scope)))
      if (name === 'date') return dateOf(given, at)
      if (name === 'known' && terms.length === 1) return { op: 'known', of: terms[0] as Term, type: 'bool', at }
      return call(name, terms as Term[])
    }
    default:
      return Array.isArray(node.args) && node.args.length === 2 && isOperation(node.op)
        ? call(
            node.op,
            (node.args as [ASTNode, ASTNode]).map((part) => termOf(part, scope)),
          )
        : outside(node.op)
  }
}

/** A table that is named is asked by the axes it has. */
function checkKeys([table, ...keys]: readonly Term[], scope: Scope, at: Place): void {
  const axes = table?.op === 'parameter' ? scope.axes?.(table.id) : undefined
  if (!axes || (axes.length === keys.length && axes.every((type, nth) => type === keys[nth]!.type))) return
  const [zh, en] = [axes.map((type) => NAMES[type].zh).join('、'), axes.map((type) => NAMES[type].en).join(', ')]
  throw new Misread(at, `此表须依次按${zh}查找`, `this table is looked up by ${en}`)
}

function constant(given: unknown, at: Place): Term | undefined {
  if (typeof given === 'boolean') return literal('bool', given, at)
  if (typeof given === 'string') return literal('text', given, at)
  if (typeof given !== 'bigint' && typeof given !== 'number') return undefined
  try {
    return literal('number', amount(String(given)), at)
  } catch {
    throw new Misread(at, `数值 ${given} 的小数不能超过六位`, `${given}: at most six decimals`)
  }
}

/** `date("2023-09-01")`: a day written out. */
function dateOf(given: readonly ASTNode[], at: Place): Term {
  const [only] = given
  const text = given.length === 1 && only?.op === 'value' ? (only.args as unknown) : undefined
  if (
    typeof text === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  )
    return literal('date', text, at)
  throw new Misread(at, 'date("年-月-日") 中须是一个真实的日期', 'date("YYYY-MM-DD") needs a real day')
}

/** Dotted names: `param.…` is a parameter, everything else a fact. */
function named(node: ASTNode, scope: Scope, at: Place): Term | undefined {
  const name = dotted(node)
  if (name === undefined) return undefined
  const parameter = name.startsWith('param.') ? name.slice('param.'.length) : undefined
  const type = parameter === undefined ? scope.fact(name) : scope.parameter(parameter)
  if (type === undefined) {
    throw parameter === undefined
      ? new Misread(at, `没有事实 ${name}`, `there is no fact ${name}`)
      : new Misread(at, `没有参数 ${parameter}`, `there is no parameter ${parameter}`)
  }
  return parameter === undefined ? { op: 'fact', id: name, type, at } : { op: 'parameter', id: parameter, type, at }
}

function dotted(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args as unknown as string
  if (node.op !== '.') return undefined
  const [before, field] = node.args as unknown as [ASTNode, string]
  const rest = dotted(before)
  return rest === undefined ? undefined : `${rest}.${field}`
}
