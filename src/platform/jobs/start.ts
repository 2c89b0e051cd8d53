/** One start of one run: takes it, works, and writes down how it went. A start that was overtaken writes nothing. */
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Act, Db } from '../db/index.ts'
import type { Said } from './contract.ts'
import { type AnyJob, Cancelled, type Enter, Interrupted, type JobContext } from './job.ts'

const PROGRESS_EVERY = 200
const RETRIES = 2

type Options<H> = {
  owner: Db
  house: H
  job: AnyJob<H>
  enter: Enter
  run: string
  onError: (error: unknown, about: { job?: string; run?: string }) => void
}

type Taken = { accountId: string | null; input: unknown; attempt: number; failures: number; cancelAsked: boolean }

export class Start<H> {
  readonly #options: Options<H>
  readonly #controller = new AbortController()
  #attempt = 0
  #failures = 0
  #lastProgress = Number.NEGATIVE_INFINITY

  constructor(options: Options<H>) {
    this.#options = options
  }

  abort(reason: Cancelled | Interrupted): void {
    this.#controller.abort(reason)
  }

  /** Returns when the run has ended for good; throws when it is to be started again. */
  async work(): Promise<void> {
    const { job } = this.#options
    const taken = await this.#take()
    if (!taken) return
    if (taken.cancelAsked) return this.#end('cancelled')
    if (this.#failures > (job.retries ?? RETRIES)) return this.#end('failed', { error: { code: 'jobs.worker_lost' } })
    const input = job.input.safeParse(taken.input)
    if (!input.success) return this.#end('failed', { error: { code: 'jobs.input_unreadable' } })
    try {
      const result = await job.run(this.#context(taken, input.data as never))
      await this.#end('done', { result: result ?? null })
    } catch (error) {
      await this.#endBadly(error)
    }
  }

  /** Waits until no transaction of an earlier start is open, then makes that start powerless. */
  async #take(): Promise<Taken | undefined> {
    const { owner, run } = this.#options
    const taken = await owner.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${run}::uuid::text, 0))`.execute(tx)
      // A run that is still “running” lost its worker.
      const { rows } =
        await sql<Taken>`update jobs.run r set state = 'running', attempt = r.attempt + 1, started_at = coalesce(r.started_at, db.now()),
          failures = r.failures + case when r.state = 'running' then 1 else 0 end
        where r.id = ${run} and r.state in ('queued', 'running')
        returning r.account_id, r.input, r.attempt, r.failures, r.cancel_asked`.execute(tx)
      return rows[0]
    })
    this.#attempt = taken?.attempt ?? 0
    this.#failures = taken?.failures ?? 0
    return taken
  }

  #context(taken: Taken, input: never): JobContext<never, H> {
    const { house, job, enter, run } = this.#options
    const { signal } = this.#controller
    return {
      input,
      house,
      runId: run,
      signal,
      act: async <T, R>(work: (act: Act<T>) => Promise<R>): Promise<R> => {
        signal.throwIfAborted()
        return enter<T, R>(taken.accountId, job.permission, async (act) => {
          const { rows } = await sql<{
            mine: boolean
          }>`select jobs.still_mine(${run}, ${this.#attempt}) as mine`.execute(act.tx)
          if (!rows[0]!.mine) throw new Interrupted()
          return work(act)
        })
      },
      progress: (done, total, message) => this.#progress(done, total, message),
    }
  }

  async #progress(done: number, total: number | null, message: Said | undefined): Promise<void> {
    const { owner, run } = this.#options
    const { signal } = this.#controller
    signal.throwIfAborted()
    if (performance.now() - this.#lastProgress < PROGRESS_EVERY) return
    this.#lastProgress = performance.now()
    const { rows } = await sql<{ cancelAsked: boolean }>`update jobs.run r set done = ${done}, total = ${total},
        message = ${message ? JSON.stringify(message) : null}::jsonb
      where r.id = ${run} and r.attempt = ${this.#attempt} and r.state = 'running' returning r.cancel_asked`.execute(
      owner,
    )
    if (!rows[0]) this.abort(new Interrupted())
    else if (rows[0].cancelAsked) this.abort(new Cancelled())
    signal.throwIfAborted()
  }

  async #endBadly(error: unknown): Promise<void> {
    const { job, run, onError } = this.#options
    const { signal } = this.#controller
    // What a job throws after its signal is a consequence of the signal.
    const reason = signal.aborted ? signal.reason : error
    if (reason instanceof Cancelled) return this.#end('cancelled')
    if (reason instanceof Interrupted) {
      await this.#again()
      throw reason
    }
    if (error instanceof Refusal && error.kind !== 'fault')
      return this.#end('failed', { error: { code: error.code, data: error.data } })
    const id = newId()
    onError(error, { job: job.name, run })
    const fault: Said =
      error instanceof Refusal ? { code: error.code, data: { ...error.data, id } } : { code: 'fault', data: { id } }
    if (this.#failures >= (job.retries ?? RETRIES)) return this.#end('failed', { error: fault })
    await this.#again(fault)
    throw error
  }

  /** Back into the queue: as a failure that counts, or, without an error, as an interruption that does not. */
  async #again(error?: Said): Promise<void> {
    const { owner, run } = this.#options
    await sql`update jobs.run r set state = 'queued', failures = r.failures + ${error ? 1 : 0},
        error = coalesce(${error ? JSON.stringify(error) : null}::jsonb, r.error)
      where r.id = ${run} and r.attempt = ${this.#attempt} and r.state = 'running'`.execute(owner)
  }

  async #end(
    state: 'done' | 'failed' | 'cancelled',
    { result = null, error }: { result?: unknown; error?: Said } = {},
  ): Promise<void> {
    const { owner, run } = this.#options
    await sql`update jobs.run r set state = ${state}, ended_at = db.now(), result = nullif(${JSON.stringify(result)}::jsonb, 'null'),
        error = ${error ? JSON.stringify(error) : null}::jsonb, done = case when ${state} = 'done' then coalesce(r.total, r.done) else r.done end
      where r.id = ${run} and r.attempt = ${this.#attempt} and r.state = 'running'`.execute(owner)
  }
}
