/** One's own data from the notice to the closed account, through the procedures, against a real database. */
import { ZipReader } from '@cj-tech-master/excelts/archive'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { held } from '../../server/held.ts'
import type { OpenHouse } from '../../server/house.ts'
import { dailies, kept } from '../../server/modules.ts'
import { actFor, actorOfAccount, type House } from '../access/index.ts'
import { type Act, moveClock, SYSTEM, transact } from '../db/index.ts'
import { looksWritten, noteSharing } from './index.ts'
import { exportJob } from './own/export.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
})
afterAll(() => house?.close())

const teacher = (n: number) => world.teachers[0]![n]!
const asTeacher = async (n: number) => (await world.as(teacher(n).account)).privacy
const asOffice = async () => (await world.as('commission@district')).privacy
const daily = dailies.find(({ name }) => name === 'privacy')!
const everything = <R>(work: (act: Act) => Promise<R>, permission = daily.permission) =>
  transact(house.db, { actor: SYSTEM, permission, scope: { paths: [world.city.path], self: false } }, work)
const inboxOf = async (account: string) =>
  (
    await sql<{
      code: string
    }>`select i.code from inbox.item i where i.recipient_id = ${account} order by i.created_at`.execute(house.owner)
  ).rows.map(({ code }) => code)

/** Runs a job as a worker would, at once. */
async function makeCopy(account: string, exportId: string) {
  const actor = (await actorOfAccount(house.db, account))!
  await exportJob(held, kept).run({
    input: { exportId, locale: 'zh-CN' },
    house: house as House,
    runId: newId(),
    act: (work) => actFor(house, actor, 'self', work),
    progress: async () => {},
    signal: new AbortController().signal,
  })
}

async function unzipped(file: File): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>()
  for await (const entry of new ZipReader(new Uint8Array(await file.arrayBuffer())).entries())
    entries.set(entry.path, await entry.bytes())
  return entries
}

describe('the notice', () => {
  it('is told to everybody, with who answers, why, how long and to whom', async () => {
    const notice = await (await world.as('commission@district')).privacy.notice()
    expect(notice.controller?.name).toBe('测试区')
    expect(notice.holdings.length).toBe(held.holdings.length)
    const contact = notice.holdings.find(({ id }) => id === 'records.contact')!
    expect(contact).toMatchObject({ sensitivity: 'sensitive', basis: 'management' })
    expect(contact.retention).toMatchObject({ kind: 'term', length: 12, unit: 'month', confidence: 'U' })
    const signIns = notice.holdings.find(({ id }) => id === 'access.sign_in')!
    expect(signIns.retention).toMatchObject({ length: 12, clause: expect.stringContaining('网络安全法') })
    // The rule on records of sharing holds since 2025; before it the term is the product's own.
    const sharing = notice.holdings.find(({ id }) => id === 'privacy.sharing')!
    expect(sharing.retention).toMatchObject({ length: 36, clause: null, confidence: 'U' })
  })

  it('is kept by version, and everybody is told when something changed', async () => {
    await everything(daily.run)
    await everything(daily.run)
    expect((await (await asTeacher(0)).notice()).version).toBe(1)
    expect(await inboxOf(teacher(0).account)).not.toContain('privacy.message.notice_changed')
    // As if a holding had been declared otherwise before.
    await sql`insert into privacy.notice (version, content, hash, changes, since)
      select 2, (select jsonb_agg(case when h ->> 'id' = 'records.contact' then h || '{"clause":"旧"}' else h end)
        from jsonb_array_elements(n.content) h where h ->> 'id' <> 'privacy.look'), 'other', '{"added":[],"changed":[],"removed":[]}', n.since from privacy.notice n`.execute(
      house.owner,
    )
    await everything(daily.run)
    const { version, versions } = await (await asTeacher(0)).notice()
    expect(version).toBe(3)
    expect(versions[0]!.changes.added.map(({ zh }) => zh)).toEqual(['查阅记录'])
    expect(versions[0]!.changes.changed.map(({ zh }) => zh)).toEqual(['联系方式'])
    expect(
      (await inboxOf(teacher(0).account)).filter((code) => code === 'privacy.message.notice_changed'),
    ).toHaveLength(1)
  })

  it('names whom to turn to, the nearest that was set', async () => {
    await (await asOffice()).setContact({ orgId: world.district.id, contact: '区教委信息科 010-0000' })
    expect((await (await asTeacher(0)).notice()).controller?.contact).toBe('区教委信息科 010-0000')
    await expect((await asOffice()).setContact({ orgId: world.other.id, contact: '别处的电话' })).rejects.toMatchObject(
      {
        data: { kind: 'not_found' },
      },
    )
  })
})

describe('a copy of one’s own data', () => {
  it('has every row that is held and shown to oneself, sealed ones in clear, nobody else’s, and no secret', async () => {
    const { account, id } = teacher(0)
    const clerk = (await world.as('clerk@0')).records
    await clerk.keepRow({ personId: id, groupId: 'contact', values: { phone: '13812345678' } })
    const privacy = await asTeacher(0)
    const { exportId } = await privacy.requestExport({})
    await expect(privacy.requestExport({})).rejects.toMatchObject({ message: 'privacy.export_under_way' })
    await makeCopy(account, exportId)
    expect((await privacy.exports())[0]).toMatchObject({ id: exportId, open: true })
    const files = await unzipped(await privacy.takeExport({ exportId }))
    expect([...files.keys()].some((name) => name.endsWith('联系方式.xlsx'))).toBe(true)
    const text = Buffer.from(files.get('data.json')!).toString()
    const data = JSON.parse(text) as { holdings: { id: string; tables: { table: string; rows: object[] }[] }[] }
    expect(data.holdings.map((holding) => holding.id)).toEqual(held.holdings.map((holding) => holding.id))
    expect(text).toContain('13812345678')
    expect(text).toContain(teacher(0).name)
    for (const other of world.teachers.flat().slice(1)) expect(text).not.toContain(other.number)
    expect(text).not.toMatch(/password|token_hash|_cipher/)
    expect(text).toContain('privacy.message.notice_changed')
    // Whatever the owner of the database sees of theirs is there, or said to be withheld.
    const told = new Map(data.holdings.flatMap(({ tables }) => tables.map(({ table, rows }) => [table, rows.length])))
    for (const { table, of = 'person_id', is = 'person', withheld, through } of held.holdings.flatMap(
      ({ tables }) => tables,
    )) {
      if (withheld || through || ['jobs.run', 'privacy.export', 'inbox.item', 'audit.event'].includes(table)) continue
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} t
        where t.${sql.ref(of)} = any (${is === 'person' ? [id] : is === 'account' ? [account] : [id, account]}::uuid[])`.execute(
        house.owner,
      )
      expect(`${table} ${told.get(table) ?? 0}`).toBe(`${table} ${rows[0]!.n}`)
    }
  })

  it('is one’s own alone, lies sealed, and is gone after its days', async () => {
    const { account } = teacher(1)
    const privacy = await asTeacher(1)
    const { exportId } = await privacy.requestExport({})
    await makeCopy(account, exportId)
    await expect((await asTeacher(2)).takeExport({ exportId })).rejects.toMatchObject({ data: { kind: 'not_found' } })
    await expect((await asOffice()).takeExport({ exportId })).rejects.toMatchObject({ data: { kind: 'not_found' } })
    const { rows } = await sql<{
      held: Buffer
    }>`select e.content_cipher as held from privacy.export e where e.id = ${exportId}`.execute(house.owner)
    expect(rows[0]!.held.includes(Buffer.from('UEsD'))).toBe(false)
    await moveClock(house.owner, new Date('2023-03-20T01:00:00Z'))
    try {
      await expect(privacy.takeExport({ exportId })).rejects.toMatchObject({ message: 'privacy.export_gone' })
      await everything(daily.run)
      const { rows: after } = await sql<{
        gone: boolean
      }>`select e.content_cipher is null as gone from privacy.export e where e.id = ${exportId}`.execute(house.owner)
      expect(after).toEqual([{ gone: true }])
    } finally {
      await moveClock(house.owner, new Date('2023-03-01T01:00:00Z'))
    }
  })
})

describe('requests', () => {
  it('wait at the district, within the days of the policy, and are answered with reasons', async () => {
    const mine = await asTeacher(1)
    const asked = await mine.ask({ kind: 'object', holding: 'records.honour', words: '不同意公开本人荣誉信息' })
    expect(asked.dueOn).toBe('2023-03-16')
    await expect(
      mine.ask({ kind: 'object', holding: 'records.honour', words: '不同意公开本人荣誉信息' }),
    ).rejects.toMatchObject({ message: 'privacy.already_asked' })
    const office = await asOffice()
    const row = (await office.requests({})).rows.find(({ id }) => id === asked.id)!
    expect(row).toMatchObject({
      name: teacher(1).name,
      state: 'open',
      employed: true,
      holding: { zh: '荣誉与人才项目' },
    })
    const elsewhere = (await world.as('commission@other')).privacy
    expect((await elsewhere.requests({})).rows).toEqual([])
    const answer = { accountId: teacher(1).account, id: asked.id, grant: false, answer: '依法公示，不予停止' }
    await expect(elsewhere.answer(answer)).rejects.toMatchObject({ data: { kind: 'not_found' } })
    await office.answer(answer)
    await expect(office.answer(answer)).rejects.toMatchObject({ message: 'privacy.request_settled' })
    expect((await mine.ownRequests())[0]).toMatchObject({ state: 'refused', answer: '依法公示，不予停止' })
    expect(await inboxOf(teacher(1).account)).toContain('privacy.message.refused')
  })

  it('of oneself are answered by somebody else; taken back they wait no more', async () => {
    const office = await asOffice()
    const { id } = await office.ask({ kind: 'explain', words: '请说明用途' })
    const own = { accountId: world.accounts['commission@district']!, id, grant: true, answer: '同意说明' }
    await expect(office.answer(own)).rejects.toMatchObject({ message: 'privacy.own_request' })
    await office.withdrawRequest({ id })
    await expect(office.withdrawRequest({ id })).rejects.toMatchObject({ data: { kind: 'not_found' } })
  })

  it('to close end the account; the record of whoever works here goes on', async () => {
    const { account, id } = teacher(2)
    const asked = await (await asTeacher(2)).ask({ kind: 'close', words: '申请注销账号' })
    expect(
      await (await asOffice()).answer({ accountId: account, id: asked.id, grant: true, answer: '同意注销' }),
    ).toEqual({
      restricted: false,
    })
    expect(await actorOfAccount(house.db, account)).toBeNull()
    expect((await (await world.as('clerk@0')).records.person({ personId: id })).name).toBe(teacher(2).name)
  })

  it('to close of whoever has left keep the record and stop every other use, until that is lifted', async () => {
    const { account, id } = teacher(3)
    const asked = await (await asTeacher(3)).ask({ kind: 'close', words: '已离职，申请注销账号' })
    await sql`update directory.employment set during = daterange(lower(during), '2023-02-01'), end_reason = 'left' where person_id = ${id}`.execute(
      house.owner,
    )
    const office = await asOffice()
    expect(
      await office.answer({ accountId: account, id: asked.id, grant: true, answer: '同意注销，档案依法保存' }),
    ).toEqual({
      restricted: true,
    })
    const clerk = (await world.as('clerk@0')).records
    await expect(clerk.person({ personId: id })).rejects.toMatchObject({ data: { kind: 'not_found' } })
    const trainer = (await world.as('trainer@district')).records
    expect(JSON.stringify(await trainer.people({}))).not.toContain(teacher(3).number)
    expect((await sql`select from directory.person where id = ${id}`.execute(house.owner)).rows).toHaveLength(1)
    expect((await office.restrictions()).map(({ personId }) => personId)).toEqual([id])
    await office.liftRestriction({ personId: id, reason: '重新聘用' })
    expect((await clerk.person({ personId: id })).name).toBe(teacher(3).name)
  })
})

describe('who looked, and what was handed on', () => {
  it('an office that opens a record is told to the person, once a day; oneself never', async () => {
    const { id } = teacher(0)
    const clerk = (await world.as('clerk@0')).records
    await clerk.person({ personId: id })
    await clerk.person({ personId: id })
    await (await world.as(teacher(0).account)).records.me()
    await looksWritten(house)
    const looks = await (await asTeacher(0)).looks()
    expect(looks.filter(({ what }) => what === 'records.person')).toMatchObject([{ orgName: '第一小学' }])
    expect((await (await asTeacher(1)).looks()).filter(({ what }) => what === 'records.person')).toEqual([])
    await expect((await world.as('clerk@2')).records.person({ personId: id })).rejects.toThrow()
    await looksWritten(house)
    expect(await (await asTeacher(0)).looks()).toHaveLength(looks.length)
  })

  it('something sealed that was shown stands there with its purpose', async () => {
    const clerk = (await world.as('clerk@0')).records
    await clerk.revealSealed({ personId: teacher(0).id, groupId: 'contact', purpose: '通知体检' })
    const [latest] = await (await asTeacher(0)).looks()
    expect(latest).toMatchObject({ what: 'records.sealed_revealed', purpose: '通知体检' })
  })

  it('what another module hands out, and what a platform learns, is told to whom it is about', async () => {
    const people = [teacher(0).id, teacher(1).id]
    const actor = (await actorOfAccount(house.db, world.accounts['commission@district']!))!
    await actFor(house, actor, 'privacy.request.read', (act) =>
      noteSharing(act, {
        kind: 'authority',
        recipient: '市教委',
        purpose: '年度统计',
        basis: 'duty',
        kinds: ['姓名'],
        personIds: people,
      }),
    )
    expect(await (await asTeacher(1)).sharings()).toMatchObject([{ recipient: '市教委', kinds: ['姓名'] }])
    const platformId = newId()
    await sql`insert into sso.platform (id, client_id, name, about, icon, colour, category, org_id, org_path, owner_id, operator, purpose, basis, basis_text,
        redirect_uris, sign_out_uris, scopes, pairwise, pkce, offline, roles)
      values (${platformId}, 'x', '备课平台', '', '课', 'qing', 'teaching', ${world.district.id}, ${world.district.path}::ltree, ${actor.account}, '某公司', '备课', 'consent', '',
        '{https://x.example/cb}', '{}', '{profile}', true, true, false, '{}')`.execute(house.owner)
    const { account } = teacher(1)
    await sql`insert into sso.consent (account_id, platform_id, scopes, given_at) values (${account}, ${platformId}, '{profile}', now())`.execute(
      house.owner,
    )
    for (const hour of ['01', '03'])
      await sql`update sso.consent set used_at = ${`2023-03-01T${hour}:00:00Z`} where account_id = ${account}`.execute(
        house.owner,
      )
    const told = await (await asTeacher(1)).sharings()
    expect(told.filter(({ kind }) => kind === 'platform')).toMatchObject([
      { recipient: '备课平台', kinds: ['profile'] },
    ])
    expect((await (await asTeacher(0)).sharings()).map(({ kind }) => kind)).toEqual(['authority'])
  })
})

describe('terms', () => {
  it('are told before, run once a day, take the history along, and leave what is still wanted', async () => {
    const gone = teacher(3)
    const clerk = (await world.as('clerk@0')).records
    for (const phone of ['13911112222', '13933334444']) {
      const [row] = (await clerk.archive({ personId: gone.id })).filter(({ groupId }) => groupId === 'contact')
      await clerk.keepRow({
        personId: gone.id,
        groupId: 'contact',
        values: { phone },
        ...(row ? { rowId: row.id, version: row.version! } : {}),
      })
    }
    const rowsOf = async (person: string) =>
      (
        await sql<{ n: number }>`select (select count(*) from records.contact where person_id = ${person})
          + (select count(*) from records.contact_history where person_id = ${person}) as n`.execute(house.owner)
      ).rows[0]!.n
    expect(await rowsOf(gone.id)).toBe(2)
    const stays = await rowsOf(teacher(0).id)
    const admin = (await world.as('administrator@district')).privacy
    const contact = async () =>
      (await admin.terms()).holdings.find(({ id }) => id === 'records.contact')!.tables[0]!.lapsing
    expect(await contact()).toBe(0)
    // Left on 1 February 2023; twelve months are over after 1 February 2024.
    await moveClock(house.owner, new Date('2024-02-01T01:00:00Z'))
    try {
      expect(await contact()).toBe(0)
      await moveClock(house.owner, new Date('2024-02-02T01:00:00Z'))
      expect(await contact()).toBe(1)
      await everything(daily.run)
      expect(await rowsOf(gone.id)).toBe(0)
      expect(await rowsOf(teacher(0).id)).toBe(stays)
      expect((await admin.terms()).past).toContainEqual(
        expect.objectContaining({ tableName: 'records.contact', rows: 1, parameter: 'privacy.retention.contact' }),
      )
    } finally {
      await moveClock(house.owner, new Date('2023-03-01T01:00:00Z'))
    }
  })
})
