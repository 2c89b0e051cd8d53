/** Which credentials do not hold any more, as anybody may know it (W3C Bitstring Status List): bits in places that say nothing about whose they are. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sql } from 'kysely'
import type { House } from '../access/index.ts'
import type { Act } from '../db/index.ts'
import { signerBeside } from './keys.ts'
import { didOf, signed } from './sign.ts'

/** The least that the standard allows, so that nobody is alone in a list. */
export const PLACES = 131_072
/** How long a copy may be kept before it is asked for again. */
const FRESH_MINUTES = 15

export const addressOf = ({ settings }: House, list: number): string =>
  `${settings.publicUrl}/credentials/status/${list}`

/** The next place, in an order that only this installation knows: who was issued something just before or after cannot be told. */
export async function takePlace<T>(act: Act<T>, house: House): Promise<{ list: number; place: number }> {
  const { rows } = await sql<{
    list: number
    nth: number
  }>`with newest as (select max(l.id) as id from credentials.status_list l),
    taken as (update credentials.status_list l set taken = l.taken + 1 from newest n where l.id = n.id and l.taken < ${PLACES} returning l.id, l.taken - 1 as nth),
    made as (insert into credentials.status_list (id, taken) select coalesce(n.id, 0) + 1, 1 from newest n where not exists (select from taken) returning id, 0 as nth)
    select t.id as list, t.nth from taken t union all select m.id, m.nth from made m`.execute(act.tx)
  const { list, nth } = rows[0]!
  return { list, place: placeOf(house, list, nth) }
}

/** One to one over the whole list: an odd factor and a shift modulo a power of two. */
export function placeOf(house: Pick<House, 'key'>, list: number, nth: number): number {
  const key = house.key(`credentials.status.${list}`)
  const factor = (key.readUInt32BE(0) | 1) >>> 0
  return Number((BigInt(nth) * BigInt(factor) + BigInt(key.readUInt32BE(4))) % BigInt(PLACES))
}

/** The signed list; undefined where there is none of this number. */
export async function statusList(house: House, list: number): Promise<string | undefined> {
  const { rows } = await sql<{ places: number[] }>`select credentials.revoked_places(l.id) as places
    from credentials.status_list l where l.id = ${list}`.execute(house.db)
  if (!rows[0]) return undefined
  const bits = new Uint8Array(PLACES / 8)
  for (const place of rows[0].places) bits[place >> 3]! |= 0x80 >> (place & 7)
  const encodedList = `u${(await promisify(gzip)(bits)).toString('base64url')}`
  const id = addressOf(house, list)
  return signed(house, await signerBeside(house), {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: didOf(house),
    validFrom: new Date().toISOString(),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList,
      ttl: FRESH_MINUTES * 60_000,
    },
  })
}
