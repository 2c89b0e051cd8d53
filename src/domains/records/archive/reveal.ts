/** Sealed items in full: for a purpose that the trail keeps, one person at a time, and not faster than work needs it. */
import { sql } from 'kysely'
import { refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { keepPace, revealIdentity } from '../service/identity.ts'
import { keptGroup, placed, sealedColumns } from './read.ts'
import { tableOf } from './row.ts'
import { purposeOf, type Seals } from './values.ts'

type Ask = { personId: string; groupId: string; purpose: string }

/** By key of the field. @throws Refusal `records.nothing_sealed`, `records.reveal_limit` */
export async function revealSealed<T>(
  act: Act<T>,
  { personId, groupId, purpose }: Ask,
  seals: Seals,
): Promise<Record<string, string>> {
  // Who somebody is has a door of its own for offices; one’s own number opens here as well.
  if (groupId === 'identity' && act.actor.person === personId) {
    const { idNumber } = await revealIdentity(act, { personId, purpose }, seals('identity'))
    return { idNumber }
  }
  const group = keptGroup(groupId)
  const keys = group.fields.filter(({ type }) => type === 'sealed').map(({ key }) => key)
  const { orgPath } = await placed(act, personId)
  if (keys.length === 0) throw refused('records.nothing_sealed')
  const columns = keys.map(
    (key) => sql`${sql.lit(key)}, encode(${sql.ref(`g.${sealedColumns(key).cipher}`)}, 'base64')`,
  )
  const { rows } = await sql<{ id: string; sealed: Record<string, string | null> }>`
    select g.id, jsonb_build_object(${sql.join(columns)}) as sealed from ${tableOf(group)} g where g.person_id = ${personId}`.execute(
    act.tx,
  )
  const open = rows.flatMap(({ id, sealed }) =>
    keys.flatMap((key) =>
      sealed[key] ? [[key, seals(purposeOf(group, key)).open(Buffer.from(sealed[key], 'base64'), id)]] : [],
    ),
  )
  if (open.length === 0) throw refused('records.nothing_sealed')
  if (act.actor.person !== personId) await keepPace(act)
  await record(act, {
    action: 'records.sealed_revealed',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    after: { group: groupId, purpose },
  })
  return Object.fromEntries(open)
}
