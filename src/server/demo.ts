/** The demonstration district: loaded once into an empty database, with its plan published and one account a role. */
import { sql } from 'kysely'
import type { DemoAccount } from '../platform/access/index.ts'
import { DEMO_PASSWORD, load } from './demo/load.ts'
import type { OpenHouse, Step } from './house.ts'
import { castOf } from './year/cast.ts'

/** The accounts that are shown and can sign in at once. */
export const LOGINS = ['teacher', 'clerk', 'principal', 'trainer', 'commission', 'auditor', 'admin']

/** Loads the district when there is no organisation yet; false when there is. */
export async function loadDemo(house: OpenHouse, step: Step): Promise<boolean> {
  const { rows } = await sql<{
    empty: boolean
  }>`select not exists (select from directory.organisation) as empty`.execute(house.owner)
  if (!rows[0]!.empty) return false
  step('server.demo_loading')
  const began = Date.now()
  const { districtId, schools, teachers } = await load(house.owner, house.db, step)
  const { trainer, commission } = await castOf(house)
  const { planId } = await trainer.training.importPlan({ orgId: districtId, authority: 'qianjiang', year: 2023 })
  await commission.training.publishPlan({ planId })
  step('server.demo_loaded', { seconds: ((Date.now() - began) / 1000).toFixed(1), schools, teachers })
  return true
}

/** The accounts to print and to offer at the door, in the order of the year's work. */
export async function demoAccounts(house: OpenHouse): Promise<DemoAccount[]> {
  const { rows } = await sql<Omit<DemoAccount, 'password'>>`
    select a.login, s.role, o.short_name as org from access.account a join lateral (select x.role, x.org_id from access.assignment x
      where x.account_id = a.id order by x.role = 'teacher' limit 1) s on true join directory.organisation o on o.id = s.org_id
    where a.login = any(${LOGINS}::text[]) order by array_position(${LOGINS}::text[], a.login)`.execute(house.owner)
  return rows.map((account) => ({ ...account, password: DEMO_PASSWORD }))
}
