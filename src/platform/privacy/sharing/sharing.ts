/** What was handed to whom outside the product's own offices: platforms note themselves, other modules note what they hand out here. */
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import { actFor, type House, type SignedIn } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'

export type Shared = {
  kind: 'platform' | 'file' | 'authority'
  recipient: string
  purpose: string
  basis: 'duty' | 'consent'
  /** Kinds of data, by the ids of holdings or in words. */
  kinds: readonly string[]
  personIds: readonly string[]
}

/** Notes it in the transaction of the act: one entry, and one line for each of the people. Returns its id. */
export async function noteSharing<T>(act: Act<T>, shared: Shared): Promise<string> {
  const id = newId()
  await sql`with noted as (
      insert into privacy.sharing (id, at, kind, recipient, purpose, basis, kinds, people, account_id, by_name, org_path)
      values (${id}, db.now(), ${shared.kind}, ${shared.recipient}, ${shared.purpose}, ${shared.basis}, ${[...shared.kinds]}::text[],
        ${shared.personIds.length}, ${act.actor.account}, ${act.actor.name}, ${act.scope.paths[0] ?? null}::ltree)
    )
    insert into privacy.shared_person (person_id, sharing_id)
    select distinct x.id, ${id}::uuid from unnest(${[...shared.personIds]}::uuid[]) x (id)`.execute(act.tx)
  return id
}

/** The same after a read, which has no transaction to write in. */
export const noteSharingOf = (house: House, actor: SignedIn, permission: string, shared: Shared): Promise<string> =>
  actFor(house, actor, permission, (act) => noteSharing(act, shared))

/** A file with people in it, made to be taken away. */
export type Listed = { file: File; personIds: readonly string[] }

/** Hands out a file once it is noted that an office took it, and who is in it. */
export async function handOut(
  { house, actor, act }: { house: House; actor: SignedIn | null; act: Pick<Act, 'permission'> },
  { purpose, kinds }: Pick<Shared, 'purpose' | 'kinds'>,
  { file, personIds }: Listed,
): Promise<File> {
  if (actor && personIds.length > 0)
    await noteSharingOf(house, actor, act.permission, {
      kind: 'file',
      recipient: actor.name,
      purpose,
      basis: 'duty',
      kinds,
      personIds: [...new Set(personIds)],
    })
  return file
}

type Sharing = {
  id: string
  at: string
  kind: Shared['kind']
  recipient: string
  purpose: string
  basis: Shared['basis']
  kinds: string[]
}

/** About oneself, the latest first. */
export async function sharingsAbout<T>(act: Act<T>): Promise<Sharing[]> {
  const { rows } = await sql<Sharing>`select s.id, s.at, s.kind, s.recipient, s.purpose, s.basis, s.kinds
    from privacy.shared_person p join privacy.sharing s on s.id = p.sharing_id
    where p.person_id = db.self() order by s.at desc, s.id limit 500`.execute(act.tx)
  return rows
}
