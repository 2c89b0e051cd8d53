/** Identity numbers in full: shown one at a time, for a purpose that the trail keeps, and not faster than work needs it. */
import { sql } from 'kysely'
import { notFound, Refusal, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type IdentityKeys, openIdentity } from '../../../platform/directory/index.ts'

/** Numbers that one account is shown in an hour; whoever needs more needs a list, which is another matter. */
const MOST_AN_HOUR = 30

export type Revealed = { idType: string; idNumber: string }

/** @throws Refusal `records.no_identity` where none is on record, `records.reveal_limit` when it is asked too often */
export async function revealIdentity<T>(
  act: Act<T>,
  { personId, purpose }: { personId: string; purpose: string },
  keys: IdentityKeys,
): Promise<Revealed> {
  const { rows } = await sql<{ idType: string; idCipher: Buffer | null; idMasked: string | null; orgPath: string }>`
    select p.id_type, p.id_cipher, p.id_masked, p.org_path::text from directory.person p where p.id = ${personId}`.execute(
    act.tx,
  )
  const person = rows[0]
  if (!person) throw notFound('person')
  if (!person.idCipher) throw refused('records.no_identity')
  await keepPace(act)
  await record(act, {
    action: 'records.identity_revealed',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath: person.orgPath,
    after: { purpose, idMasked: person.idMasked },
  })
  return { idType: person.idType, idNumber: openIdentity(keys, person.idCipher) }
}

/** In real time, whatever the product's clock shows. The lock makes requests at the same moment count one after the other. */
export async function keepPace<T>(act: Act<T>): Promise<void> {
  const { account } = act.actor
  await sql`select pg_advisory_xact_lock(hashtextextended('records.reveal' || ${account}::text, 0))`.execute(act.tx)
  await sql`delete from records.reveal r where r.account_id = ${account} and r.at < now() - interval '1 hour'`.execute(
    act.tx,
  )
  const { rows } = await sql<{
    shown: number
  }>`select count(*)::int as shown from records.reveal r where r.account_id = ${account}`.execute(act.tx)
  if (rows[0]!.shown >= MOST_AN_HOUR) throw new Refusal('limited', 'records.reveal_limit', { most: MOST_AN_HOUR })
  await sql`insert into records.reveal (account_id, id, at) values (${account}, ${newId()}, now())`.execute(act.tx)
}
