/** Letters through a real mail server: to verified addresses only, when wanted, once, and in the right words. */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Mailbox, openMailbox } from '../../../../test/harness/mailbox.ts'
import {
  type Planted,
  plantAccount,
  plantOrganisations,
  plantPeople,
  type Scratch,
  scratch,
} from '../../../../test/harness/scratch.ts'
import { newId } from '../../../base/ids.ts'
import { moveClock } from '../../db/index.ts'
import { finish, markRead, type NewItem, notify } from '../index.ts'
import type { Wishes } from '../rules/sending.ts'
import type { Catalog } from '../words.ts'
import { accountOfToken } from './outbox.ts'
import { mailRound } from './round.ts'
import {
  claimAddress,
  confirmAddress,
  noticesOf,
  noticesTidied,
  removeAddress,
  setWishes,
  unsubscribe,
} from './wishes.ts'

let base: Scratch
let orgs: Planted
let box: Mailbox
const keys = (purpose: string) => createHmac('sha256', 'test').update(purpose).digest()
const TEXTS: Record<string, [string, string]> = {
  'x.class': ['请确认“{class}”', 'Please answer “{class}”'],
  'x.leave': ['{name} 请假：{class}', '{name} asks for leave: {class}'],
  'x.leave.mail': ['有教师请假：{class}', 'A teacher asks for leave: {class}'],
  'x.note': ['{name}：{text}', '{name}: {text}'],
}
const catalog: Catalog = (locale, key) => TEXTS[key]?.[locale === 'en' ? 1 : 0]
const mail = () => ({ url: box.url, from: '强师 <notices@example.cn>' })
const round = (some: { url?: string } = {}) =>
  mailRound({ db: base.db, keys, publicUrl: 'https://qs.example.cn', mail: { ...mail(), ...some }, catalog })

const WISHES: Wishes = { frequency: 'at_once', sendAt: '07:30', weekday: 1, quietFrom: null, quietUntil: null }
type Somebody = { account: string; person: string | null; self: true; address: string }

beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  box = await openMailbox()
})
afterAll(async () => {
  await box?.close()
  await base?.drop()
})
beforeEach(async () => {
  await sql`truncate inbox.item, inbox.notices, inbox.mail, inbox.address_claim cascade`.execute(base.owner)
  box.letters.length = 0
  box.refuses.clear()
  await clock('2023-04-10T10:00:00+08:00')
})
const clock = (at: string) => moveClock(base.owner, new Date(at))

/** Somebody with a verified address, who wants letters so. */
async function somebody(wishes: Partial<Wishes> = {}, locale = 'zh-CN'): Promise<Somebody> {
  const [person = ''] = await plantPeople(base.owner, orgs.first, 1)
  const account = await plantAccount(base.owner, orgs.first, `x-${newId()}`, person)
  await sql`update access.account set locale = ${locale} where id = ${account}`.execute(base.owner)
  const who = { account, person, self: true as const, address: `${account}@example.cn` }
  await base.as(who, (act) => claimAddress(act, { keys, mail: true, locale }, who.address))
  await round()
  await base.as(who, (act) => confirmAddress(act, { keys, locale }, codeIn(box, who.address)))
  await base.as(who, (act) => setWishes(act, { ...WISHES, ...wishes }))
  return who
}
const codeIn = ({ of }: Mailbox, address: string) => /\d{6}/.exec(of(address).at(-1)?.text ?? '')![0]
const tell = (...items: NewItem[]) => base.as({ paths: ['m.q'] }, (act) => notify(act, items))
const told = ({ account }: Somebody, some: Partial<NewItem> = {}): NewItem =>
  ({
    accountId: account,
    kind: 'todo',
    code: 'x.class',
    data: { class: '班主任' },
    link: '/my/training',
    ...some,
  }) as NewItem
const digests = ({ address }: Somebody) => box.of(address).filter((letter) => letter.header('list-unsubscribe'))
const states = async () =>
  (
    await sql<{
      state: string
      error: string | null
      attempts: number
    }>`select state, error, attempts from inbox.mail where kind = 'digest' order by id`.execute(base.owner)
  ).rows

describe('an address', () => {
  test('is one’s own once its code came back, and the codes are counted', async () => {
    const account = await plantAccount(base.owner, orgs.first, `x-${newId()}`)
    const who = { account, self: true as const }
    const address = `${account}@example.cn`
    const confirm = (code: string) => base.as(who, (act) => confirmAddress(act, { keys, locale: 'zh-CN' }, code))
    const claim = (to = address) => base.as(who, (act) => claimAddress(act, { keys, mail: true, locale: 'zh-CN' }, to))
    await expect(confirm('000000')).rejects.toThrow('inbox.no_claim')
    await claim()
    expect((await base.as(who, (act) => noticesOf(act, true))).address).toBeNull()
    await round()
    const code = codeIn(box, address)
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await confirm(wrong))?.data).toEqual({ left: 4 })
    expect(await confirm(code)).toBeUndefined()
    await expect(confirm(code)).rejects.toThrow('inbox.no_claim')
    expect((await base.as(who, (act) => noticesOf(act, true))).address).toBe(`${account[0]}***@example.cn`)

    for (let n = 2; n <= 5; n++) await claim()
    await expect(claim()).rejects.toThrow('inbox.too_many_codes')
    await sql`update inbox.address_claim set since = since - interval '2 hours'`.execute(base.owner)
    await claim(`new-${address}`)
    for (let n = 0; n < 5; n++) await confirm('999999x')
    await expect(confirm('999999x')).rejects.toThrow('inbox.no_claim')
    await expect(
      base.as(who, (act) => claimAddress(act, { keys, mail: false, locale: 'zh-CN' }, address)),
    ).rejects.toThrow('inbox.mail_off')
  })

  test('that is replaced hears of it, and says nothing of the new one', async () => {
    const who = await somebody()
    await base.as(who, (act) => claimAddress(act, { keys, mail: true, locale: 'zh-CN' }, 'new@example.cn'))
    await round()
    await base.as(who, (act) => confirmAddress(act, { keys, locale: 'zh-CN' }, codeIn(box, 'new@example.cn')))
    await round()
    const letter = box.of(who.address).at(-1)!
    expect(letter.subject).toBe('强师：通知邮箱已变更')
    expect(letter.text).not.toContain('new@')
  })

  test('stands nowhere in clear', async () => {
    const who = await somebody()
    await tell(told(who))
    const { rows } = await sql<{
      all: string
    }>`select jsonb_build_array((select jsonb_agg(n) from inbox.notices n), (select jsonb_agg(m) from inbox.mail m),
      (select jsonb_agg(c) from inbox.address_claim c))::text as all`.execute(base.owner)
    expect(rows[0]!.all).toContain(who.account)
    expect(rows[0]!.all).not.toContain(who.address)
    expect(rows[0]!.all).not.toContain(Buffer.from(who.address).toString('hex'))
  })
})

describe('a letter', () => {
  test('comes at once, once, in text and HTML, with a way to end them', async () => {
    const who = await somebody()
    await tell(told(who), {
      ...told(who),
      kind: 'message',
      code: 'x.note',
      data: { name: '李四', text: '电话 13800000000' },
    } as NewItem)
    await tell({ ...told(who), key: 'same', due: '2023-04-20' }, { ...told(who), key: 'same' })
    expect(await round()).toMatchObject({ written: 1, sent: 1 })
    expect(await round()).toMatchObject({ written: 0, sent: 0 })
    const [letter] = digests(who)
    expect(letter).toMatchObject({ subject: '强师：2 项待办，1 条消息', recipient: who.address })
    expect(letter!.from?.text).toBe('"强师" <notices@example.cn>')
    for (const body of [letter!.text!, String(letter!.html)]) {
      expect(body).toContain('请确认“班主任”')
      expect(body).toContain('2023年4月20日前办理')
      expect(body).toContain('https://qs.example.cn/my/training')
      expect(body).toContain('有一条新的消息，请登录查看')
      expect(body).not.toMatch(/李四|13800000000/)
    }
    expect(letter!.header('auto-submitted')).toBe('auto-generated')
    expect(letter!.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(letter!.header('content-language')).toBe('zh-CN')
  })

  test('is worded for letters where the product names people, and in the language of the account', async () => {
    const who = await somebody({}, 'en')
    await tell(told(who, { code: 'x.leave', data: { name: '李四', class: '班主任', classEn: 'Class teachers' } }))
    await round()
    const [letter] = digests(who)
    expect(letter!.subject).toBe('Qiangshi: 1 thing to do')
    expect(letter!.text).toContain('A teacher asks for leave: Class teachers')
    expect(letter!.text).not.toContain('李四')
  })

  test('goes to those who hold the role and want letters, and to nobody else', async () => {
    const [clerk, other, silent] = [await somebody(), await somebody(), await somebody({ frequency: 'never' })]
    for (const { account } of [clerk, silent])
      await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
        select ${account}, ${newId()}, 'clerk', o.id, o.path, daterange(null, null) from directory.organisation o where o.id = ${orgs.first}`.execute(
        base.owner,
      )
    await tell({ role: 'clerk', orgId: orgs.first, kind: 'todo', code: 'x.class', data: { class: '校本' } })
    await tell({ role: 'clerk', orgId: orgs.second, kind: 'todo', code: 'x.class', data: { class: '外校' } })
    await round()
    expect(digests(clerk)).toHaveLength(1)
    expect(digests(clerk)[0]!.text).toContain('青江一小')
    expect(digests(clerk)[0]!.text).not.toContain('外校')
    expect([...digests(other), ...digests(silent)]).toEqual([])
  })

  test('leaves out what was done, read or is no longer one’s own; nothing left is no letter', async () => {
    const who = await somebody()
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
      select ${who.account}, ${newId()}, 'clerk', o.id, o.path, daterange(null, null) from directory.organisation o where o.id = ${orgs.first}`.execute(
      base.owner,
    )
    await tell(told(who, { key: 'done' }), { ...told(who), kind: 'message' } as NewItem, {
      role: 'clerk',
      orgId: orgs.first,
      kind: 'todo',
      code: 'x.class',
    })
    await base.as(who, async (act) => {
      await finish(act, 'done', null)
      const { rows } = await sql<{ id: string }>`select id from inbox.item where kind = 'message'`.execute(act.tx)
      await markRead(
        act,
        rows.map(({ id }) => id),
      )
    })
    await sql`update access.assignment set during = 'empty' where account_id = ${who.account}`.execute(base.owner)
    expect(await round()).toMatchObject({ written: 0, sent: 0 })
  })

  test('waits through quiet hours, then says everything together', async () => {
    await clock('2023-04-10T22:00:00+08:00')
    const who = await somebody({ quietFrom: '21:30', quietUntil: '07:00' })
    await tell(told(who))
    await round()
    await clock('2023-04-11T06:59:00+08:00')
    await tell(told(who))
    await round()
    expect(digests(who)).toEqual([])
    await clock('2023-04-11T07:00:01+08:00')
    await round()
    expect(digests(who).map(({ subject }) => subject)).toEqual(['强师：2 项待办'])
    await tell(told(who))
    await round()
    expect(digests(who)).toHaveLength(1)
    await clock('2023-04-11T07:06:00+08:00')
    await round()
    expect(digests(who)).toHaveLength(2)
  })

  test('of the day comes at its hour with what falls due; of the week on its day', async () => {
    const [daily, weekly] = [
      await somebody({ frequency: 'daily' }),
      await somebody({ frequency: 'weekly', weekday: 3 }),
    ]
    await tell(told(daily), told(weekly))
    await round()
    expect([...digests(daily), ...digests(weekly)]).toEqual([])
    await clock('2023-04-11T07:31:00+08:00')
    await round()
    await tell(told(daily, { due: '2023-04-12' }))
    await round()
    expect([digests(daily).length, digests(weekly).length]).toEqual([1, 0])
    await clock('2023-04-12T07:31:00+08:00')
    await round()
    expect([digests(daily).length, digests(weekly).length]).toEqual([2, 1])
    await sql`update inbox.item set due = '2023-04-14' where recipient_id = ${daily.account}`.execute(base.owner)
    await clock('2023-04-13T07:31:00+08:00')
    await round()
    expect(digests(daily).at(-1)!.text).toContain('【即将到期】')
    await clock('2023-04-15T07:31:00+08:00')
    await round()
    expect(digests(daily)).toHaveLength(3)
  })
})

describe('handing over', () => {
  test('is tried again later when the server is away or asks for patience', async () => {
    const who = await somebody()
    await tell(told(who))
    expect(await round({ url: 'smtp://127.0.0.1:9' })).toMatchObject({ written: 1, sent: 0, down: true })
    expect(await states()).toMatchObject([{ state: 'waiting', attempts: 1 }])
    expect(await round()).toMatchObject({ sent: 0 })
    const again = () => sql`update inbox.mail set due_at = now()`.execute(base.owner)
    await again()
    box.refuses.set(who.address, '451 4.7.1 greylisted')
    await round()
    expect(await states()).toMatchObject([{ state: 'waiting', attempts: 2, error: '451 EENVELOPE' }])
    box.refuses.clear()
    await again()
    expect(await round()).toMatchObject({ sent: 1 })
    expect(digests(who)).toHaveLength(1)
    expect(await states()).toEqual([{ state: 'sent', attempts: 3, error: null }])
  })

  test('is given up after some days, and at once where nobody is there', async () => {
    const [late, gone] = [await somebody(), await somebody()]
    await tell(told(late))
    await round({ url: 'smtp://127.0.0.1:9' })
    await sql`update inbox.mail set attempts = 9, due_at = now() where state = 'waiting'`.execute(base.owner)
    expect(await round({ url: 'smtp://127.0.0.1:9' })).toMatchObject({ failed: 1 })
    box.refuses.set(gone.address, '550 5.1.1 no such user')
    await tell(told(gone))
    await round()
    expect((await states()).map(({ state }) => state)).toEqual(['failed', 'failed'])
    expect((await base.as(gone, (act) => noticesOf(act, true))).refused).toBe(true)
    expect((await base.as(late, (act) => noticesOf(act, true))).refused).toBe(false)
    await tell(told(gone))
    expect(await round()).toMatchObject({ written: 0 })
  })

  test('by several processes at once hands every letter over once', async () => {
    const people = [await somebody(), await somebody(), await somebody()]
    await tell(...people.map((who) => told(who)))
    await Promise.all([round(), round(), round(), round()])
    expect(people.map((who) => digests(who).length)).toEqual([1, 1, 1])
  })

  test('does nothing without a mail server', async () => {
    const who = await somebody()
    await tell(told(who))
    const nothing = await mailRound({ db: base.db, keys, publicUrl: 'https://x', mail: undefined, catalog })
    expect(nothing).toMatchObject({ written: 0, sent: 0 })
    expect((await sql`select from inbox.to_mail`.execute(base.owner)).rows).toHaveLength(1)
  })
})

describe('ending the letters', () => {
  test('takes the token in the letter, and nobody can make one', async () => {
    const who = await somebody()
    await tell(told(who))
    await round()
    const [, token = ''] = /unsubscribe\/([\w-]+)>/.exec(digests(who)[0]!.header('list-unsubscribe')!)!
    expect(accountOfToken(keys, token)).toBe(who.account)
    expect(accountOfToken(keys, `Q${token.slice(1)}`)).toBeUndefined()
    expect(accountOfToken((purpose) => keys(`other ${purpose}`), token)).toBeUndefined()
    expect(accountOfToken(keys, 'nonsense')).toBeUndefined()
    await tell(told(who))
    expect(await base.as({ name: 'system' }, (act) => unsubscribe(act, who.account))).toBe('zh-CN')
    await clock('2023-04-12T10:00:00+08:00')
    await round()
    expect(digests(who)).toHaveLength(1)
  })

  test('and taking the address away leave nothing owed', async () => {
    const who = await somebody()
    await tell(told(who))
    await base.as(who, (act) => removeAddress(act))
    await tell(told(who))
    expect((await sql`select from inbox.to_mail`.execute(base.owner)).rows).toEqual([])
    expect(await round()).toMatchObject({ written: 0 })
  })
})

test('letters that went out long ago are forgotten, and addresses that nobody verified', async () => {
  const who = await somebody()
  await tell(told(who))
  await round()
  const left = async () => {
    await base.as({}, noticesTidied.run)
    const { rows } = await sql<{
      n: number
    }>`select (select count(*) from inbox.mail)::int + (select count(*) from inbox.address_claim)::int as n`.execute(
      base.owner,
    )
    return rows[0]!.n
  }
  expect(await left()).toBe(3)
  await clock('2023-07-10T10:00:00+08:00')
  await sql`update inbox.address_claim set expires_at = expires_at - interval '2 days'`.execute(base.owner)
  expect(await left()).toBe(0)
})

test('settings, claims, letters and feeds are seen by their own account only', async () => {
  const who = await somebody()
  const other = await somebody()
  for (const table of ['notices', 'address_claim', 'mail'] as const) {
    const { rows } = await base.as(who, (act) =>
      sql<{ account: string }>`select account_id as account from ${sql.table(`inbox.${table}`)}`.execute(act.tx),
    )
    expect(new Set(rows.map(({ account }) => account))).toEqual(new Set([who.account]))
  }
  await expect(base.as(who, (act) => sql`select from inbox.to_mail`.execute(act.tx))).rejects.toThrow(
    'permission denied',
  )
  const { numAffectedRows } = await base.as(who, (act) =>
    sql`update inbox.notices set frequency = 'never' where account_id = ${other.account}`.execute(act.tx),
  )
  expect(Number(numAffectedRows)).toBe(0)
})
