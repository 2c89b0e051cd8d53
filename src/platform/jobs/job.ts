/** How a module declares background work. */
import type { z } from 'zod'
import type { Act } from '../db/index.ts'
import type { Said } from './contract.ts'

export type JobContext<I = unknown, H = unknown> = {
  input: I
  /** What the composition root gives to all work: database, settings, stores. */
  house: H
  runId: string
  /**
   * Runs work in one transaction under the job's permission, within the scope of the account that asked. It commits only
   * while this start of the job is the current one, so a worker that was given up for dead changes nothing any more.
   */
  act<T, R>(work: (act: Act<T>) => Promise<R>): Promise<R>
  /** How far it is, at most some times a second. Throws when the job was cancelled: a good place to stop. */
  progress(done: number, total: number | null, message?: Said): Promise<void>
  /** Aborted when somebody cancels or the worker stops. */
  signal: AbortSignal
}

/**
 * Background work. It must bear being started again: after a crash it runs from the beginning with the same input, and what
 * it committed before is still there. A refusal ends it at once; any other error is tried again.
 */
export type Job<I = unknown, H = unknown> = {
  /** `records.import_roster`: the name of the queue, and the key of its name in the catalogs. */
  name: string
  /** The permission it acts under: one that the asking account must hold when it runs. */
  permission: string
  /** Identifiers rather than contents: the input is kept with the run. */
  input: z.ZodType<I>
  /** How often it is tried again after an error or the death of its worker. Twice when absent. */
  retries?: number
  /** How many run at the same time in one worker process. One when absent. */
  concurrency?: number
  /** The answer becomes the result of the run. */
  run(context: JobContext<I, H>): Promise<unknown>
}

/** A job whatever its input: what the workers are given. */
export type AnyJob<H = never> = Omit<Job<never, H>, 'input'> & { input: z.ZodType }

export const defineJob = <I, H = unknown>(job: Job<I, H>): Job<I, H> => job

/** Thrown out of a job that was cancelled; its run ends as cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** Thrown out of a job whose worker stops, or that another worker has taken over; the run goes on there. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Opens a transaction for an account (null: the product itself) under a permission. Supplied by the composition root. */
export type Enter = <T, R>(account: string | null, permission: string, work: (act: Act<T>) => Promise<R>) => Promise<R>
