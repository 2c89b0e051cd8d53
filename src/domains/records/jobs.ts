/** Background work of the records: reading and checking a roster, applying it. */
import { sql } from 'kysely'
import { z } from 'zod'
import { notFound } from '../../base/errors.ts'
import type { House } from '../../platform/access/index.ts'
import type { Act } from '../../platform/db/index.ts'
import { identityKeys } from '../../platform/directory/index.ts'
import { readFile } from '../../platform/files/index.ts'
import { type AnyJob, defineJob } from '../../platform/jobs/index.ts'
import { remindOfChecks } from './archive/checks.ts'
import { settleSchools } from './moves/schools.ts'
import { checkQuality } from './quality/check.ts'
import { settleTransfers } from './service/people.ts'
import { applyRoster, STEPS } from './service/roster/apply.ts'
import { readRoster, stageReading } from './service/roster/stage.ts'

/** Progress in hundredths: reading the file takes most of the time, comparing with the records the rest. */
const READ = 55
const STAGED = 90

/** Reads an upload, compares it with the records and keeps what was found; the result are the counts. Started again, it does so again. */
export const rosterJob = defineJob({
  name: 'records.roster',
  permission: 'records.import',
  input: z.object({ importId: z.uuid() }),
  run: async ({ input: { importId }, house, act, progress, signal }) => {
    const { files, key } = house as House
    const { bytes, today } = await act(async (reading) => {
      const { rows } = await sql<{
        fileId: string | null
      }>`select i.file_id from records.import i where i.id = ${importId}`.execute(reading.tx)
      if (!rows[0]?.fileId) throw notFound('import')
      return { ...(await readFile(reading, files, rows[0].fileId)), today: reading.today }
    })
    // A cancelled run is noticed by its signal, so what telling throws can wait.
    let telling: Promise<unknown> = Promise.resolve()
    const tell = (done: number, code: string, data: Record<string, number>): void => {
      telling = telling.then(() => progress(Math.floor(done), 100, { code, data })).catch(() => {})
    }
    const reading = await readRoster(bytes, {
      asOf: today,
      signal,
      onProgress: ({ rows, share }) => tell(share * READ, 'records.roster_reading', { rows }),
    })
    const counts = await act((staging) =>
      stageReading(staging, reading, {
        importId,
        keys: identityKeys(key),
        signal,
        onStaged: (rows, of) => tell(READ + ((STAGED - READ) * rows) / of, 'records.roster_comparing', { rows, of }),
      }),
    )
    await telling
    return { importId, ...counts }
  },
})

/** Applies a checked roster in one transaction. Started again after a crash, it finds nothing done, or all of it. */
export const applyJob = defineJob({
  name: 'records.roster_apply',
  permission: 'records.import',
  input: z.object({ importId: z.uuid() }),
  run: async ({ input: { importId }, act, progress, signal }) => {
    let telling: Promise<unknown> = Promise.resolve()
    const tell = (done: number): void => {
      // Called off in the midst of it, nothing of it holds.
      signal.throwIfAborted()
      telling = telling
        .then(() => progress(done, STEPS.length, { code: `records.applying_${STEPS[done]}`, data: {} }))
        .catch(() => {})
    }
    const outcome = await act((applying) => applyRoster(applying, importId, (step) => tell(STEPS.indexOf(step))))
    await telling
    return outcome
  },
})

/** What has to happen on a day by itself: transfers and merges of schools entered beforehand come into force. */
export const recordsDaily = {
  name: 'records.transfers',
  permission: 'records.transfer',
  run: async (act: Act) => {
    await settleSchools(act)
    await settleTransfers(act)
  },
}

/** All records are looked at by the rules of quality once a day. */
export const qualityDaily = {
  name: 'records.quality',
  permission: 'records.person.write',
  run: async (act: Act) => void (await checkQuality(act)),
}

/** Who has a check due is told before the day. */
export const checksDaily = {
  name: 'records.checks',
  permission: 'records.person.read',
  run: remindOfChecks,
}

export const recordsJobs: AnyJob<House>[] = [rosterJob, applyJob]
