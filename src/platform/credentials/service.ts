/** Issuing a credential about what is on record, and revoking it when the record says so no more. */
import { type RawBuilder, sql } from 'kysely'
import { notFound, refused } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { House } from '../access/index.ts'
import { record } from '../audit/index.ts'
import { type Act, SYSTEM, transact } from '../db/index.ts'
import { type NewItem, notify } from '../inbox/index.ts'
import { badge, baked } from './badge.ts'
import type { CredentialBook, Said } from './book.ts'
import { makeKey, signerOf } from './keys.ts'
import { type Credential, didOf, signed } from './sign.ts'
import { addressOf, takePlace } from './status.ts'

export type Issued = {
  id: string
  source: string
  subjectId: string
  said: Said
  withNumber: boolean
  issuedAt: string
  revokedAt: string | null
  reason: string | null
}
type Holder = { personId: string; name: string; number: string; orgPath: string }

const self = (act: Pick<Act, 'actor'>): string => {
  if (!act.actor.person) throw refused('credentials.no_person')
  return act.actor.person
}

/** Everything that was issued to somebody, the latest first. */
export async function issuedTo<T>(act: Act<T>, personId: string): Promise<Issued[]> {
  const { rows } =
    await sql<Issued>`select c.id, c.source, c.subject_id, c.said, c.with_number, c.issued_at, c.revoked_at, c.reason
    from credentials.credential c where c.person_id = ${personId} order by c.issued_at desc, c.id`.execute(act.tx)
  return rows
}

export async function mine<T>(act: Act<T>, book: CredentialBook) {
  const person = self(act)
  const items = (await book.of(act, person)).filter(({ gone }) => gone === null)
  return { items: items.map(({ mark: _, gone: __, ...item }) => item), issued: await issuedTo(act, person) }
}

/** Whoever issues: the highest office of the house. */
async function issuerName<T>(act: Act<T>): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select o.name from directory.organisation o where o.parent_id is null order by o.id limit 1`.execute(act.tx)
  return rows[0]?.name ?? '强师'
}

async function holderOf<T>(act: Act<T>, personId: string): Promise<Holder> {
  const { rows } =
    await sql<Holder>`select p.id as person_id, p.name, p.number, p.org_path::text from directory.person p
    where p.id = ${personId}`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  return rows[0]
}

/** @throws Refusal `not_found` for what is not one's own, `credentials.gone` for what does not hold any more */
export async function issue<T>(
  act: Act<T>,
  house: House,
  book: CredentialBook,
  wanted: { source: string; subjectId: string; withNumber: boolean },
): Promise<{ id: string }> {
  const holder = await holderOf(act, self(act))
  // One after the other for one person, so that the same is not issued twice.
  await sql`select pg_advisory_xact_lock(hashtext(${`credentials ${holder.personId}`}))`.execute(act.tx)
  await settle(act, book, holder.personId)
  const item = (await book.of(act, holder.personId)).find(
    ({ source, subjectId }) => source === wanted.source && subjectId === wanted.subjectId,
  )
  if (!item) throw notFound('achievement')
  if (item.gone) throw refused('credentials.gone')
  const { rows: there } = await sql<{
    id: string
    same: boolean
  }>`select c.id, c.name = ${holder.name} and c.with_number = ${wanted.withNumber} as same
    from credentials.credential c where c.person_id = ${holder.personId} and c.source = ${item.source} and c.subject_id = ${item.subjectId}
      and c.revoked_at is null`.execute(act.tx)
  if (there[0]?.same) return { id: there[0].id }
  if (there[0]) await revoke(act, sql`c.person_id = ${holder.personId} and c.id = ${there[0].id}`, 'anew')
  const signer = await signerOf(act, house)
  const { list, place } = await takePlace(act, house)
  const id = newId()
  const jwt = await signed(
    house,
    signer,
    badge({
      id,
      did: didOf(house),
      issuer: await issuerName(act),
      holder: { name: holder.name, number: wanted.withNumber ? holder.number : null },
      kind: item.kind,
      said: item.said,
      status: { address: addressOf(house, list), place },
    }),
  )
  await sql`insert into credentials.credential (person_id, id, source, subject_id, said, mark, name, with_number, kid, list, place, jwt)
    values (${holder.personId}, ${id}, ${item.source}, ${item.subjectId}, ${JSON.stringify(item.said)}::jsonb, ${item.mark}, ${holder.name}, ${wanted.withNumber},
      ${signer.kid}, ${list}, ${place}, ${jwt})`.execute(act.tx)
  await record(act, {
    action: 'credentials.issued',
    subject: { kind: 'credential', id },
    about: holder.personId,
    orgPath: holder.orgPath,
    after: { source: item.source, item: item.subjectId, name: item.said.name.zh, withNumber: wanted.withNumber },
  })
  return { id }
}

/** One's own credential as a file. @throws Refusal `not_found`, `credentials.revoked` */
export async function fileOf<T>(act: Act<T>, { id, as }: { id: string; as: 'jwt' | 'svg' }): Promise<File> {
  const { rows } = await sql<{
    jwt: string
    said: Said
    name: string
    revokedAt: string | null
  }>`select c.jwt, c.said, c.name, c.revoked_at
    from credentials.credential c where c.person_id = ${self(act)} and c.id = ${id}`.execute(act.tx)
  const found = rows[0]
  if (!found) throw notFound('credential')
  if (found.revokedAt) throw refused('credentials.revoked')
  const { jwt, said, name } = found
  const file = `${name}-${said.name.zh}`.replaceAll(/[\\/:*?"<>|]/g, ' ')
  if (as === 'jwt') return new File([jwt], `${file}.vc.jwt`, { type: 'application/vc+jwt' })
  const picture = { name, title: said.name.zh, issuer: said.awarder ?? (await issuerName(act)), day: said.awardedOn }
  return new File([baked(jwt, picture)], `${file}.svg`, { type: 'image/svg+xml' })
}

type Gone = { personId: string; id: string; source: string; said: Said; reason: string; orgPath: string | null }

async function revoke<T>(act: Act<T>, which: RawBuilder<unknown>, reason: string): Promise<number> {
  const { rows } = await sql<Gone>`update credentials.credential c set revoked_at = db.now(), reason = ${reason}
    from directory.person p where ${which} and c.revoked_at is null and p.id = c.person_id
    returning c.person_id, c.id, c.source, c.said, c.reason, p.org_path::text`.execute(act.tx)
  await told(act, rows)
  return rows.length
}

/** The trail, and whoever holds them: but for those that they had issued anew themselves. */
async function told<T>(act: Act<T>, gone: readonly Gone[]): Promise<void> {
  await record(
    act,
    ...gone.map(({ personId, id, source, reason, orgPath }) => ({
      action: 'credentials.revoked',
      subject: { kind: 'credential', id },
      about: personId,
      ...(orgPath ? { orgPath } : {}),
      after: { source, reason },
    })),
  )
  await notify(act, gone.filter(({ reason }) => reason !== 'anew').map(messageOf))
}

const messageOf = ({ personId, said, reason }: Pick<Gone, 'personId' | 'said' | 'reason'>): NewItem => ({
  personId,
  kind: 'message',
  code: 'credentials.message.revoked',
  data: { title: said.name.zh, titleEn: said.name.en, reason },
  link: '/my/growth',
})

/** Revokes what the record does not say any more, in one statement: of one person, or of everybody in scope. How many. */
export async function settle<T>(act: Act<T>, book: CredentialBook, personId?: string): Promise<number> {
  const whose = personId ? sql`and c.person_id = ${personId}` : sql``
  const { rows } =
    await sql<Gone>`with held as materialized (select c.person_id, c.id, c.source, c.subject_id, c.mark from credentials.credential c
      where c.revoked_at is null ${whose}),
    items as materialized (select i.person_id, i.source, i.subject_id, i.mark, i.gone from (${book.rows()}) i
      where i.person_id in (select h.person_id from held h)),
    wrong as (select h.person_id, h.id, case when i.subject_id is null then 'gone' else coalesce(i.gone, 'corrected') end as reason
      from held h left join items i on i.person_id = h.person_id and i.source = h.source and i.subject_id = h.subject_id
      where i.subject_id is null or i.gone is not null or i.mark <> h.mark)
    update credentials.credential c set revoked_at = db.now(), reason = w.reason from wrong w join directory.person p on p.id = w.person_id
      where c.person_id = w.person_id and c.id = w.id and c.revoked_at is null
      returning c.person_id, c.id, c.source, c.said, c.reason, p.org_path::text`.execute(act.tx)
  await told(act, rows)
  return rows.length
}

/** Over everybody, as the product itself. */
export async function settleAll(house: House, book: CredentialBook): Promise<number> {
  const { rows } = await sql<{
    path: string
  }>`select o.path::text from directory.organisation o where o.parent_id is null`.execute(house.db)
  const scope = { paths: rows.map(({ path }) => path), self: false }
  return transact(house.db, { actor: SYSTEM, permission: 'credentials.settle', scope }, (act) => settle(act, book))
}

/** A new key signs from now on. What a lost one signed can no longer be told from forgeries. */
export async function replaceKey<T>(act: Act<T>, house: House, { lost, reason }: { lost: boolean; reason: string }) {
  const { kid } = await signerOf(act, house)
  const made = await makeKey(act, house, true)
  let revoked = 0
  if (lost) {
    await sql`update credentials.signing_key k set lost_at = clock_timestamp() where k.kid = ${kid}`.execute(act.tx)
    const { rows } = await sql<{ personId: string; said: Said }>`select g.person_id, g.said
      from credentials.revoke_signed_by(${kid}) g`.execute(act.tx)
    revoked = rows.length
    await notify(
      act,
      rows.map((row) => messageOf({ ...row, reason: 'key' })),
    )
  }
  await record(act, {
    action: 'credentials.key_replaced',
    before: { kid },
    after: { kid: made.kid, lost, revoked, reason },
  })
  return { revoked }
}

/** Signs something else about one person under the same keys: a whole file of theirs. It stands in no list; it says what held when it was made. */
export async function signStatement<T>(
  act: Act<T>,
  house: House,
  credential: Omit<Credential, 'issuer' | 'id'> & { validFrom: string },
): Promise<string> {
  return signed(house, await signerOf(act, house), {
    ...credential,
    id: `urn:uuid:${newId()}`,
    issuer: { id: didOf(house), type: ['Profile'], name: await issuerName(act) },
    validFrom: credential.validFrom,
  })
}
