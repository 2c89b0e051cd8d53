/** From what happened to word for each endpoint that asked: taken and written in one transaction, so that nothing is lost and nothing is written twice. */
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import { type Happened, type Heard, heardBy } from '../rules/heard.ts'
import { namesOf } from '../scim/roster.ts'
import { asHolder, type Holder } from '../tokens/holder.ts'
import { overAll } from './over-all.ts'

const AT_ONCE = 500

type Listening = {
  id: string
  types: string[]
  paths: string[]
  holder: Pick<Holder, 'holderId' | 'pairwise' | 'consent' | 'scopes' | 'roles' | 'orgPath'>
}

/** Returns how many events were passed on. */
export const fanOut = (house: House): Promise<number> =>
  overAll(house, async (act) => {
    const happened = await taken(act)
    if (happened.length === 0) return 0
    for (const endpoint of await listening(act)) {
      const heard = heardBy(happened, endpoint)
      if (heard.length > 0) await write(act, house, endpoint, heard)
    }
    return happened.length
  })

/** Paths are as text; whoever is gone belongs nowhere. */
async function taken(act: Act): Promise<Happened[]> {
  const { rows } = await sql<Happened>`select e.type, e.key, e.data, e.at,
      coalesce(e.paths, array[coalesce(p.org_path, a.org_path)])::text[] as paths,
      e.type = 'employment.ended' and exists (select from directory.employment m where m.person_id = e.key and m.kind = 'main'
        and lower(m.during) >= (e.data ->> 'on')::date) as goes_on
    from provisioning.take_events(${AT_ONCE}) with ordinality as e(id, type, key, paths, data, at, wall, nth)
    left join directory.person p on p.id = e.key left join access.account a on a.id = e.key
    where e.paths is not null or p.id is not null or a.id is not null order by e.nth`.execute(act.tx)
  return rows
}

async function listening(act: Act): Promise<Listening[]> {
  const { rows } = await sql<Listening>`select e.id, e.types,
      array(select x.org_path::text from provisioning.endpoint_org x where x.endpoint_id = e.id and x.org_path <@ p.org_path) as paths,
      jsonb_build_object('holderId', p.id, 'pairwise', p.pairwise, 'consent', p.basis = 'consent', 'scopes', p.scopes, 'roles', p.roles,
        'orgPath', p.org_path::text) as holder
    from provisioning.endpoint e join sso.platform p on p.id = e.platform_id
    where e.state <> 'ended' and p.state = 'active'
      and coalesce(p.contract_from <= db.today(), true) and coalesce(p.contract_until >= db.today(), true) order by e.id`.execute(
    act.tx,
  )
  return rows
}

async function write(act: Act, house: House, { id, holder }: Listening, heard: readonly Heard[]): Promise<void> {
  await asHolder(act, holder.holderId)
  const keys = [...new Set(heard.flatMap(({ key }) => key ?? []))]
  const names = await namesOf(act, house, holder as Holder, keys)
  const rows = heard.flatMap(({ type, key, data, at }) => {
    const user = key === null ? null : names.get(key)
    // Of whom it is told nothing it hears nothing either.
    if (user === undefined) return []
    const body = JSON.stringify({
      type,
      timestamp: at,
      data: { ...(user === null ? {} : { user }), ...let_(house, holder, type, data) },
    })
    return [{ id: newId(), type, key, body }]
  })
  if (rows.length === 0) return
  await sql`insert into provisioning.delivery (id, endpoint_id, type, key, body)
    select r.id, ${id}, r.type, r.key, r.body
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (id uuid, type text, key uuid, body text)) with ordinality as r(id, type, key, body, nth)
    order by r.nth`.execute(act.tx)
}

/** Where somebody works is told to whoever may know where people work. A public list is said by its address. Of a credential nothing by which several platforms could tell that they know the same person. */
function let_(
  { settings }: House,
  { scopes, consent }: Listening['holder'],
  type: string,
  { from, to, code, ...rest }: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (type === 'credential.revoked') return {}
  if (code !== undefined) return { ...rest, from, to, url: `${settings.publicUrl}/notice/${String(code)}` }
  return scopes.includes('school') && !consent ? { ...(from ? { from } : {}), ...(to ? { to } : {}), ...rest } : rest
}
