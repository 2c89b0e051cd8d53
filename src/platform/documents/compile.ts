/**
 * One Typst compiler, made once. Templates are the source, data come beside it as JSON in `sys.inputs.data`:
 * what people typed never becomes part of the source.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './fonts.ts'
import { qrSvg } from './qr.ts'

/**
 * `at`: seconds since 1970, the date of creation in the file. `assets`: read by the template as `/assets/<name>`.
 * `codes`: texts to be read there as QR codes, `/assets/<name>.svg`.
 */
export type Job = {
  template: string
  data: string
  at: number
  assets: [name: string, content: Uint8Array][]
  codes: [name: string, text: string][]
}

/** `missing`: the characters that no face has, drawn as empty boxes; nearly always none. */
export type Compiled = { pdf: Uint8Array; pages: number; missing: string[] }

const WORKSPACE = fileURLToPath(new URL('./templates', import.meta.url))

/** The archival standard: faces embedded, every character mapped to text, no reference to anything outside. */
const ARCHIVAL = 'a-2u'

/** Memoised work is dropped after this many documents without use; the faces and the shared template stay warm. */
const CACHE_AGE = 10

let made: NodeCompiler | undefined

const compiler = (): NodeCompiler => {
  made ??= NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontPaths: fontFiles() }] })
  return made
}

/** Makes one PDF. Throws an `Error` with Typst's words when the template is wrong or a field that it needs is missing. */
export function compile(job: Job): Compiled {
  const typst = compiler()
  const put = (name: string, content: Uint8Array | string) =>
    typst.mapShadow(join(WORKSPACE, 'assets', name), Buffer.from(content as string))
  try {
    for (const [name, content] of job.assets) put(name, content)
    for (const [name, text] of job.codes) put(`${name}.svg`, qrSvg(text))
    const run = typst.compile({ mainFileContent: job.template, inputs: { data: job.data } })
    const document = run.result
    if (!document) throw new Error(`Typst: ${explain(typst, run)}`)
    return { ...print(typst, document, job.at), pages: document.numOfPages }
  } finally {
    typst.resetShadow()
    typst.evictCache(CACHE_AGE)
  }
}

function explain(typst: NodeCompiler, run: ReturnType<NodeCompiler['compile']>): string {
  const error = run.takeError()
  const found: { message: string }[] = error ? typst.fetchDiagnostics(error) : []
  return found.map(({ message }) => message).join('; ') || 'no document'
}

/** Archival PDF forbids characters without a glyph: then an ordinary PDF is made, and the characters are named. */
function print(typst: NodeCompiler, document: NodeTypstDocument, at: number): Pick<Compiled, 'pdf' | 'missing'> {
  try {
    return { pdf: typst.pdf(document, { creationTimestamp: at, pdfStandard: ARCHIVAL }), missing: [] }
  } catch (error) {
    const missing = undrawable((error as Error).message)
    if (missing.length === 0) throw error
    return { pdf: typst.pdf(document, { creationTimestamp: at }), missing }
  }
}

const undrawable = (message: string): string[] => {
  const found = [...message.matchAll(/the text `\\"(.+?)\\"` could not be displayed/g)].map(([, text]) =>
    text!.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16))),
  )
  return [...new Set(found)]
}
