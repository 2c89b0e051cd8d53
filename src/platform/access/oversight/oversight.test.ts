/** Offices apart, recovery by two people, roles taken in an emergency, what is seen of accounts: by every role that might try. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { hashPassword } from '../passwords.ts'
import { browserOf, codeOf } from '../second/second.fixture.ts'

const PASSWORD = 'Journey-2023'
let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 6)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(house.owner)
})
afterAll(() => house?.close())

const as = async (who: string) => (await world.as(who)).access
const accountOf = (nth: number) => world.teachers[0]![nth]!.account
const loginOf = (nth: number) => world.teachers[0]![nth]!.number.toLowerCase()

const ask = async (who: string, accountId: string) =>
  (await as(who)).askRecovery({ accountId, reason: '手机遗失，当面核对' })
const decide = async (who: string, recoveryId: string, accountId: string, approve = true) =>
  (await as(who)).decideRecovery({ accountId, recoveryId, approve })

async function withApp(login: string): Promise<void> {
  const browser = browserOf(house)
  await (await browser.access()).signIn({ login, password: PASSWORD })
  const { id, secret } = await (await browser.access()).beginApp({ name: '手机' })
  await (await browser.access()).confirmApp({ id, code: codeOf(secret) })
}

describe('administrators of system, security and audit', () => {
  const grant = async (who: string, accountId: string, role: string) =>
    refusalOf((await as(who)).grantRole({ accountId, role, orgId: world.schools[0].id }))
  const trust = async (accountId: string, role: 'security' | 'auditor') =>
    refusalOf((await as('security@district')).grantTrust({ accountId, role, orgId: world.schools[0].id }))

  test('are never the same account, whatever way is tried', async () => {
    expect(await trust(accountOf(0), 'auditor')).toBe('done')
    expect(await trust(accountOf(0), 'security')).toBe('invalid access.roles_apart')
    expect(await grant('administrator@district', accountOf(0), 'administrator')).toBe('invalid access.roles_apart')
    await expect(
      sql`insert into access.assignment (account_id, id, role, org_id, org_path) values (${accountOf(0)}, ${newId()}, 'administrator',
        ${world.schools[0].id}, ${world.schools[0].path}::ltree)`.execute(house.owner),
    ).rejects.toThrow(/roles_apart/)
    // Of two at once one is refused.
    const both = await Promise.all([trust(accountOf(1), 'auditor'), trust(accountOf(1), 'security')])
    expect(both.sort()).toEqual(['done', 'invalid access.roles_apart'])
  })

  test('watchers are not chosen by whom they watch, except the first of a place', async () => {
    expect(await grant('administrator@district', accountOf(2), 'auditor')).toBe('forbidden access.trust_apart')
    await sql`update access.assignment set during = daterange(null, '2020-01-01') where role = 'security' and account_id = ${world.accounts['security@other']}`.execute(
      house.owner,
    )
    const first = async () =>
      refusalOf(
        (await as('administrator@other')).grantRole({
          accountId: world.teachers[2]![0]!.account,
          role: 'security',
          orgId: world.other.id,
        }),
      )
    expect(await first()).toBe('done')
    expect(
      await refusalOf(
        (await as('administrator@other')).grantRole({
          accountId: world.teachers[2]![1]!.account,
          role: 'security',
          orgId: world.other.id,
        }),
      ),
    ).toBe('forbidden access.trust_apart')
  })

  test('a security administrator gives no other role and resets nobody', async () => {
    expect(await grant('security@district', accountOf(3), 'clerk')).toBe('forbidden access.forbidden')
    expect(await refusalOf((await as('security@district')).resetPassword({ accountId: accountOf(3) }))).toBe(
      'forbidden access.forbidden',
    )
  })
})

describe('recovery', () => {
  test('takes two people, and its code ends what was lost', async () => {
    await withApp(loginOf(4))
    expect(await refusalOf(ask('clerk@0', accountOf(5)))).toBe('invalid access.recovery_needless')
    expect(await refusalOf(ask('clerk@2', accountOf(4)))).toBe('not_found not_found')
    const { recoveryId } = await ask('clerk@0', accountOf(4))
    expect(await refusalOf(ask('administrator@district', accountOf(4)))).toBe('conflict access.recovery_waiting')
    expect(await refusalOf(decide('clerk@0', recoveryId, accountOf(4)))).toBe('forbidden access.forbidden')
    expect(await refusalOf(decide('principal@1', recoveryId, accountOf(4)))).toBe('not_found not_found')
    const { code } = await decide('principal@0', recoveryId, accountOf(4))
    expect(await refusalOf(decide('security@district', recoveryId, accountOf(4)))).toBe(
      'conflict access.recovery_decided',
    )

    const browser = browserOf(house)
    const { second } = await (await browser.access()).signIn({ login: loginOf(4), password: PASSWORD })
    expect(second?.app).toBe(true)
    await (await browser.access()).completeSignIn({ code: code! })
    const own = await (await browser.access()).security()
    expect([own.apps, own.passkeys]).toEqual([[], []])
    const { rows } = await (await as('clerk@0')).recoveries().then((list) => ({ rows: list }))
    expect(rows.find(({ id }) => id === recoveryId)).toMatchObject({ state: 'approved', mine: true })
  })

  test('is decided neither by who asked nor by whom it concerns, even where the database is asked directly', async () => {
    await withApp('clerk-0')
    const { recoveryId } = await ask('administrator@district', world.accounts['clerk@0']!)
    for (const decider of [world.accounts['administrator@district'], world.accounts['clerk@0']])
      await expect(
        sql`update access.recovery set state = 'approved', decided_by = ${decider}, decided_at = now() where id = ${recoveryId}`.execute(
          house.owner,
        ),
      ).rejects.toThrow(/second_person/)
    expect((await decide('security@district', recoveryId, world.accounts['clerk@0']!, false)).code).toBeNull()
  })
})

describe('a role taken in an emergency', () => {
  const take = async (who: string, more: Record<string, unknown> = {}) =>
    (await as(who)).takeEmergency({
      role: 'clerk',
      orgId: world.schools[0].id,
      hours: 2,
      reason: '经办人突发疾病，今日截止',
      ...more,
    } as never)
  const accounts = async (who: string) => refusalOf((await world.as(who)).records.people({ limit: 1 } as never))

  test('is for offices, for hours, in scope', async () => {
    expect(await refusalOf(take('administrator@district', { role: 'auditor' }))).toBe('invalid access.emergency_role')
    expect(await refusalOf(take('administrator@district', { role: 'teacher' }))).toBe('invalid access.emergency_role')
    expect(await refusalOf(take('administrator@district', { hours: 5 }))).toBe('refused access.emergency_long')
    expect(await refusalOf(take('administrator@other'))).toBe('not_found not_found')
    expect(await refusalOf(take('clerk@0'))).toBe('forbidden access.forbidden')
  })

  test('is told at once, marks what is done under it, and ends by itself', async () => {
    const who = 'commission@district'
    const propose = async () => refusalOf((await as(who)).resetPassword({ accountId: accountOf(5) }))
    expect(await propose()).toBe('forbidden access.forbidden')
    const { emergencyId } = await take(who)
    const { rows: told } = await sql<{ role: string }>`select i.role from inbox.item i
      where i.code = 'access.message.emergency_taken' and i.recipient_id = ${world.district.id} order by 1`.execute(
      house.owner,
    )
    expect(told).toEqual([{ role: 'auditor' }, { role: 'security' }])
    expect(await propose()).toBe('done')
    const { rows: trail } = await sql<{ actor: string; action: string }>`select e.actor, e.action from audit.event e
      where e.account_id = ${world.accounts[who]} and e.action = 'access.password_reset'`.execute(house.owner)
    expect(trail).toEqual([{ actor: 'commission〔应急〕', action: 'access.password_reset' }])
    const [row] = await (await as('auditor@district')).emergencies()
    expect(row).toMatchObject({ id: emergencyId, role: 'clerk', acts: 1, endedAt: null })
    // What one may do anyway is done under one's own name.
    await (await as(who)).signIns()
    await sql`update access.emergency set begun_at = now() - interval '3 hours', ends_at = now() - interval '1 second' where id = ${emergencyId}`.execute(
      house.owner,
    )
    expect(await propose()).toBe('forbidden access.forbidden')
  })

  test('is ended by security, or given back', async () => {
    const one = await take('administrator@district')
    expect(await refusalOf(take('administrator@district'))).toBe('invalid access.emergency_held')
    await (await as('security@district')).endEmergency({
      accountId: world.accounts['administrator@district']!,
      emergencyId: one.emergencyId,
    })
    const { emergencyId } = await take('administrator@district')
    await (await as('administrator@district')).endOwnEmergency({ emergencyId })
    expect(await refusalOf((await as('administrator@district')).endOwnEmergency({ emergencyId }))).toBe(
      'not_found not_found',
    )
    expect(await accounts('administrator@district')).toBe('done')
  })
})

describe('whoever guards accounts', () => {
  test('sees sessions in scope, ends them, and sees nobody elsewhere', async () => {
    const browser = browserOf(house)
    await (await browser.access()).signIn({ login: loginOf(5), password: PASSWORD }).catch(() => {})
    const { rows } = await sql<{
      id: string
    }>`select s.id from access.session s where s.account_id = ${world.accounts['trainer@district']}`.execute(
      house.owner,
    )
    expect(rows).toEqual([])
    const office = browserOf(house)
    await (await office.access()).signIn({ login: 'trainer-d', password: PASSWORD })
    const guard = await as('security@district')
    const seen = await guard.accountSecurity({ accountId: world.accounts['trainer@district']! })
    expect(seen).toMatchObject({ second: false, signIns: [{ outcome: 'signed_in' }] })
    await guard.endAccountSession({ accountId: world.accounts['trainer@district']!, sessionId: seen.sessions[0]!.id })
    expect(await (await office.access()).me()).toBeNull()
    expect(await refusalOf(guard.accountSecurity({ accountId: world.accounts['trainer@other']! }))).toBe(
      'not_found not_found',
    )
  })

  test('is told which accounts to look at', async () => {
    const owner = world.accounts['clerk@1']!
    const { id } = await (await as('administrator@district')).createServiceAccount({
      login: 'svc-roster',
      name: '名册同步',
      orgId: world.schools[1].id,
      ownerId: owner,
      purpose: '向教务平台同步名册',
    })
    const whyOf = async (account: string) =>
      (await (await as('security@district')).accountWarnings())
        .filter(({ accountId }) => accountId === account)
        .map(({ why }) => why)
    expect(await whyOf(id)).toEqual([])
    await (await as('administrator@district')).disableAccount({ accountId: owner, disabled: true })
    expect(await whyOf(id)).toEqual(['owner_gone'])
    expect(await whyOf(world.accounts['principal@0']!)).toEqual(['no_person', 'no_second'])
    // Nobody signs in with a service's account.
    expect(await refusalOf((await as('clerk@0')).signIn({ login: 'svc-roster', password: PASSWORD }))).toBe(
      'unauthenticated access.wrong_login',
    )
  })
})

// Last, since it leaves the district's security administrator with an initial password.
describe('recovery of an office', () => {
  test('takes a guard or an auditor, gives an initial password, and leaves the second factor', async () => {
    const [boss, guard] = [world.accounts['administrator@district']!, world.accounts['security@district']!]
    const lost = async (who: string, accountId: string) =>
      (await as(who)).askRecovery({ accountId, lost: 'password', reason: '忘记密码，当面核对' })
    for (const [who, whom] of [
      ['administrator@district', guard],
      ['administrator@district', world.accounts['auditor@district']!],
    ] as const)
      expect(await refusalOf((await as(who)).resetPassword({ accountId: whom }))).toBe('forbidden access.reset_apart')
    expect(await refusalOf(lost('clerk@0', accountOf(5)))).toBe('invalid access.recovery_by_reset')

    await withApp('security-d')
    const { recoveryId } = await lost('administrator@district', guard)
    expect(await refusalOf(decide('administrator@district', recoveryId, guard))).toBe('forbidden access.forbidden')
    expect(await refusalOf(decide('security@district', recoveryId, guard))).toBe('forbidden access.second_person')
    expect(await refusalOf(decide('auditor@other', recoveryId, guard))).toBe('not_found not_found')
    const { initialPassword, code } = await decide('auditor@district', recoveryId, guard)
    expect(code).toBeNull()
    const browser = browserOf(house)
    expect(await refusalOf((await browser.access()).signIn({ login: 'security-d', password: PASSWORD }))).toBe(
      'unauthenticated access.wrong_login',
    )
    const { second } = await (await browser.access()).signIn({ login: 'security-d', password: initialPassword! })
    expect(second?.app).toBe(true)

    // The guard has chosen a password of their own.
    await sql`update access.account set must_change = false where id = ${guard}`.execute(house.owner)
    // Who runs the system is asked for by who guards it.
    const own = await lost('security@district', boss)
    expect((await decide('auditor@district', own.recoveryId, boss, false)).initialPassword).toBeNull()
    // An auditor decides for nobody else, nor does a role taken in an emergency make one who decides for an office.
    await withApp(loginOf(3))
    const teacher = await ask('clerk@0', accountOf(3))
    expect(await refusalOf(decide('auditor@district', teacher.recoveryId, accountOf(3)))).toBe(
      'forbidden access.above_you',
    )
    const auditors = await lost('security@district', world.accounts['auditor@district']!)
    await (await as('administrator@district')).takeEmergency({
      role: 'principal',
      orgId: world.district.id,
      hours: 1,
      reason: '校长突发疾病',
    })
    expect(
      await refusalOf(decide('administrator@district', auditors.recoveryId, world.accounts['auditor@district']!)),
    ).toBe('forbidden access.offices_decide')
  })
})
