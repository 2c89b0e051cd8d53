import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Planted,
  plantAccount,
  plantOrganisations,
  plantPeople,
  type Scratch,
  scratch,
} from '../../../test/harness/scratch.ts'
import { newId } from '../../base/ids.ts'
import { accessPermissions, actorOfAccount, type House, Permissions, type Role } from '../access/index.ts'
import { openWitness } from '../audit/index.ts'
import { openStore } from '../files/index.ts'
import { notify } from '../inbox/index.ts'
import { deskApi, deskPermissions } from './index.ts'

let base: Scratch
let orgs: Planted
let house: House
beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  house = {
    db: base.db,
    permissions: new Permissions([...accessPermissions, ...deskPermissions]),
    settings: { demo: true, production: false, publicUrl: 'http://localhost', dataFolder: '/nowhere' },
    files: await openStore(await mkdtemp(join(tmpdir(), 'qiangshi-desk-')), () => Buffer.alloc(32)),
    witness: openWitness(await mkdtemp(join(tmpdir(), 'qiangshi-heads-')), Buffer.alloc(32)),
    key: () => Buffer.alloc(32),
  }
})
afterAll(() => base?.drop())

/** Somebody with a role at an organisation, and the desk as they use it. */
const somebody = async (role: Role, orgId: string, personId: string | null = null) => {
  const account = await plantAccount(base.owner, orgId, `${role}-${newId()}`, personId)
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
    select ${account}, ${newId()}, ${role}, o.id, o.path, daterange(null, null) from directory.organisation o where o.id = ${orgId}`.execute(
    base.owner,
  )
  const actor = await actorOfAccount(base.db, account)
  return { account, desk: createRouterClient(deskApi, { context: { house, actor } }) }
}
const plantRun = async (account: string, orgPath: string): Promise<string> => {
  const id = newId()
  await sql`insert into jobs.run (id, name, account_id, org_path, input) values (${id}, 'test.job', ${account}, ${orgPath}::ltree, '{}')`.execute(
    base.owner,
  )
  return id
}

describe('the inbox', () => {
  test('shows what is for oneself and for one’s role at exactly that organisation', async () => {
    const [person] = await plantPeople(base.owner, orgs.first, 1)
    const teacher = await somebody('teacher', orgs.first, person)
    const clerk = await somebody('clerk', orgs.first)
    const other = await somebody('clerk', orgs.second)
    const office = await somebody('commission', orgs.district)
    await base.as({ paths: ['m.q'] }, (act) =>
      notify(act, [
        { personId: person!, kind: 'todo', code: 'x.own' },
        { role: 'clerk', orgId: orgs.first, kind: 'message', code: 'x.clerk' },
      ]),
    )
    const codes = async ({ desk }: typeof teacher) => (await desk.inbox({ limit: 50 })).rows.map(({ code }) => code)
    expect(await codes(teacher)).toEqual(['x.own'])
    expect(await codes(clerk)).toEqual(['x.clerk'])
    expect(await codes(other)).toEqual([])
    expect(await codes(office)).toEqual([])
    expect(await teacher.desk.inboxCount()).toEqual({ todos: 1, overdue: 0, unread: 0 })
    const { rows } = await clerk.desk.inbox({ limit: 50, open: true })
    expect(await clerk.desk.markRead({ ids: rows.map(({ id }) => id) })).toEqual({ marked: 1 })
    expect((await clerk.desk.inbox({ limit: 50, open: true })).total).toBe(0)
  })

  test('nobody signed in has no desk', async () => {
    const stranger = createRouterClient(deskApi, { context: { house, actor: null } })
    for (const call of [
      () => stranger.inbox({ limit: 50 }),
      () => stranger.jobs({ limit: 50 }),
      () => stranger.file({ id: newId() }),
    ]) {
      await expect(call()).rejects.toMatchObject({ data: { code: 'access.sign_in_first' } })
    }
  })
})

describe('background tasks', () => {
  test('one’s own are seen and called off, others’ are not there', async () => {
    const clerk = await somebody('clerk', orgs.first)
    const principal = await somebody('principal', orgs.first)
    const id = await plantRun(clerk.account, 'm.q.s1')
    expect((await clerk.desk.job({ id })).state).toBe('queued')
    await expect(principal.desk.job({ id })).rejects.toMatchObject({ data: { code: 'not_found' } })
    await expect(principal.desk.cancelJob({ id })).rejects.toMatchObject({ data: { code: 'not_found' } })
    await clerk.desk.cancelJob({ id })
    expect((await clerk.desk.jobs({ limit: 50 })).rows[0]).toMatchObject({ id, state: 'cancelled' })
    await expect(clerk.desk.cancelJob({ id })).rejects.toMatchObject({ data: { code: 'jobs.ended', kind: 'conflict' } })
  })

  test('an administrator stops those in scope, an auditor only sees them, others may do neither', async () => {
    const clerk = await somebody('clerk', orgs.second)
    const administrator = await somebody('administrator', orgs.district)
    const foreign = await somebody('administrator', orgs.foreign)
    const auditor = await somebody('auditor', orgs.district)
    const id = await plantRun(clerk.account, 'm.q.s2')
    expect((await auditor.desk.jobsInScope({ limit: 50 })).rows.map((run) => run.id)).toContain(id)
    expect((await foreign.desk.jobsInScope({ limit: 50 })).rows).toEqual([])
    await expect(auditor.desk.stopJob({ id })).rejects.toMatchObject({ data: { kind: 'forbidden' } })
    await expect(clerk.desk.jobsInScope({ limit: 50 })).rejects.toMatchObject({ data: { kind: 'forbidden' } })
    await expect(foreign.desk.stopJob({ id })).rejects.toMatchObject({ data: { code: 'not_found' } })
    await administrator.desk.stopJob({ id })
    expect((await clerk.desk.job({ id })).state).toBe('cancelled')
  })
})

test('a file is known to whom it belongs, and to those with its organisation in scope', async () => {
  const clerk = await somebody('clerk', orgs.first)
  const trainer = await somebody('trainer', orgs.district)
  const teacher = await somebody('teacher', orgs.first)
  const id = newId()
  await sql`insert into files.file (id, sha256, name, media_type, size, purpose, account_id, org_path)
    values (${id}, ${'0'.repeat(64)}, '通报.pdf', 'application/pdf', 9, 'test', ${clerk.account}, 'm.q.s1')`.execute(
    base.owner,
  )
  expect((await clerk.desk.file({ id })).name).toBe('通报.pdf')
  expect((await trainer.desk.file({ id })).name).toBe('通报.pdf')
  await expect(teacher.desk.file({ id })).rejects.toMatchObject({ data: { code: 'not_found' } })
})
