/** Copies of one's own data: asked for, made by a job, kept sealed for some days, handed to oneself alone. */
import { sql } from 'kysely'
import { z } from 'zod'
import { civilDate } from '../../../base/dates.ts'
import { notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { type Kept, type Keys, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { defineJob, enqueue, type Job } from '../../jobs/index.ts'
import type { Registry } from '../registry.ts'
import { lengthOf, policyOf, rootOf } from '../retention/terms.ts'
import { bundle } from './bundle.ts'
import { collect } from './collect.ts'

type Input = { exportId: string; locale: 'zh-CN' | 'en' }
export type ExportJob = Job<Input, House>

/** Where no authority says for how many days a copy can be fetched. */
const DAYS = 7
const PURPOSE = 'privacy.export'

/** @param kept every sealed column of the house: one's own are told in clear */
export const exportJob = (registry: Registry, kept: readonly Kept[]): ExportJob =>
  defineJob<Input, House>({
    name: 'privacy.export',
    permission: 'self',
    input: z.object({ exportId: z.uuid(), locale: z.enum(['zh-CN', 'en']) }),
    run: async ({ input: { exportId, locale }, house, act, progress }) => {
      const total = registry.holdings.length
      const { collected, name, account, madeAt } = await act(async (reading) => ({
        collected: await collect(reading, registry, { key: house.key, kept }, (done) => progress(done, total)),
        name: reading.actor.name,
        account: reading.actor.account!,
        madeAt: reading.now,
      }))
      const { bytes, rows } = await bundle(collected, { name, account, madeAt, locale })
      await act((keeping) => keepCopy(keeping, house.key, exportId, bytes, rows))
      return { exportId, rows }
    },
  })

/** One open copy at a time. @throws Refusal `privacy.export_under_way` */
export async function requestExport<T>(act: Act<T>, job: ExportJob, locale: Input['locale']) {
  const { account } = act.actor
  await sql`select pg_advisory_xact_lock(hashtextextended('privacy.export' || ${account}::text, 0))`.execute(act.tx)
  const { rows } = await sql`select from privacy.export e join jobs.run r on r.id = e.run_id
    where e.account_id = ${account} and e.ready_at is null and r.state in ('queued', 'running')`.execute(act.tx)
  if (rows.length > 0) throw refused('privacy.export_under_way')
  const exportId = newId()
  const runId = await enqueue(act, job, { exportId, locale }, null)
  await sql`insert into privacy.export (account_id, id, run_id, asked_at) values (${account}, ${exportId}, ${runId}, db.now())`.execute(
    act.tx,
  )
  await record(act, {
    action: 'privacy.export_asked',
    subject: { kind: 'export', id: exportId },
    ...(act.actor.person ? { about: act.actor.person } : {}),
  })
  return { exportId, runId }
}

async function keepCopy<T>(act: Act<T>, key: Keys, exportId: string, bytes: Uint8Array, rows: number): Promise<void> {
  const days = lengthOf(await policyOf(act, (await rootOf(act))?.id), 'privacy.retention.exports', act.today) ?? DAYS
  const sealed = sealer(key, PURPOSE).seal(Buffer.from(bytes).toString('base64'), exportId)
  const { rows: kept } = await sql<{ expiresAt: string }>`update privacy.export e set ready_at = db.now(),
      expires_at = db.now() + make_interval(days => ${days}), bytes = ${bytes.length}, rows = ${rows}, content_cipher = ${sealed}
    where e.account_id = db.account() and e.id = ${exportId} returning e.expires_at`.execute(act.tx)
  if (!kept[0]) throw notFound('export')
  await notify(act, [
    {
      accountId: act.actor.account!,
      kind: 'message',
      code: 'privacy.message.export_ready',
      data: { until: civilDate(new Date(kept[0].expiresAt)) },
      link: '/my/data?part=copy',
      key: `privacy-export:${exportId}`,
    },
  ])
}

/** @throws Refusal `not_found` for those of others, `privacy.export_gone` once its days are over */
export async function takeExport<T>(act: Act<T>, key: Keys, exportId: string): Promise<File> {
  const { rows } = await sql<{
    content: Buffer | null
    open: boolean
    readyAt: string
  }>`update privacy.export e set taken_at = db.now()
    where e.account_id = db.account() and e.id = ${exportId}
    returning e.content_cipher as content, coalesce(e.expires_at > db.now(), false) as open, e.ready_at`.execute(act.tx)
  const copy = rows[0]
  if (!copy) throw notFound('export')
  if (!copy.open || !copy.content) throw refused('privacy.export_gone')
  await record(act, {
    action: 'privacy.export_taken',
    subject: { kind: 'export', id: exportId },
    ...(act.actor.person ? { about: act.actor.person } : {}),
  })
  const bytes = Buffer.from(sealer(key, PURPOSE).open(copy.content, exportId), 'base64')
  return new File([new Uint8Array(bytes)], `qiangshi-${civilDate(new Date(copy.readyAt))}.zip`, {
    type: 'application/zip',
  })
}

type Copy = {
  id: string
  runId: string
  askedAt: string
  readyAt: string | null
  expiresAt: string | null
  bytes: number | null
  rows: number | null
  open: boolean
}

export async function exportsOf<T>(act: Act<T>): Promise<Copy[]> {
  const { rows } = await sql<Copy>`select e.id, e.run_id, e.asked_at, e.ready_at, e.expires_at, e.bytes, e.rows,
      e.content_cipher is not null and e.expires_at > db.now() as open
    from privacy.export e where e.account_id = db.account() order by e.asked_at desc limit 20`.execute(act.tx)
  return rows
}

/** Sealed copies on their way to those who asked: what a switch of the cipher seals anew. */
export const privacyKept: Kept[] = [
  { table: 'privacy.export', cipher: 'content_cipher', purpose: PURPOSE, bound: 'id' },
]
