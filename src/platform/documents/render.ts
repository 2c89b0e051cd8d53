/** Rendering as the server sees it: a promise per document, worked off one after the other by one thread of its own. */
import { Worker } from 'node:worker_threads'
import type { Compiled, Job } from './compile.ts'
import type { Answer, Order } from './compile-thread.ts'

export type RenderOptions = {
  /** Instant, ISO 8601: the date of creation in the file. The same template, data and instant give the same bytes. */
  at: string
  /** Pictures and the like by plain file name; the template reads `/assets/<name>`. */
  assets?: Record<string, Buffer | string>
  /** QR codes by plain name: the template draws `/assets/<name>.svg`. */
  codes?: Record<string, string>
}

/** `missing` names the characters that no face has: on the page they are empty boxes, to be filled in by hand. */
export type Rendered = { pdf: Buffer; pages: number; missing: string[] }

let thread: Worker | undefined
let orders = 0
const open = new Map<number, { resolve: (done: Compiled) => void; reject: (error: Error) => void }>()

/**
 * Sets a Typst template with data and gives the PDF. The template finds the data as `data` of `/letter.typ`; text in them
 * is printed as it is. Throws an `Error` in Typst's words when the template or the shape of the data is wrong.
 */
export async function renderPdf(template: string, data: unknown, options: RenderOptions): Promise<Buffer> {
  return (await renderDocument(template, data, options)).pdf
}

/** As `renderPdf`, with the number of pages and the characters that could not be drawn. */
export async function renderDocument(template: string, data: unknown, options: RenderOptions): Promise<Rendered> {
  const { pdf, pages, missing } = await order(jobOf(template, data, options))
  return { pdf: Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength), pages, missing }
}

function jobOf(template: string, data: unknown, { at, assets = {}, codes = {} }: RenderOptions): Job {
  const seconds = Math.floor(Date.parse(at) / 1000)
  if (Number.isNaN(seconds)) throw new RangeError(`not an instant: ${at}`)
  const strange = Object.keys({ ...assets, ...codes }).find((name) => !/^[\w-]+(\.[\w-]+)*$/.test(name))
  if (strange !== undefined) throw new RangeError(`not a plain file name: ${strange}`)
  return {
    template,
    data: JSON.stringify(data, wellFormed),
    at: seconds,
    assets: Object.entries(assets).map(([name, content]) => [name, Buffer.from(content as string)]),
    codes: Object.entries(codes),
  }
}

/** Half a surrogate pair is no character, and JSON with one is refused by the compiler. */
const wellFormed = (_: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

function order(job: Job): Promise<Compiled> {
  const worker = running()
  const id = ++orders
  const { promise, resolve, reject } = Promise.withResolvers<Compiled>()
  open.set(id, { resolve, reject })
  worker.ref()
  worker.postMessage({ id, job } satisfies Order)
  return promise
}

/** The thread, started with the first document and again after a failure. Idle, it does not keep the process alive. */
function running(): Worker {
  if (thread) return thread
  const worker = new Worker(new URL('./compile-thread.ts', import.meta.url))
  worker.on('message', settle)
  worker.on('error', (error: Error) => abandon(worker, error))
  worker.on('exit', (code) => abandon(worker, new Error(`the document thread ended with code ${code}`)))
  thread = worker
  return worker
}

function settle(answer: Answer): void {
  const waiting = open.get(answer.id)
  open.delete(answer.id)
  if (open.size === 0) thread?.unref()
  if ('done' in answer) waiting?.resolve(answer.done)
  else waiting?.reject(new Error(answer.failed))
}

function abandon(worker: Worker, error: Error): void {
  if (thread !== worker) return
  thread = undefined
  for (const { reject } of open.values()) reject(error)
  open.clear()
}
