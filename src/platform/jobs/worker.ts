/** Does the work: takes runs from the queue, starts them under the scope of whoever asked, and keeps their state. */
import type { PgBoss } from 'pg-boss'
import { connect, type Db } from '../db/index.ts'
import { type AnyJob, Cancelled, type Enter, Interrupted } from './job.ts'
import { listen } from './listen.ts'
import { furnish, HEARTBEAT_SECONDS, openBoss, sweep, type Tuning } from './queue.ts'
import { Start } from './start.ts'

export type WorkersOptions<H> = {
  /** The owner's connection string: the queue is the owner's. */
  url: string
  house: H
  jobs: readonly AnyJob<H>[]
  enter: Enter
  /** Faults and lost connections, for the log. */
  onError?: (error: unknown, about: { job?: string; run?: string }) => void
  tuning?: Partial<Tuning>
}

const TUNING: Tuning = { superviseSeconds: 15, pollSeconds: 5, retryDelaySeconds: 3 }
const SWEEP_EVERY = 60_000

type Heard = { id: string; name: string; state: string; cancel: boolean }

/**
 * Starts working on all jobs; any number of processes may do so. A run whose worker died is noticed by its missing heartbeat
 * and started again, here or elsewhere.
 */
export async function startWorkers<H>({
  url,
  house,
  jobs,
  enter,
  onError = () => {},
  tuning,
}: WorkersOptions<H>): Promise<{ stop(): Promise<void> }> {
  const settings = { ...TUNING, ...tuning }
  const owner = connect(url, { role: 'owner', max: 4, onError: (error) => onError(error, {}) })
  const boss = openBoss(url, settings, (error) => onError(error, {}))
  await boss.start()
  await furnish(boss, owner, jobs, settings.retryDelaySeconds)

  const running = new Map<string, Start<H>>()
  // A queue has several workers, and pg-boss wakes them one by one.
  const wake = (name?: string) => {
    for (const worker of boss.getWipData()) if (name === undefined || worker.name === name) boss.notifyWorker(worker.id)
  }
  for (const job of jobs) {
    const options = {
      pollingIntervalSeconds: settings.pollSeconds,
      localConcurrency: job.concurrency ?? 1,
      heartbeatRefreshSeconds: HEARTBEAT_SECONDS / 4,
    }
    await boss.work<{ run: string }>(job.name, options, async ([taken]) => {
      const run = taken!.data.run
      const start = new Start<H>({ owner, house, job, enter, run, onError })
      running.set(run, start)
      taken!.signal.addEventListener('abort', () => start.abort(new Interrupted()))
      try {
        await start.work()
      } finally {
        if (running.get(run) === start) running.delete(run)
        // The next one in the queue is not kept waiting for the next poll.
        wake(job.name)
      }
    })
  }

  const ears = listen(url, 'jobs', (payload) => {
    const heard = payload === '' ? undefined : (JSON.parse(payload) as Heard)
    if (heard?.cancel) running.get(heard.id)?.abort(new Cancelled())
    if (!heard || heard.state === 'queued') wake(heard?.name)
  })
  const sweeping = setInterval(
    () => void sweep(boss, owner, jobs).catch((error: unknown) => onError(error, {})),
    SWEEP_EVERY,
  )

  return {
    /** Ends politely: work that minds its signal is put back into the queue and goes on at the next start. */
    stop: async () => {
      clearInterval(sweeping)
      await ears.stop()
      for (const start of running.values()) start.abort(new Interrupted())
      await stopBoss(boss)
      await owner.destroy()
    },
  }
}

const stopBoss = (boss: PgBoss): Promise<void> => boss.stop({ graceful: true, timeout: 20_000 })

/** Prepares the queue in a process that only asks for work. */
export async function prepareJobs(url: string, jobs: readonly AnyJob[]): Promise<void> {
  const owner: Db = connect(url, { role: 'owner', max: 1 })
  const boss = openBoss(url, TUNING, () => {})
  try {
    await boss.start()
    await furnish(boss, owner, jobs, TUNING.retryDelaySeconds)
  } finally {
    await stopBoss(boss)
    await owner.destroy()
  }
}
