/** The people who act in the demonstration year: one account a role, and every teacher's own. */
import { type RawBuilder, sql } from 'kysely'
import { actorOfAccount } from '../../platform/access/index.ts'
import { type Caller, callAs } from '../caller.ts'
import type { OpenHouse } from '../house.ts'
import { codeOf, Stuck, under } from './stuck.ts'

export type Cast = {
  districtId: string
  trainer: Caller
  commission: Caller
  clerkOf: (orgId: string) => Promise<Caller>
  principalOf: (orgId: string) => Promise<Caller>
  teacher: (personId: string) => Promise<Caller>
  schools: { orgId: string; name: string }[]
  /**
   * Does what somebody would do; false where they do not answer, because they must change their initial password first. That is said
   * once for each login, and the year goes on without them.
   */
  unlessSilent: (work: () => Promise<unknown>) => Promise<boolean>
}

/** Below the district whose plan the year carries out: other places of the demonstration take no part. */
const here = (path: RawBuilder<unknown>) => sql<boolean>`exists (select from directory.organisation d
  where d.kind = 'district' and d.authority = 'qianjiang' and ${path} <@ d.path)`

/** Finds who holds the roles. Everybody acts through the API, under their own permissions. */
export async function castOf(house: OpenHouse, onSilent: (login: string) => void = () => {}): Promise<Cast> {
  const { rows } = await sql<{ role: string; orgId: string; accountId: string }>`
    select distinct on (a.role, a.org_id) a.role, a.org_id, a.account_id from access.assignment a join access.account x on x.id = a.account_id
    where ${here(sql`a.org_path`)} and a.role in ('trainer', 'commission', 'clerk', 'principal') and a.during @> db.today() order by a.role, a.org_id, x.must_change, a.account_id`.execute(
    house.owner,
  )
  const holders = new Map(rows.map(({ role, orgId, accountId }) => [`${role}@${orgId}`, accountId]))
  const { rows: people } = await sql<{
    personId: string
    id: string
  }>`select a.person_id, a.id from access.account a where a.person_id is not null and ${here(sql`a.org_path`)}`.execute(
    house.owner,
  )
  const accounts = new Map(people.map(({ personId, id }) => [personId, id]))
  const { rows: schools } = await sql<{
    orgId: string
    name: string
  }>`select o.id as org_id, o.short_name as name from directory.organisation o
    where o.kind in ('school', 'institution') and ${here(sql`o.path`)} and exists (select from directory.person p where p.org_id = o.id) order by o.path`.execute(
    house.owner,
  )
  const callers = new Map<string, Promise<Caller>>()
  const call = (accountId: string | undefined, who: string): Promise<Caller> => {
    if (!accountId) throw new Error(`nobody in the demonstration district is ${who}`)
    const known = callers.get(accountId)
    if (known) return known
    const made = actorOfAccount(house.db, accountId).then((actor) => under(actor!.login, callAs(house, actor!)))
    callers.set(accountId, made)
    return made
  }
  const silent = new Set<string>()
  const office = (role: string) => rows.find((row) => row.role === role)
  const trainer = office('trainer')
  return {
    districtId: trainer?.orgId ?? '',
    trainer: await call(trainer?.accountId, 'trainer'),
    commission: await call(office('commission')?.accountId, 'commission'),
    clerkOf: (orgId) => call(holders.get(`clerk@${orgId}`), `clerk of ${orgId}`),
    principalOf: (orgId) => call(holders.get(`principal@${orgId}`), `principal of ${orgId}`),
    teacher: (personId) => call(accounts.get(personId), `the teacher ${personId}`),
    schools,
    unlessSilent: async (work) => {
      try {
        await work()
        return true
      } catch (error) {
        if (!(error instanceof Stuck) || codeOf(error) !== 'access.must_change_password') throw error
        if (!silent.has(error.login)) onSilent(error.login)
        silent.add(error.login)
        return false
      }
    },
  }
}
