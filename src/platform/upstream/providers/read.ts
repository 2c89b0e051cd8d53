/** Providers as they are kept: for the way to them, and for those who look after them. */
import { type QueryExecutorProvider, sql } from 'kysely'
import type { House } from '../../access/index.ts'
import { sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import { Outbound } from '../../outbound/index.ts'
import type { Door, Provider } from '../contract.ts'

/** A provider as it is asked. */
export type Known = {
  id: string
  key: string
  kind: 'oidc' | 'cas'
  name: string
  nameEn: string | null
  address: string
  clientId: string | null
  secretCipher: Buffer | null
  scopes: string[]
  casVersion: 2 | 3 | null
  secondValues: string[]
  orgId: string
  orgPath: string
  revision: number
  enabled: boolean
}

export const secretSealer = (house: Pick<House, 'key'>) => sealer(house.key, 'upstream.secret')
export const outboundOf = ({ settings }: House): Outbound => new Outbound(settings.outbound)
export const callbackOf = ({ settings }: House, key: string): string => `${settings.publicUrl}/upstream/${key}/callback`

const columns = sql`p.id, p.key, p.kind, p.name, p.name_en, p.address, p.client_id, p.secret_cipher, p.scopes, p.cas_version, p.second_values,
  p.org_id, p.org_path::text, p.revision, p.enabled`

/** One that is open, by its key or its id. */
export async function openProvider(
  db: QueryExecutorProvider,
  by: { key: string } | { id: string },
): Promise<Known | undefined> {
  const which = 'key' in by ? sql`p.key = ${by.key}` : sql`p.id = ${by.id}`
  const { rows } = await sql<Known>`select ${columns} from upstream.provider p where ${which} and p.enabled`.execute(db)
  return rows[0]
}

export async function doors(act: Act): Promise<Door[]> {
  const { rows } = await sql<Door>`select p.key, p.name, p.name_en from upstream.provider p
    where p.enabled order by nlevel(p.org_path), p.created_at, p.id`.execute(act.tx)
  return rows
}

export async function providersInScope(act: Act, house: House): Promise<Provider[]> {
  const { rows } = await sql<
    Omit<Provider, 'callback'>
  >`select p.id, p.key, p.kind, p.name, p.name_en, p.address, p.client_id,
      p.secret_cipher is not null as has_secret, p.scopes, p.cas_version, p.second_values, p.org_id, o.short_name as org_name, p.enabled, p.revision,
      coalesce(u.links, 0) as links, u.used_at
    from upstream.provider p join directory.organisation o on o.id = p.org_id
      left join upstream.usage(array(select x.id from upstream.provider x where x.org_path <@ any (db.scope()))) u on u.provider_id = p.id
    where p.org_path <@ any (db.scope()) order by not p.enabled, nlevel(p.org_path), p.created_at, p.id`.execute(act.tx)
  return rows.map((row) => ({ ...row, callback: callbackOf(house, row.key) }))
}

export const inScope = async (act: Act, providerId: string): Promise<Known | undefined> => {
  const { rows } = await sql<Known>`select ${columns} from upstream.provider p
    where p.id = ${providerId} and p.org_path <@ any (db.scope()) for update`.execute(act.tx)
  return rows[0]
}
