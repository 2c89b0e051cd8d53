/** The thread that computes: a large assignment takes a second, a hard model minutes, and the server must go on answering. */
import { parentPort } from 'node:worker_threads'
import { type SolveLimits, solve } from './highs.ts'
import { assign } from './rules/assign.ts'
import type { Model } from './rules/model.ts'
import type { ReviewsToAssign } from './rules/reviews.ts'
import { type ToTransport, transport } from './rules/transport.ts'

export type Task =
  | { kind: 'reviews'; input: ReviewsToAssign }
  | { kind: 'transport'; input: ToTransport }
  | { kind: 'model'; input: Model; limits: SolveLimits }

export type Outcome = { done: object } | { failed: unknown }

parentPort!.on('message', async (task: Task) => {
  const begun = performance.now()
  let outcome: Outcome
  try {
    const done = await work(task)
    outcome = { done: { ...done, milliseconds: Math.round(performance.now() - begun) } }
  } catch (failed) {
    outcome = { failed }
  }
  parentPort!.postMessage(outcome)
})

function work(task: Task): object | Promise<object> {
  if (task.kind === 'reviews') return assign(task.input)
  if (task.kind === 'transport') return transport(task.input)
  return solve(task.input, task.limits)
}
