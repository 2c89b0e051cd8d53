/** An official raises the credits of a cycle: tries it, keeps it as a draft, shares and submits it; a second person adopts it, and from its day it holds. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { moveClock, SYSTEM, transact } from '../../src/platform/db/index.ts'
import { post } from '../../src/platform/ledger/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import type { Org, Person } from '../harness/world.ts'
import { closed, companyOf, dialog, inDialog, phone, press, rowOf } from './steps.ts'

let site: Site
let beijing: { municipality: Org; school: Org; teachers: Person[] }
beforeAll(async () => {
  site = await openSite()
  const { owner } = site.house
  await sql`update directory.organisation set authority = 'chongqing' where id = ${site.world.other.id}`.execute(owner)
  beijing = await plantBeijing()
  await credit(site.world.teachers[0]!.slice(0, 2), ['125', '140'])
  await credit(beijing.teachers, ['36', '38', '41'])
}, 180_000)
afterAll(() => site?.close())
const { visit, troubles } = companyOf(() => site)

/** A municipality under Beijing's pack, with a school, three teachers and two offices. */
async function plantBeijing() {
  const { owner } = site.house
  const [id, schoolId] = [newId(), newId()]
  const municipality = { id, path: 'bj' }
  const school = { id: schoolId, path: 'bj.s' }
  await sql`insert into directory.organisation (id, parent_id, path, kind, school_type, name, short_name, authority) values
    (${id}, null, 'bj', 'municipality', null, '京城市', '京城市', 'beijing'),
    (${schoolId}, ${id}, 'bj.s', 'school', '211', '京城小学', '京城小学', null)`.execute(owner)
  const teachers = []
  for (let n = 0; n < 3; n++) teachers.push(await site.world.addTeacher(school))
  for (const [login, name, role] of [
    ['trainer-bj', '市继教中心', 'trainer'],
    ['commission-bj', '市教委人事处', 'commission'],
  ] as const) {
    const account = newId()
    await sql`insert into access.account (id, login, name, org_id, org_path, password_hash)
      select ${account}, ${login}, ${name}, ${id}, 'bj', a.password_hash from access.account a where a.login = 'trainer-d'`.execute(
      owner,
    )
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
      values (${account}, ${newId()}, ${role}, ${id}, 'bj')`.execute(owner)
  }
  await sql`update access.account set password_hash = (select a.password_hash from access.account a where a.login = 'trainer-d')`.execute(
    owner,
  )
  return { municipality, school, teachers }
}

const credit = (people: readonly Person[], credits: readonly string[]) =>
  transact(
    site.house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [site.world.city.path, 'bj'], self: false } },
    (act) =>
      post(
        act,
        credits.map((amount, nth) => ({
          personId: people[nth]!.id,
          creditYear: 2022,
          occurredOn: '2022-05-01',
          kind: 'concentrated',
          level: 'district',
          hours: '100',
          credits: amount,
          title: '骨干培训',
          source: { kind: 'test', id: newId() },
        })),
      ),
  )

type Page = Awaited<ReturnType<typeof visit>>
const stat = (page: Page, label: string, value: string) =>
  page.locator('.q-stat', { hasText: label }).getByText(value, { exact: true }).first().waitFor()
const noSideways = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)

/** From the lab to a draft of its own page. */
async function saveTrial(page: Page, to: string, { title, from }: { title: string; from: string }) {
  await page.goto(`${site.url}/policy/lab?set=training.credit.cycle`)
  await page.getByRole('textbox', { name: '五年周期学分下限' }).fill(to)
  await press(page, '试算')
  await page.getByRole('button', { name: '存为草案' }).click()
  await dialog(page).getByLabel('名称').fill(title)
  await dialog(page).getByLabel('施行日期').fill(from)
  await dialog(page).getByLabel('依据文件').fill('关于调整教师培训学分要求的通知')
  await dialog(page).getByLabel('文号').fill('测教〔2023〕8号')
  await inDialog(page, '保存')

  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
}

describe('a district raises its requirement', () => {
  let page: Page
  let second: Page

  it('an official tries it, sees who falls short, and saves it as a draft', async () => {
    page = await visit('trainer-d')
    await page.goto(`${site.url}/policy/lab?set=training.credit.cycle`)
    await stat(page, '现行符合', '2')
    await page.getByRole('textbox', { name: '五年周期学分下限' }).fill('130')
    await press(page, '试算')
    await page.locator('.q-stat', { hasText: '变为不符合' }).getByRole('link').click()
    await page.getByRole('link', { name: site.world.teachers[0]![0]!.name }).first().waitFor()
    await page.locator('.pol-lab-facts li', { hasText: / 125$/ }).first().waitFor()
    await saveTrial(page, '130', { title: '周期学分提高到130', from: '2023-09-01' })
    await stat(page, '变为不符合', '1')
    await page.getByText('草案', { exact: true }).first().waitFor()
  })

  it('shares it, compares it with a milder one, and submits it with a date', async () => {
    await press(page, '共享')
    await dialog(page).getByLabel('commission').selectOption('read')
    await inDialog(page, '共享')
    await closed(page)
    await saveTrial(page, '126', { title: '周期学分提高到126', from: '2023-09-01' })
    await page.goto(`${site.url}/policy/drafts`)
    await rowOf(page, '周期学分提高到130').getByRole('checkbox').check()
    await rowOf(page, '周期学分提高到126').getByRole('checkbox').check()
    await press(page, '对比')
    await page.getByRole('heading', { name: '草案对比' }).waitFor()
    await rowOf(page, '五年周期学分下限').getByText('120').waitFor()
    await rowOf(page, '五年周期学分下限').getByText('126').waitFor()
    await page.getByRole('link', { name: '周期学分提高到130' }).first().click()
    await page.getByRole('heading', { name: '周期学分提高到130', level: 1 }).waitFor()
    await press(page, '提交采纳')
    await dialog(page).getByLabel('施行日期').fill('2023-10-01')
    await inDialog(page, '提交')
    await closed(page)
    await page.getByText('已提交，等待另一人审核').waitFor()
    expect(await page.getByRole('button', { name: '采纳', exact: true }).count()).toBe(0)
  })

  it('a second person finds it in the inbox, reads the effect and adopts it', async () => {
    second = await visit('commission-d')
    await second.goto(`${site.url}/inbox`)
    await second.getByText('提交了政策修订“周期学分提高到130”').click()
    await second.getByRole('heading', { name: '周期学分提高到130', level: 1 }).waitFor()
    await second.getByText('提交时的测算').waitFor()
    await press(second, '采纳')
    expect(await dialog(second).getByRole('button', { name: '采纳' }).last().isDisabled()).toBe(true)
    await dialog(second).getByText('我已核对改动、依据文件和影响').click()
    await inDialog(second, '采纳')
    await closed(second)
    await second.getByText('已采纳，自').first().waitFor()
    await page.goto(`${site.url}/policy/drafts`)
    await rowOf(page, '周期学分提高到130').getByText('已采纳').waitFor()
  })

  it('after the day a teacher reads the new figure, its clause and its version, on the phone', async () => {
    const [teacher] = site.world.teachers[0]!
    await moveClock(site.house.owner, new Date('2023-10-02T01:00:00Z'))
    const mine = await visit(teacher!.number.toLowerCase(), phone)
    await mine.goto(`${site.url}/my/credits`)
    await mine.getByText('125 / 130 学分').waitFor()
    await mine.getByRole('button', { name: '“本周期”的依据' }).click()
    await mine.getByText('测教〔2023〕8号').first().waitFor()
    await mine.keyboard.press('Escape')
    await press(mine, /周期学分达标情况与依据/)
    const sheet = mine.getByRole('dialog')
    await sheet.getByText('还差 5 学分').first().waitFor()
    await sheet.getByRole('button', { name: '“周期内累计学分不少于规定下限所用数字”的依据' }).first().click()
    await mine.getByText('测教〔2023〕8号').first().waitFor()
    await sheet
      .getByText(/依据版本.*qianjiang@[0-9a-f]{12}|qianjiang@[0-9a-f]{12}/)
      .first()
      .waitFor()
    await noSideways(mine)
    const { policy } = await site.world.as(teacher!.account)
    const told = await policy.explain({ set: 'training.credit.cycle', personId: teacher!.id })
    const [found] = told.parameters.filter(({ id }) => id === 'training.credit.cycle_total')
    expect(found).toMatchObject({ value: 130, from: '2023-10-01', clause: { number: '测教〔2023〕8号' } })
    expect(found!.packVersion).toMatch(/^qianjiang@[0-9a-f]{12}$/)
    expect(troubles()).toEqual([])
  })
})

it('Beijing raises 36 to 40, is sent back once, and adopts it', async () => {
  const page = await visit('trainer-bj', phone)
  await saveTrial(page, '40', { title: '北京学分提高到40', from: '2024-01-01' })
  await page.getByText(/2024年1月1日 ?测算/).waitFor()
  await stat(page, '现行符合', '3')
  await stat(page, '改后符合', '1')
  await stat(page, '变为不符合', '2')
  await noSideways(page)
  await press(page, '提交采纳')
  await inDialog(page, '提交')
  await closed(page)
  const second = await visit('commission-bj', phone)
  await second.goto(`${site.url}/policy/drafts?show=waiting`)
  await second.getByRole('link', { name: '北京学分提高到40' }).click()
  await press(second, '退回')
  await dialog(second).getByRole('textbox').fill('请写明修订理由')
  await inDialog(second, '退回')
  await closed(second)
  await page.reload()
  await page.getByText('请写明修订理由').first().waitFor()
  await press(page, '修改说明与日期')
  await dialog(page).getByLabel('修订理由').fill('与“十五五”要求衔接')
  await inDialog(page, '保存')
  await closed(page)
  await press(page, '提交采纳')
  await inDialog(page, '提交')
  await closed(page)
  await second.reload()
  await press(second, '采纳')
  await dialog(second).getByText('我已核对改动、依据文件和影响').click()
  await inDialog(second, '采纳')
  await closed(second)
  await second.getByText('已采纳，自').first().waitFor()
  const { policy } = await site.world.as(beijing.teachers[0]!.account)
  const ask = { set: 'training.credit.cycle', personId: beijing.teachers[0]!.id }
  const outcome = async (asOf: string) => (await policy.explain({ ...ask, asOf })).outcome
  expect([await outcome('2023-12-31'), await outcome('2024-01-01')]).toEqual(['met', 'unmet'])
  expect(troubles()).toEqual([])
})
