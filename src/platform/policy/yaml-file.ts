/** Reads a YAML file against a schema; what is wrong is told with line and column, in both languages. */
import { readFile } from 'node:fs/promises'
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'

/** One thing wrong in a file. Line and column count from 1, as editors do. */
export type Problem = { file: string; line: number; column: number; path: string; zh: string; en: string }

/** Where a value begins; `within` counts characters into its text, where that stands on one line. */
export type Located = { at: (path: PropertyKey[], within?: number) => { line: number; column: number } }
export type Read<T> = { data: T; problems: [] } & Located

const chinese = z.locales.zhCN().localeError

/** The file's content, or its problems. `name` is what people call the file. */
export async function readYaml<T>(
  file: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<Read<T> | { data: undefined; problems: Problem[] }> {
  const lines = new LineCounter()
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file: name,
      ...position(error.pos[0]),
      path: '',
      zh: `YAML 语法错误：${error.message}`,
      en: `YAML: ${error.message}`,
    }))
    return { data: undefined, problems }
  }
  const at = (path: PropertyKey[], within = 0) =>
    position(offsetOf(document.contents, path) + into(document.getIn(path, true), within))
  const parsed = schema.safeParse(document.toJS(), { reportInput: true })
  if (parsed.success) return { data: parsed.data, problems: [], at }
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
    return { file: name, ...at(path), path: path.map(String).join('.'), en: issue.message, zh: inChinese(issue) }
  })
  return { data: undefined, problems }
}

function inChinese(issue: z.core.$ZodIssue): string {
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
