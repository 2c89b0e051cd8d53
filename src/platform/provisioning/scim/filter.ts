/** A filter of the protocol (RFC 7644, 3.4.2.2) as a condition of the database: on attributes that are offered, with values as parameters, and nothing else. */
import { type RawBuilder, sql } from 'kysely'
import { type Compare, type Filter, parse } from 'scim2-parse-filter'
import { type Attributes, find, isSeveral, type Kind, normalPath } from './attributes.ts'
import { invalidFilter, ScimError } from './errors.ts'

const LONGEST = 2_000
const MOST_TERMS = 20
/** Each of them looks at everybody who belongs somewhere. */
const MOST_ON_MEMBERS = 5
const ON_MEMBERS = /(^|:)members(\.|$)/i
const DEEPEST = 20
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/
/** What the protocol has no signs for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come
const CONTROL = /[\u0000-\u001f\u007f]/

/** @throws ScimError `tooMany` for more than is compared at once, `invalidFilter` for everything that is not a filter, or not one on what is offered */
export function readFilter(text: string): Filter {
  if (text.length > LONGEST) throw invalidFilter(`filter is longer than ${LONGEST} characters`)
  if (CONTROL.test(text)) throw invalidFilter('filter contains a control character')
  if (!text.isWellFormed()) throw invalidFilter('filter is not well-formed text')
  if (nesting(text) > DEEPEST) throw invalidFilter('filter is nested too deep')
  let filter: Filter
  try {
    filter = parse(text)
  } catch {
    throw invalidFilter('filter cannot be read')
  }
  if (terms(filter, 0) > MOST_TERMS)
    throw new ScimError(400, `filter has more than ${MOST_TERMS} comparisons: ask in several requests`, 'tooMany')
  if (onMembers(filter) > MOST_ON_MEMBERS)
    throw new ScimError(
      400,
      `filter has more than ${MOST_ON_MEMBERS} terms on members: ask in several requests`,
      'tooMany',
    )
  return filter
}

/** Before it is read: whoever nests without end shall not exhaust the stack. */
function nesting(text: string): number {
  let depth = 0
  let most = 0
  for (const sign of text) {
    if (sign === '(' || sign === '[') most = Math.max(most, ++depth)
    if (sign === ')' || sign === ']') depth--
  }
  return Math.max(most, text.match(/\bnot\b/gi)?.length ?? 0)
}

function terms(filter: Filter, depth: number): number {
  if (depth > DEEPEST) throw invalidFilter('filter is nested too deep')
  if (filter.op === 'and' || filter.op === 'or')
    return filter.filters.reduce((sum, one) => sum + terms(one, depth + 1), 0)
  if (filter.op === 'not') return terms(filter.filter, depth + 1)
  if (filter.op === '[]') return terms(filter.valFilter, depth + 1)
  return 1
}

function onMembers(filter: Filter): number {
  if ('attrPath' in filter) return ON_MEMBERS.test(filter.attrPath) ? 1 : 0
  if ('filters' in filter) return filter.filters.reduce((sum, one) => sum + onMembers(one), 0)
  return onMembers(filter.filter)
}

/** The condition, true or false and never null. */
export function conditionOf(filter: Filter, attributes: Attributes, core: string): RawBuilder<boolean> {
  switch (filter.op) {
    case 'and':
    case 'or':
      return joined(
        filter.filters.map((one) => conditionOf(one, attributes, core)),
        filter.op,
      )
    case 'not':
      return sql<boolean>`(not ${conditionOf(filter.filter, attributes, core)})`
    case '[]': {
      const found = attributes.get(normalPath(filter.attrPath, core))
      if (!found || !isSeveral(found)) throw invalidFilter(`${filter.attrPath} has no parts to filter by`)
      const inside = new Map(
        Object.entries(found.columns).map(([name, { exact = false }]) => [
          name.toLowerCase(),
          { kind: 'string' as const, exact, sql: sql`x.${sql.ref(name)}` },
        ]),
      )
      return sql<boolean>`exists (select from (${found.rows}) x where ${conditionOf(filter.valFilter, inside, '')})`
    }
    default:
      return leaf(filter, attributes, core)
  }
}

const joined = (parts: RawBuilder<boolean>[], op: 'and' | 'or'): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(parts, op === 'and' ? sql` and ` : sql` or `)})`

function leaf(
  filter: Compare | { op: 'pr'; attrPath: string },
  attributes: Attributes,
  core: string,
): RawBuilder<boolean> {
  const found = find(attributes, normalPath(filter.attrPath, core))
  if (!found) throw invalidFilter(`${filter.attrPath} cannot be filtered by`)
  if (found.part === null) {
    const { attribute } = found
    if (filter.op === 'pr') return sql<boolean>`(${attribute.sql} is not null)`
    return compared(attribute.sql, attribute.kind, attribute.exact ?? false, filter as Compare)
  }
  const { attribute, part } = found
  if (filter.op === 'pr')
    return sql<boolean>`exists (select from (${attribute.rows}) x where x.${sql.ref(part)} is not null)`
  const inner = compared(sql`x.${sql.ref(part)}`, 'string', attribute.columns[part]!.exact ?? false, filter as Compare)
  return sql<boolean>`exists (select from (${attribute.rows}) x where ${inner})`
}

/** `coalesce`: what is not there meets no comparison, and its opposite is true then. */
function compared(value: RawBuilder<unknown>, kind: Kind, exact: boolean, { op, attrPath, compValue }: Compare) {
  const said = (condition: RawBuilder<unknown>) => sql<boolean>`coalesce(${condition}, false)`
  if (kind === 'boolean') {
    if (typeof compValue !== 'boolean') throw invalidFilter(`${attrPath} is compared with true or false`)
    if (op !== 'eq' && op !== 'ne') throw invalidFilter(`${attrPath} is true or false, and has no order`)
    return said(sql`${value} ${op === 'eq' ? sql`=` : sql`<>`} ${compValue}::boolean`)
  }
  if (typeof compValue !== 'string') throw invalidFilter(`${attrPath} is compared with a text`)
  if (kind === 'dateTime') {
    if (!INSTANT.test(compValue) || Number.isNaN(Date.parse(compValue)))
      throw invalidFilter(`${attrPath} is compared with an instant such as 2026-01-31T08:00:00Z`)
    if (!(op in ORDER)) throw invalidFilter(`${attrPath} is an instant, and no part of it is compared`)
    return said(sql`${value} ${ORDER[op as keyof typeof ORDER]} ${compValue}::timestamptz`)
  }
  const left = exact ? sql`${value}::text collate "C"` : sql`lower(${value}::text) collate "C"`
  const right = exact ? sql`${compValue}::text` : sql`lower(${compValue}::text)`
  if (op in ORDER) return said(sql`${left} ${ORDER[op as keyof typeof ORDER]} ${right}`)
  if (op === 'co') return said(sql`strpos(${left}, ${right}) > 0`)
  if (op === 'sw') return said(sql`starts_with(${left}, ${right})`)
  return said(sql`right(${left}, length(${right})) = ${right}`)
}

const ORDER = { eq: sql`=`, ne: sql`<>`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` } as const
