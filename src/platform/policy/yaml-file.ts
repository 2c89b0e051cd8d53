/** Reads a YAML file against a schema; what is wrong is told with line and column, in both languages. */
import { readFile, stat } from 'node:fs/promises'
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
} from 'yaml'
import { z } from 'zod'

/** One thing wrong in a file. Line and column count from 1, as editors do. */
export type Problem = { file: string; line: number; column: number; path: string; zh: string; en: string }

/** Where a value begins; `within` counts characters into its text, where that stands on one line. */
export type Located = { at: (path: PropertyKey[], within?: number) => { line: number; column: number } }
export type Read<T> = { data: T; problems: [] } & Located

/** A file that is larger, deeper or repeats its anchors more often than any pack has reason to is not read. */
const MOST_BYTES = 1_000_000
const MOST_DEPTH = 40
const MOST_ALIASES = 500
/** Told of a file; who has that many begins with these. */
const MOST_PROBLEMS = 200

const SYNTAX: Partial<Record<YAMLParseError['code'], string>> = {
  TAB_AS_INDENT: '缩进不得使用制表符',
  DUPLICATE_KEY: '键重复',
  BAD_INDENT: '缩进有误',
  MISSING_CHAR: '缺少标点或引号',
  BAD_ALIAS: '引用的锚点不存在或位置有误',
  UNEXPECTED_TOKEN: '多余或错位的符号',
  BLOCK_AS_IMPLICIT_KEY: '同一行内不得再写下一级的键',
  RESOURCE_EXHAUSTION: '嵌套过深或引用过多',
  MULTILINE_IMPLICIT_KEY: '键不得跨行',
}

const chinese = z.locales.zhCN().localeError

type Answer<T> = Read<T> | { data: undefined; problems: Problem[] }

/** The file's content, or its problems. `name` is what people call the file. */
export async function readYaml<T>(file: string, name: string, schema: z.ZodType<T>): Promise<Answer<T>> {
  const text = await textOf(file)
  if (typeof text === 'object') return refused(name, `文件无法读取（${text.why}）`, `it cannot be read (${text.why})`)
  return readYamlText(text, name, schema)
}

const refused = (name: string, zh: string, en: string) => ({
  data: undefined,
  problems: [{ file: name, line: 1, column: 1, path: '', zh, en }],
})

/** The same of a text that stands in no file, as one that somebody types. */
export function readYamlText<T>(text: string | typeof TOO_LARGE, name: string, schema: z.ZodType<T>): Answer<T> {
  const refuse = (zh: string, en: string) => refused(name, zh, en)
  if (text === TOO_LARGE || Buffer.byteLength(text) > MOST_BYTES)
    return refuse(`文件超过 ${MOST_BYTES / 1000} kB`, `larger than ${MOST_BYTES / 1000} kB`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file: name,
      ...position(error.pos[0]),
      path: '',
      zh: `YAML 语法错误：${SYNTAX[error.code] ?? error.message}`,
      en: `YAML: ${error.message}`,
    }))
    return { data: undefined, problems: problems.slice(0, MOST_PROBLEMS) }
  }
  const at = (path: PropertyKey[], within = 0) =>
    position(offsetOf(document.contents, path) + into(document.getIn(path, true), within))
  if (depthOf(document.contents) > MOST_DEPTH)
    return refuse(`嵌套超过 ${MOST_DEPTH} 层`, `nested deeper than ${MOST_DEPTH}`)
  const content = plainOf(document)
  if (content === TOO_MANY) return refuse('锚点引用过多', 'the anchors are used too often')
  const parsed = schema.safeParse(content, { reportInput: true })
  if (parsed.success) return { data: parsed.data, problems: [], at }
  const problems = parsed.error.issues.slice(0, MOST_PROBLEMS).map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
    return { file: name, ...at(path), path: path.map(String).join('.'), en: issue.message, zh: inChinese(issue) }
  })
  return { data: undefined, problems }
}

const TOO_LARGE = Symbol('too large')

/** The file's text, or why the operating system does not give it. */
async function textOf(file: string): Promise<string | typeof TOO_LARGE | { why: string }> {
  try {
    return (await stat(file)).size > MOST_BYTES ? TOO_LARGE : await readFile(file, 'utf8')
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

const TOO_MANY = Symbol('too many aliases')

/** The content; aliases that multiply each other are not written out. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    if (error instanceof ReferenceError) return TOO_MANY
    throw error
  }
}

/** How deep lists and keys go, without going there by calls. */
function depthOf(root: unknown): number {
  let deepest = 0
  for (let level = [root]; level.length > 0; deepest++)
    level = level.flatMap((node) =>
      isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : [],
    )
  return deepest
}

export function inChinese(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return String(issue.params?.zh ?? issue.message)
  const worded = chinese(issue as Parameters<typeof chinese>[0])
  return (typeof worded === 'string' ? worded : worded?.message) ?? issue.message
}

/** The offset of the deepest node on the path that exists: a missing key is told where it should have been. */
function offsetOf(root: unknown, path: PropertyKey[]): number {
  let node: unknown = root
  let offset = startOf(root)
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key))
      if (!pair) return offset
      offset = startOf(pair.key, offset)
      node = pair.value
    } else {
      node =
        isNode(node) && 'get' in node
          ? (node as Node & { get(key: unknown, keep: true): unknown }).get(key, true)
          : undefined
    }
    if (node === undefined || node === null) return offset
    offset = startOf(node, offset)
  }
  return offset
}

/** Characters of a text on one line stand where they are in the file, after the quotation mark if there is one. */
function into(node: unknown, within: number): number {
  if (within === 0 || !isScalar(node) || node.source === undefined || node.source.includes('\n')) return 0
  if (node.type === 'PLAIN') return within
  return node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE' ? within + 1 : 0
}

const startOf = (node: unknown, otherwise = 0): number => (isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise)
