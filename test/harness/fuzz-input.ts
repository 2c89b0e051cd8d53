/** Input for operations of the API: such as they ask for, and everything that people, programs and attackers send instead. */
import fc from 'fast-check'

/** A JSON schema as the OpenAPI document has it, as far as it is read here. */
export type Schema = {
  type?: string
  format?: string
  pattern?: string
  contentMediaType?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  maxItems?: number
  additionalProperties?: Schema | boolean
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}
/** What is known to stand under a name: ids and codes of the house, its own and foreign ones. */
export type Known = ReadonlyMap<string, readonly unknown[]>

const SURROGATE = String.fromCharCode(0xd800)
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const NOWHERE = '01890000-0000-7000-8000-000000000000'

/** Places in a list that no list has. */
export const NASTY_CURSORS: readonly string[] = [
  cursor(null),
  cursor({}),
  cursor(['x', 'y']),
  cursor([1, NOWHERE]),
  cursor(['2023-01-01T00:00:00Z', 'x']),
  cursor(['\u0000', NOWHERE]),
  'bm90IGpzb24',
  NOWHERE,
  `2023-02-30~${NOWHERE}`,
  '2023-01-01~x',
  '9999-12-31|x',
  '0000-01-01 x',
  '-1',
  '1.x',
]

/** Texts that break what is careless: the database, workbooks, pages, parsers, paths. */
export const NASTY_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '张\u0000三',
  SURROGATE,
  `李${SURROGATE}四`,
  '\u0001\u001f\u007f\u0085\u2028\ufeff\u202e',
  "' or 1=1 --",
  "'; drop table directory.person; --",
  '%_\\',
  '\\',
  '\\x00',
  '=1+1',
  "=cmd|'/c calc'!A1",
  '@SUM(A1)',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '../../etc/passwd',
  '{"a":',
  '[]',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e400',
  '99999999999999999999999999',
  '0000-01-01',
  '9999-12-31',
  '2023-02-30',
  '2023-13-45',
  '-0001-01-01',
  '2023-02-30T25:61:61Z',
  '0000-01-01T00:00:00Z',
  '__proto__',
  'constructor',
  '𠮷'.repeat(40),
  'é́́́',
  '长'.repeat(3000),
  NOWHERE,
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '*',
  '(((((((((((((((((((((((((((((((((((',
  ...NASTY_CURSORS,
]

const deep = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let n = 0; n < levels; n++) value = n % 2 ? [value] : { a: value }
  return value
}

/** Anything at all where something particular is asked for. */
export const NASTY_VALUES: readonly unknown[] = [
  ...NASTY_TEXTS,
  null,
  true,
  false,
  0,
  -1,
  0.1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 - 1,
  2 ** 63,
  1e308,
  -1e308,
  [],
  {},
  [null],
  [[[]]],
  { a: 1 },
  { length: 5 },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  { constructor: { prototype: { polluted: true } } },
  { toString: 1, valueOf: null },
  deep(40),
  deep(1500),
  Array.from({ length: 1000 }, () => NOWHERE),
]
const nastyText = fc.constantFrom(...NASTY_TEXTS)
const nasty = fc.constantFrom(...NASTY_VALUES)

const text = ({ minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('按规定办理', '第一小学', 'a', 'Zhang San', '教师甲001', '12') },
    { weight: 3, arbitrary: nastyText },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, minLength + 40) }) },
    { weight: 1, arbitrary: fc.constantFrom('长'.repeat(maxLength), 'x'.repeat(minLength)) },
  )

const dates = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('2023-03-01', '2022-09-01', '2023-12-31') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('0000-01-01', '0001-01-01', '1582-10-10', '9999-12-31', '2024-02-29', '2023-02-30'),
  },
)
const instants = fc.constantFrom(
  '2023-05-06T01:00:00Z',
  '2023-03-20T10:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2023-02-30T00:00:00Z',
)
const whole = ({ minimum = -(2 ** 53), maximum = 2 ** 53 }: Schema): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(...[minimum, maximum, 0, 1, 2, 2022, 2023].filter((n) => n >= minimum && n <= maximum)),
    fc.integer({
      min: Math.ceil(Math.max(minimum, Number.MIN_SAFE_INTEGER)),
      max: Math.floor(Math.min(maximum, Number.MAX_SAFE_INTEGER)),
    }),
  )

const files = fc
  .tuple(
    fc.constantFrom(
      Buffer.from('not a workbook'),
      Buffer.from('%PDF-1.7'),
      Buffer.from('504b0304140000000800', 'hex'),
      Buffer.from('504b050600000000000000000000000000000000ffff', 'hex'),
      Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff', 'hex'),
      Buffer.from('ffd8ffe000104a464946', 'hex'),
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(0),
      Buffer.alloc(70_000, '{'),
    ),
    fc.constantFrom('名册.xlsx', 'a.pdf', 'a.jpg', '../../a.png', '=1+1.csv', 'x'.repeat(300), '', '\u0001.xlsx'),
  )
  .map(([bytes, name]) => new File([bytes], name))

/** Input that has the shape the schema asks for; under names that are known, mostly what is known of them. */
export function wellFormed(schema: Schema, known: Known, name = '', depth = 0): fc.Arbitrary<unknown> {
  const own = known.get(name)
  const scalar = schema.type === 'string' || schema.type === undefined
  if (own && scalar && !schema.enum && !schema.anyOf && !schema.contentMediaType)
    return fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...own) },
      { weight: 1, arbitrary: shaped(schema, known, name, depth) },
    )
  return shaped(schema, known, name, depth)
}

function shaped(schema: Schema, known: Known, name: string, depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => wellFormed(one, known, name, depth)))
  if (schema.contentMediaType) return files
  switch (schema.type) {
    case 'object':
      return objects(schema, known, depth)
    case 'array':
      return fc.array(wellFormed(schema.items ?? {}, known, name.replace(/s$/, ''), depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, Math.max(3, schema.minItems ?? 0)),
      })
    case 'integer':
      return whole(schema)
    case 'number':
      return fc.oneof(whole(schema), fc.double({ noNaN: true, noDefaultInfinity: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return strings(schema)
    default:
      return fc.oneof(text({}), nasty, fc.jsonValue())
  }
}

function strings(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === 'date') return dates
  if (schema.format === 'date-time') return instants
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'uri')
    return fc.constantFrom('https://platform.example/back', 'javascript:alert(1)', 'http://[::1', 'https://a\u0000b/')
  if (schema.pattern)
    return fc.oneof(fc.stringMatching(new RegExp(schema.pattern)), fc.constantFrom('0', '12.50', `${'9'.repeat(400)}`))
  return text(schema)
}

function objects(schema: Schema, known: Known, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const record = fc.record(
    Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, wellFormed(one, known, key, depth + 1)])),
    { requiredKeys: required, noNullPrototype: true },
  )
  if (!additionalProperties || additionalProperties === true) return record
  const more = fc.dictionary(
    fc.oneof(fc.constantFrom('语文', '__proto__', 'a.b[0]', '\u0000', ''), fc.string({ maxLength: 8 })),
    wellFormed(additionalProperties, known, '', depth + 1),
    { maxKeys: 3, noNullPrototype: true },
  )
  return fc.tuple(record, more).map(([one, other]) => ({ ...other, ...one }))
}

/** One place of the input is spoilt: it becomes something else, goes, or gets company. */
export const spoilt = (input: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(input, fc.nat(), nasty, fc.constantFrom('become', 'become', 'become', 'go', 'join')).map(spoil)

function spoil([input, where, value, how]: [unknown, number, unknown, string]): unknown {
  if (typeof input !== 'object' || input === null || input instanceof File) return how === 'join' ? { a: value } : value
  const copy = clone(input)
  const places = placesIn(copy)
  const place = places[where % Math.max(places.length, 1)]
  if (!place || how === 'join') Object.defineProperty(copy, 'unknown', { value, enumerable: true })
  else if (how === 'go') Reflect.deleteProperty(place.at, place.key)
  else Object.defineProperty(place.at, place.key, { value, enumerable: true, configurable: true, writable: true })
  return copy
}

const clone = (value: unknown): object =>
  (Array.isArray(value)
    ? value.map((one) => (isBranch(one) ? clone(one) : one))
    : Object.fromEntries(
        Object.entries(value as object).map(([key, one]) => [key, isBranch(one) ? clone(one) : one]),
      )) as object
const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof File)

function placesIn(value: object): { at: object; key: string }[] {
  return Object.entries(value).flatMap(([key, one]) => [
    { at: value, key },
    ...(isBranch(one) ? placesIn(one).slice(0, 40) : []),
  ])
}

/** Whole bodies that are nothing of the kind. */
export const NASTY_BODIES: readonly { type: string; body: string | Buffer }[] = [
  { type: 'application/json', body: '' },
  { type: 'application/json', body: '{' },
  { type: 'application/json', body: 'null' },
  { type: 'application/json', body: '[]' },
  { type: 'application/json', body: '"\\u0000"' },
  { type: 'application/json', body: `${'['.repeat(5000)}${']'.repeat(5000)}` },
  { type: 'application/json', body: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` },
  { type: 'application/json', body: '{"a":1,"a":2,"__proto__":{"x":1}}' },
  { type: 'application/json', body: Buffer.from([0xff, 0xfe, 0x00, 0xc0]) },
  { type: 'application/json; charset=utf-99', body: '{}' },
  { type: 'application/x-www-form-urlencoded', body: 'a[b][c]=1&a[b]=2&a=3&__proto__[x]=1&%00=%ff' },
  { type: 'multipart/form-data; boundary=x', body: '--x\r\ncontent-disposition: form-data; name="file"\r\n\r\n' },
  { type: 'multipart/form-data', body: 'nothing' },
  { type: 'multipart/form-data; boundary=x', body: '--x\r\n\r\n\r\n--x--' },
  { type: 'text/plain', body: 'text' },
  { type: 'text/event-stream', body: 'data: {\n\n' },
  { type: 'application/octet-stream', body: Buffer.alloc(100) },
  { type: 'nonsense', body: '{}' },
]
export const NASTY_QUERIES: readonly string[] = [
  '%',
  '%00=%00',
  'a=%ff%fe',
  'cursor=%ed%a0%80',
  'a[b][c]=1&a[b]=2&a=3',
  '__proto__[x]=1&constructor[prototype][x]=1',
  'a[99999999]=1',
  'limit=1&limit=2',
  'limit[]=1&limit[]=2',
  `${'a['.repeat(2000)}=1`,
  `a${'[b]'.repeat(2000)}=1`,
  'data=%7B%22json%22%3A1%7D',
  `search=${'x'.repeat(20_000)}`,
]
