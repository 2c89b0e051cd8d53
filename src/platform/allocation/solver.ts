/** Questions as the server puts them: one after the other in a thread of their own, each of which can be called off. */
import { Worker } from 'node:worker_threads'
import type { SolveLimits } from './highs.ts'
import type { Model, Solution } from './rules/model.ts'
import type { Assigned, ReviewsToAssign } from './rules/reviews.ts'
import type { ToTransport, Transported } from './rules/transport.ts'
import type { Outcome, Task } from './thread.ts'

/** `signal` calls the work off, and the promise rejects with its reason; `AbortSignal.timeout(ms)` is a limit of time. */
export type SolveOptions = { signal?: AbortSignal }

/** Experts for papers: loads as even as can be, then the best match; proven, or why it is impossible. */
export const assignReviews = (input: ReviewsToAssign, options: SolveOptions = {}): Promise<Assigned> =>
  asked<Assigned>({ kind: 'reviews', input }, options)

/** The cheapest way of sending amounts from some places to others, in whole numbers. */
export const transportAmounts = (input: ToTransport, options: SolveOptions = {}): Promise<Transported> =>
  asked<Transported>({ kind: 'transport', input }, options)

/** A linear model, with whole variables or without. After `seconds` the best found so far is given, with the bound. */
export const solveModel = (input: Model, { signal, ...limits }: SolveOptions & SolveLimits = {}): Promise<Solution> =>
  asked<Solution>({ kind: 'model', input, limits }, { signal })

type Waiting = { task: Task; resolve: (done: object) => void; reject: (reason: unknown) => void }

const queue: Waiting[] = []
let thread: Worker | undefined
let running: Waiting | undefined

async function asked<T extends object>(task: Task, { signal }: SolveOptions): Promise<T> {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<object>()
  const waiting: Waiting = { task, resolve, reject }
  const callOff = () => drop(waiting, signal!.reason)
  signal?.addEventListener('abort', callOff, { once: true })
  queue.push(waiting)
  next()
  try {
    return (await promise) as T
  } finally {
    signal?.removeEventListener('abort', callOff)
  }
}

function next(): void {
  if (running || queue.length === 0) return
  running = queue.shift()!
  thread ??= started()
  thread.ref()
  try {
    thread.postMessage(running.task)
  } catch (unfit) {
    settle((waiting) => waiting.reject(unfit))
  }
}

/** Idle, the thread does not keep the process alive. */
function started(): Worker {
  const worker = new Worker(new URL('./thread.ts', import.meta.url))
  const lost = (error: Error) => {
    if (thread !== worker) return
    thread = undefined
    settle((waiting) => waiting.reject(error))
  }
  worker.on('message', (outcome: Outcome) => {
    if (thread !== worker) return
    settle((waiting) => ('done' in outcome ? waiting.resolve(outcome.done) : waiting.reject(outcome.failed)))
  })
  worker.on('error', lost)
  worker.on('exit', (code) => lost(new Error(`the solving thread ended with code ${code}`)))
  return worker
}

function settle(tell: (waiting: Waiting) => void): void {
  const settled = running
  running = undefined
  thread?.unref()
  if (settled) tell(settled)
  next()
}

/** A solver in the midst of its work hears nothing: its thread is ended, and the next question gets a new one. */
function drop(waiting: Waiting, reason: unknown): void {
  const place = queue.indexOf(waiting)
  if (place >= 0) {
    queue.splice(place, 1)
    waiting.reject(reason)
  } else if (running === waiting) {
    const ended = thread
    thread = undefined
    void ended?.terminate()
    settle((one) => one.reject(reason))
  }
}
