/** The thread that compiles: a document of many pages takes seconds, and the server must go on answering. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort } from 'node:worker_threads'
import { type Compiled, compile, type Job } from './compile.ts'

export type Order = { id: number; job: Job }
export type Answer = { id: number; done: Compiled } | { id: number; failed: string }

// A laid-out document lives outside the JavaScript heap, which sees no reason to collect it: over 3,000 certificates the process
// grew to 780 MB without and 160 MB with a collection now and then.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const PAGES_BETWEEN = 32
let pages = 0

parentPort!.on('message', ({ id, job }: Order) => {
  const answer = attempt(id, job)
  const own = 'done' in answer ? [answer.done.pdf.buffer as ArrayBuffer] : []
  parentPort!.postMessage(answer, own)
  if (pages < PAGES_BETWEEN) return
  pages = 0
  setImmediate(collect)
})

function attempt(id: number, job: Job): Answer {
  try {
    const { pdf, ...rest } = compile(job)
    pages += rest.pages
    // A copy with a buffer of its own, which can be handed over rather than cloned.
    return { id, done: { ...rest, pdf: new Uint8Array(pdf) } }
  } catch (error) {
    return { id, failed: (error as Error).message }
  }
}
