/** Whose account at a provider is whose here: linked by the person who has shown themselves on both sides, or by an office; undone by both. */
import { sql } from 'kysely'
import { conflict, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { type Kept, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Identity } from '../flow/identity.ts'
import type { Known } from '../providers/read.ts'

const SUBJECT = 'upstream.subject'
const LABEL = 'upstream.label'
const NOTE = 'upstream.note'

/** Accounts at a provider: the same name at two providers is two accounts. */
const written = (providerId: string, subject: string): string => `${providerId} ${subject}`
export const subjects = (house: Pick<House, 'key'>) => sealer(house.key, SUBJECT)
export const labels = (house: Pick<House, 'key'>) => sealer(house.key, LABEL)
export const notes = (house: Pick<House, 'key'>) => sealer(house.key, NOTE)

export type Sealed = { hash: Buffer; cipher: Buffer; label: Buffer | null }
export function sealIdentity(house: House, provider: Pick<Known, 'id'>, { subject, label }: Identity): Sealed {
  const text = written(provider.id, subject)
  return {
    hash: subjects(house).blind(text),
    cipher: subjects(house).seal(text, provider.id),
    label: label === null ? null : labels(house).seal(label, provider.id),
  }
}

/** Every column of sealed texts here. */
export const upstreamKept: Kept[] = [
  { table: 'upstream.provider', cipher: 'secret_cipher', purpose: 'upstream.secret', bound: 'id' },
  ...['upstream.arrival', 'upstream.link', 'upstream.request'].flatMap((table): Kept[] => [
    { table, cipher: 'subject_cipher', purpose: SUBJECT, bound: 'provider_id', hash: 'subject_hash' },
    { table, cipher: 'label_cipher', purpose: LABEL, bound: 'provider_id' },
  ]),
  { table: 'upstream.request', cipher: 'note_cipher', purpose: NOTE, bound: 'provider_id' },
]

type Found = { accountId: string; id: string; closed: boolean; served: boolean; orgPath: string }
export async function linkedTo(act: Act, provider: Pick<Known, 'id'>, sealed: Sealed): Promise<Found | undefined> {
  const { rows } = await sql<Found>`select f.* from upstream.find_link(${provider.id}, ${sealed.hash}) f`.execute(
    act.tx,
  )
  return rows[0]
}

type NewLink = { accountId: string; orgPath: string; person: string | null; approvedBy?: string }

/**
 * Links for good until somebody undoes it. One subject has one account, and one account one subject at a provider: kept by the database.
 * @throws Refusal `upstream.account_linked`, `upstream.subject_linked`
 */
export async function link(
  act: Act,
  provider: Pick<Known, 'id' | 'name' | 'nameEn'>,
  sealed: Sealed,
  { accountId, orgPath, person, approvedBy }: NewLink,
): Promise<void> {
  const { rows } =
    await sql`insert into upstream.link (account_id, id, provider_id, subject_hash, subject_cipher, label_cipher, how, approved_by)
    values (${accountId}, ${newId()}, ${provider.id}, ${sealed.hash}, ${sealed.cipher}, ${sealed.label}, ${approvedBy ? 'office' : 'own'},
      ${approvedBy ?? null}) on conflict do nothing returning id`.execute(act.tx)
  if (rows.length === 0) {
    const { rows: own } =
      await sql`select l.id from upstream.link l where l.account_id = ${accountId} and l.provider_id = ${provider.id}`.execute(
        act.tx,
      )
    throw conflict(own.length > 0 ? 'upstream.account_linked' : 'upstream.subject_linked', { name: provider.name })
  }
  await record(act, {
    action: 'upstream.linked',
    subject: { kind: 'account', id: accountId },
    ...(person ? { about: person } : {}),
    orgPath,
    after: { provider: provider.name, how: approvedBy ? 'office' : 'own' },
  })
  await notify(act, [
    {
      accountId,
      kind: 'message',
      code: approvedBy ? 'upstream.message.linked_by_office' : 'upstream.message.linked',
      data: { platform: provider.name, platformEn: provider.nameEn, at: act.now },
      link: '/account',
    },
  ])
}

type Undone = {
  providerId: string
  providerName: string
  providerNameEn: string | null
  orgPath: string
  personId: string | null
}

/**
 * Undoes a link of an account that the act sees; sessions that it opened end, but for the one in which that is done.
 * @throws Refusal `not_found`
 */
export async function unlink(
  act: Act,
  {
    accountId,
    linkId,
    keep,
    reason,
  }: { accountId: string; linkId: string; keep?: string | undefined; reason?: string },
): Promise<void> {
  const { rows } = await sql<Undone>`with gone as (
      delete from upstream.link l where l.account_id = ${accountId} and l.id = ${linkId} returning l.provider_id, l.account_id
    ) select g.provider_id, p.name as provider_name, p.name_en as provider_name_en, a.org_path::text, a.person_id from gone g join upstream.provider p on p.id = g.provider_id
      join access.account a on a.id = g.account_id`.execute(act.tx)
  const gone = rows[0]
  if (!gone) throw notFound('link')
  await sql`select access.end_vouched(${accountId}, ${gone.providerId}, ${keep ?? null}::uuid)`.execute(act.tx)
  await record(act, {
    action: 'upstream.unlinked',
    subject: { kind: 'account', id: accountId },
    ...(gone.personId ? { about: gone.personId } : {}),
    orgPath: gone.orgPath,
    after: { provider: gone.providerName, ...(reason ? { reason } : {}) },
  })
  await notify(act, [
    {
      accountId,
      kind: 'message',
      code: reason ? 'upstream.message.unlinked_by_office' : 'upstream.message.unlinked',
      data: { platform: gone.providerName, platformEn: gone.providerNameEn, at: act.now },
      link: '/account',
    },
  ])
}
