/** The audit trail over the desk: who sees which entries, pages without gaps or doubles, filters, and the state of the chain. */

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
import { sealAll } from '../../../test/harness/seal.ts'
import { newId } from '../../base/ids.ts'
import { accessPermissions, actorOfAccount, type House, Permissions, type Role } from '../access/index.ts'
import { type Entry, fingerprintOf, makeTotal, openWitness, readTotals, record, signerOf } from '../audit/index.ts'
import { deskApi, deskPermissions } from './index.ts'

let base: Scratch
let orgs: Planted
let house: House
let paths: { first: string; second: string }
beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  house = {
    db: base.db,
    permissions: new Permissions([...accessPermissions, ...deskPermissions]),
    witness: openWitness(await mkdtemp(join(tmpdir(), 'qiangshi-heads-')), Buffer.alloc(32)),
    settings: { demo: true, production: false, publicUrl: 'http://localhost', dataFolder: '/nowhere' },
    key: () => Buffer.alloc(32),
  } as unknown as House
  paths = { first: await pathOf(orgs.first), second: await pathOf(orgs.second) }
})
afterAll(() => base?.drop())

const pathOf = async (orgId: string): Promise<string> => {
  const { rows } = await sql<{
    path: string
  }>`select path::text from directory.organisation where id = ${orgId}`.execute(base.owner)
  return rows[0]!.path
}
const deskOf = async (role: Role, orgId: string) => {
  const account = await plantAccount(base.owner, orgId, `${role}-${newId()}`, null)
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
    select ${account}, ${newId()}, ${role}, o.id, o.path, daterange(null, null) from directory.organisation o where o.id = ${orgId}`.execute(
    base.owner,
  )
  const actor = await actorOfAccount(base.db, account)
  return createRouterClient(deskApi, { context: { house, actor } })
}
const write = (...entries: Entry[]) => base.as({ paths: ['m'] }, (act) => record(act, ...entries))

describe('the trail', () => {
  test('shows an auditor the acts in scope and nobody else’s', async () => {
    const subject = { kind: 'thing', id: newId() }
    await write(
      { action: 'test.near', subject, orgPath: paths.first, before: { name: '旧' }, after: { name: '新' } },
      { action: 'test.far', subject, orgPath: paths.second },
    )
    const near = await (await deskOf('auditor', orgs.first)).trail({ subjectId: subject.id })
    expect(near.rows.map(({ action }) => action)).toEqual(['test.near'])
    expect(near.rows[0]).toMatchObject({ before: { name: '旧' }, after: { name: '新' }, subjectKind: 'thing' })
    const far = await (await deskOf('auditor', orgs.second)).trail({ subjectId: subject.id })
    expect(far.rows.map(({ action }) => action)).toEqual(['test.far'])
    const clerk = await deskOf('clerk', orgs.first)
    await expect(clerk.trail({})).rejects.toMatchObject({ data: { code: 'access.forbidden' } })
    await expect(clerk.verifyTrail()).rejects.toMatchObject({ data: { code: 'access.forbidden' } })
  })

  test('pages through entries of one instant without gaps or doubles, the latest first', async () => {
    const subject = { kind: 'many', id: newId() }
    await write(...Array.from({ length: 7 }, (_, at) => ({ action: `test.n${at}`, subject, orgPath: paths.first })))
    const auditor = await deskOf('auditor', orgs.first)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await auditor.trail({ subjectId: subject.id, limit: 3, ...(cursor ? { cursor } : {}) })
      expect(page).toMatchObject({ total: 7, capped: false })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(7)
    expect(seen).toEqual([...seen].sort().reverse())
    await expect(auditor.trail({ cursor: 'nonsense' })).rejects.toMatchObject({ data: { code: 'audit.bad_cursor' } })
  })

  test('is narrowed by act, person and day', async () => {
    const [person] = await plantPeople(base.owner, orgs.first, 1)
    await write(
      { action: 'test_a.one', about: person!, orgPath: paths.first },
      { action: 'testxa.two', orgPath: paths.first },
    )
    const auditor = await deskOf('auditor', orgs.first)
    const about = await auditor.trail({ about: person! })
    expect(about.rows.map(({ action, about: whom }) => [action, whom?.id])).toEqual([['test_a.one', person]])
    // An underscore is a letter here, not “any letter”.
    expect((await auditor.trail({ action: 'test_a.' })).total).toBe(1)
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(about.rows[0]!.at))
    expect((await auditor.trail({ about: person!, from: day, to: day })).total).toBe(1)
    expect((await auditor.trail({ about: person!, to: '2001-01-01' })).total).toBe(0)
    expect((await auditor.trail({ about: person!, from: '2199-01-01' })).total).toBe(0)
  })

  test('leaves out signing in and out where asked', async () => {
    const subject = { kind: 'account', id: newId() }
    await write(
      { action: 'access.signed_in', subject, orgPath: paths.first },
      { action: 'access.signOut', subject, orgPath: paths.first },
      { action: 'access.role_granted', subject, orgPath: paths.first },
    )
    const auditor = await deskOf('auditor', orgs.first)
    expect((await auditor.trail({ subjectId: subject.id })).total).toBe(3)
    const { rows } = await auditor.trail({ subjectId: subject.id, signIns: false })
    expect(rows.map(({ action }) => action)).toEqual(['access.role_granted'])
  })

  test('tells whether the chain holds, and where it does not', async () => {
    await write({ action: 'test.sealed', orgPath: paths.first })
    await sealAll(base.owner)
    const auditor = await deskOf('auditor', orgs.first)
    const whole = await auditor.verifyTrail()
    expect(whole.broken).toBeNull()
    expect(whole.links).toBeGreaterThan(0)
    const { rows } = await auditor.trail({ action: 'test.sealed' })
    expect(rows[0]?.seq).toBe(whole.links)
    expect(whole.head).toEqual({ state: 'none' })

    const signer = signerOf(house.key)
    expect(await auditor.trailTotals()).toMatchObject({ days: 0, file: null, lastDay: null })
    await makeTotal(base.owner, signer, {}, new Date('2023-03-01T02:00:00Z'))
    const totals = await auditor.trailTotals()
    expect(totals).toMatchObject({ days: 1, lastDay: '2023-03-01', fingerprint: fingerprintOf(signer.publicKey) })
    expect(readTotals(totals.file!).totals[0]).toMatchObject({ seq: whole.links })
    await expect((await deskOf('clerk', orgs.first)).trailTotals()).rejects.toMatchObject({
      data: { code: 'access.forbidden' },
    })

    await sql`alter table audit.event disable trigger append_only`.execute(base.owner)
    await sql`update audit.event set actor = '他人' where id = ${rows[0]!.id}`.execute(base.owner)
    await sql`alter table audit.event enable trigger append_only`.execute(base.owner)
    expect((await auditor.verifyTrail()).broken).toEqual({ seq: whole.links, eventId: rows[0]!.id })
  })
})
