/** The demonstration district: loaded once into an empty database, with its plan published and one account a role. */
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import { type DemoAccount, hashPassword } from '../platform/access/index.ts'
import type { Db } from '../platform/db/index.ts'
import { demoBurden } from './demo/burden.ts'
import { demoCalls } from './demo/calls.ts'
import { DEMO_PASSWORD, load } from './demo/load.ts'
import { demoPlatforms } from './demo/platforms.ts'
import { demoPrivacy } from './demo/privacy.ts'
import type { OpenHouse, Step } from './house.ts'
import { castOf } from './year/cast.ts'

/** The accounts that come with the people. */
const LOADED = [
  'teacher',
  'clerk',
  'principal',
  'trainer',
  'commission',
  'auditor',
  'security',
  'admin',
  'bj-trainer',
  'bj-commission',
]
/** The accounts that are shown and can sign in at once. */
export const LOGINS = [...LOADED, 'expert']
const YEAR = 2023

/**
 * How far the district has come: `none` of it, `planless` where the load was cut off before its plan and its calls were published, `whole`;
 * `other` where organisations are there that are not the demonstration's, `broken` where part of a load is there that cannot go on.
 */
export type DemoState = 'none' | 'planless' | 'whole' | 'other' | 'broken'

export async function demoState(owner: Db): Promise<DemoState> {
  const { rows } = await sql<{ empty: boolean; demo: boolean; peopled: boolean; planned: boolean }>`
    select not exists (select from directory.organisation) as empty,
      exists (select from directory.organisation o where o.name like '%（演示）') as demo,
      (select count(*) from access.account a where a.login = any (${LOADED}::text[])) = ${LOADED.length}
        and exists (select from ledger.entry) as peopled,
      exists (select from training.plan p where p.year = ${YEAR} and p.state <> 'draft') and exists (select from cases.call) as planned`.execute(
    owner,
  )
  const { empty, demo, peopled, planned } = rows[0]!
  if (empty) return 'none'
  if (!demo) return 'other'
  return !peopled ? 'broken' : planned ? 'whole' : 'planless'
}

/**
 * Loads the district when there is no organisation yet, or what is left of it after a load that was cut off; false when nothing was to do.
 * @throws Refusal `server.demo_broken`
 */
export async function loadDemo(house: OpenHouse, step: Step): Promise<boolean> {
  const state = await demoState(house.owner)
  if (state === 'broken') throw new Refusal('refused', 'server.demo_broken', { folder: house.settings.dataFolder })
  if (state === 'whole' || state === 'other') return false
  step('server.demo_loading')
  const began = Date.now()
  const loaded = state === 'none' ? await load(house.owner, house.key, step) : undefined
  // Both may be done twice: the same plan comes in once, and is published once.
  const cast = await castOf(house)
  const { districtId, trainer, commission } = cast
  const { planId } = await trainer.training.importPlan({ orgId: districtId, authority: 'qianjiang', year: YEAR })
  await commission.training.publishPlan({ planId })
  await demoCalls(house, cast, await hashPassword(DEMO_PASSWORD))
  await demoPlatforms(house)
  await demoBurden(house, cast)
  await demoPrivacy(house, cast)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (loaded) step('server.demo_loaded', { seconds, ...loaded })
  else step('server.demo_completed', { seconds })
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
