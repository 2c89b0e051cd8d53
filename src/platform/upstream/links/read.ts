/** Links as they are shown: one's own, and those of an account in scope. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import type { Door } from '../contract.ts'
import { labels, subjects } from './link.ts'

type Row = {
  id: string
  providerId: string
  name: string
  nameEn: string | null
  label: Buffer | null
  subject: Buffer
  linkedAt: string
  how: 'own' | 'office'
  usedAt: string | null
  enabled: boolean
}

async function linksOf(act: Act, house: House, accountId: string) {
  const { rows } =
    await sql<Row>`select l.id, l.provider_id, p.name, p.name_en, l.label_cipher as label, l.subject_cipher as subject, l.linked_at, l.how,
      l.used_at, p.enabled
    from upstream.link l join upstream.provider p on p.id = l.provider_id where l.account_id = ${accountId} order by l.linked_at, l.id`.execute(
      act.tx,
    )
  return rows.map(({ label, subject, ...row }) => ({
    ...row,
    label: label ? labels(house).open(label, row.providerId) : masked(subjects(house).open(subject, row.providerId)),
  }))
}

/** Enough of it to be known again by whom it belongs to. */
function masked(written: string): string {
  const subject = written.slice(written.indexOf(' ') + 1)
  return subject.length <= 4 ? '••••' : `••••${subject.slice(-4)}`
}

/** One's own, and the providers for one's organisation that are not linked yet. */
export async function ownLinks(act: Act, house: House, accountId: string) {
  const links = await linksOf(act, house, accountId)
  const { rows: offered } =
    await sql<Door>`select p.key, p.name, p.name_en from upstream.provider p join access.account a on a.org_path <@ p.org_path
    where a.id = ${accountId} and p.enabled and not exists (select from upstream.link l where l.account_id = a.id and l.provider_id = p.id)
    order by nlevel(p.org_path), p.created_at, p.id`.execute(act.tx)
  return { links, offered }
}

/** @throws Refusal `not_found` */
export async function linksInScope(act: Act, house: House, accountId: string) {
  await assertInScope(act, accountId)
  return linksOf(act, house, accountId)
}

/** @throws Refusal `not_found` */
export async function assertInScope(act: Act, accountId: string): Promise<void> {
  const { rows } =
    await sql`select a.id from access.account a where a.id = ${accountId} and a.org_path <@ any (db.scope())`.execute(
      act.tx,
    )
  if (rows.length === 0) throw notFound('account')
}
