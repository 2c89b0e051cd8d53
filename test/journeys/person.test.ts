/** People on record, in the browsers of those concerned: found, corrected, given posts and honours, moved on a day to come, gone; and by themselves. */
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock } from '../../src/platform/db/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { refusalOf } from '../harness/world.ts'
import { faultsOf } from './faults.ts'
import { companyOf, phone, press } from './steps.ts'

const NUMBER = '510104198203071229'
const MASKED = '510104********1229'

let site: Site
let clerk: Page
let trainer: Page
/** Of the first school: 单田芳, known by nothing but what the clerk enters. */
let personId: string
const { visit, troubles } = companyOf(() => site)
const records = async (who: string) => (await site.world.as(who)).records
const recordOf = async (who = 'trainer@district') => (await records(who)).person({ personId })
/** Fills the open dialog by label and sends it; it closes unless what it asks for is refused. */
async function fill(
  page: Page,
  submit: string,
  values: Record<string, string>,
  outcome: 'done' | 'refused' = 'done',
): Promise<void> {
  const dialog = page.getByRole('dialog')
  for (const [label, value] of Object.entries(values)) {
    const field = dialog.getByLabel(label).first()
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value })
    else await field.fill(value)
  }
  await dialog.getByRole('button', { name: submit, exact: true }).click()
  if (outcome === 'done') await dialog.waitFor({ state: 'detached' })
}
/** One of the acts behind the button of changes. */
const change = async (page: Page, name: string) => {
  await press(page, /登记变更/)
  await page.getByRole('group', { name: '登记变更' }).getByRole('button', { name, exact: true }).click()
}
const openRecord = async (page: Page, name: string) => {
  await page.goto(`${site.url}/people/${personId}`)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

beforeAll(async () => {
  site = await openSite(3)
  ;({ personId } = await (await records('clerk@0')).addTeacher({
    orgId: site.world.schools[0].id,
    name: '单田芳',
    number: 'B7',
    category: '11',
    basis: 'in_post',
    from: '2015-09-01',
    stage: '2',
    subjects: ['13'],
  }))
  clerk = await visit('clerk-0')
  trainer = await visit('trainer-d')
}, 180_000)
afterAll(() => site?.close())

describe('finding somebody', () => {
  it.each([
    ['the name', '田芳'],
    ['the initials, the surname in its own reading', 'stf'],
    ['full pinyin', 'shantianf'],
    ['the number, in any case', 'b7'],
    ['the school', '第一小学'],
  ])('by %s', async (_by, term) => {
    await trainer.goto(`${site.url}/people`)
    await trainer
      .getByRole('searchbox')
      .or(trainer.getByPlaceholder(/拼音首字母/))
      .first()
      .fill(term)
    await trainer.waitForURL((url) => url.searchParams.get('search') === term)
    await trainer.getByRole('link', { name: /单田芳/ }).waitFor()
    // Nobody of the other school is left on the page.
    await trainer.getByRole('link', { name: site.world.teachers[1]![0]!.name }).waitFor({ state: 'detached' })
  })

  it('leads to the record', async () => {
    await clerk.goto(`${site.url}/people?search=stf`)
    await clerk.getByRole('link', { name: /单田芳/ }).click()
    await clerk.getByRole('heading', { name: '单田芳', level: 1 }).waitFor()
    expect(clerk.url()).toContain(personId)
  })
})

describe('keeping the record', () => {
  it('is corrected by the school; name and login of the account follow', async () => {
    await press(clerk, '更正信息')
    await fill(clerk, '保存更正', { 姓名: '单天方', 工号: 'b8', 身份证件号: NUMBER })
    await clerk.getByText(/登录名改为“b8”/).waitFor()
    await clerk.getByRole('heading', { name: '单天方', level: 1 }).waitFor()
    expect(await recordOf()).toMatchObject({
      name: '单天方',
      number: 'B8',
      login: 'b8',
      idMasked: MASKED,
      birthDate: '1982-03-07',
    })
  })

  it('shows the identity number only for a purpose, until it is closed, and the trail has the purpose', async () => {
    await clerk.getByText(MASKED).waitFor()
    await press(clerk, '查看完整号码')
    const dialog = clerk.getByRole('dialog')
    expect(await dialog.getByText(NUMBER).count()).toBe(0)
    await dialog.getByLabel('用途').fill('核对职称申报材料')
    await dialog.getByRole('button', { name: '查看', exact: true }).click()
    await dialog.getByText(NUMBER).waitFor()
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()
    await dialog.waitFor({ state: 'detached' })
    expect(await clerk.getByText(NUMBER).count()).toBe(0)
    const { rows } = await sql<{ purpose: string }>`select e.after ->> 'purpose' as purpose from audit.event e
      where e.action = 'records.identity_revealed' and e.about_person = ${personId}`.execute(site.house.owner)
    expect(rows).toEqual([{ purpose: '核对职称申报材料' }])
  })

  it('has title and posts from a day on', async () => {
    await change(clerk, '调整职称')
    await fill(clerk, '保存', { 职称: '一级教师', 自何日起: '2022-01-01' })
    await change(clerk, '调整职务')
    await clerk.getByRole('dialog').getByLabel('班主任', { exact: true }).check()
    await fill(clerk, '保存', { 自何日起: '2022-09-01' })
    expect(await recordOf()).toMatchObject({ title: 'level_1', posts: ['class_teacher'] })
    const history = clerk.getByRole('region', { name: '履历' })
    await history.getByText('班主任').first().waitFor()
    await history.getByText('2022年9月1日').first().waitFor()
  })

  it('has honours that the district awards and ends; ended they stay in the history', async () => {
    await openRecord(trainer, '单天方')
    await change(trainer, '登记荣誉')
    expect(await faultsOf(trainer)).toEqual([])
    await fill(trainer, '登记', { 荣誉称号: '区级骨干教师', 授予级别: '县级', 授予日期: '2022-12-01' })
    expect((await recordOf()).honours).toMatchObject([{ code: 'district_backbone', level: '43', until: null }])
    await change(trainer, '终止荣誉')
    await fill(trainer, '终止', { 自何日起终止: '2023-02-01' })
    expect((await recordOf()).honours).toMatchObject([{ from: '2022-12-01', until: '2023-02-01' }])
    await trainer.getByRole('tab', { name: '荣誉' }).waitFor()
    // The school may read honours and not write them.
    await press(clerk, /登记变更/)
    expect(await clerk.getByRole('group', { name: '登记变更' }).getByRole('button', { name: '登记荣誉' }).count()).toBe(
      0,
    )
    await clerk.keyboard.press('Escape')
  })
})

describe('moving to another school', () => {
  it('is entered for a day to come, seen by both schools, and can be taken back', async () => {
    await openRecord(trainer, '单天方')
    for (const again of [false, true]) {
      await press(trainer, '调动')
      await fill(trainer, '办理调动', { 调入学校: '第二小学', 到任日期: '2023-09-01', 事由: '教师交流' })
      await trainer.getByText('2023年9月1日起调往第二小学').waitFor()
      if (again) break
      await press(trainer, '撤回调动')
      await trainer.getByRole('dialog').getByRole('button', { name: '撤回调动' }).click()
      await trainer.getByText('2023年9月1日起调往第二小学').waitFor({ state: 'detached' })
      expect((await recordOf()).movesOn).toBeNull()
    }
    await openRecord(clerk, '单天方')
    await clerk.getByText('2023年9月1日起调往第二小学').waitFor()
    // The school may not take it back.
    expect(await clerk.getByRole('button', { name: '撤回调动' }).count()).toBe(0)
    const other = await visit('clerk-1')
    await other.goto(`${site.url}/people`)
    await other.getByText(/2023年9月1日起，自第一小学调入第二小学/).waitFor()
    await other.getByRole('link', { name: /单天方/ }).click()
    await other.getByText('到任之日起可查看完整档案').waitFor()
    expect(await faultsOf(other)).toEqual([])
    expect(await other.getByText(MASKED).count()).toBe(0)
    expect(await refusalOf(recordOf('clerk@1'))).toBe('not_found not_found')
  })

  it('comes into force on the day by itself: the new school sees the person, the old one no longer does, the history stays', async () => {
    await moveClock(site.house.owner, new Date('2023-09-01T01:00:00Z'))
    await expect.poll(() => refusalOf(recordOf('clerk@1')), { timeout: 20_000 }).toBe('done')
    expect(await refusalOf(recordOf('clerk@0'))).toBe('not_found not_found')
    const other = await visit('clerk-1')
    await openRecord(other, '单天方')
    const history = other.getByRole('region', { name: '履历' })
    await history.getByText('第二小学').first().waitFor()
    await history.getByText('第一小学').first().waitFor()
    await history.getByText(/终止原因：教师交流/).waitFor()
    const { employments, posts, titles } = await recordOf('clerk@1')
    expect(employments.map(({ orgName, from, until }) => [orgName, from, until])).toEqual([
      ['第二小学', '2023-09-01', null],
      ['第一小学', '2015-09-01', '2023-09-01'],
    ])
    expect([posts, titles.length]).toEqual([[], 1])
    await clerk.goto(`${site.url}/people?search=stf`)
    await clerk
      .getByText(/没有符合/)
      .first()
      .waitFor()
  })

  it('leaving ends what was done there and stays on record; coming back is entered anew', async () => {
    await openRecord(trainer, '单天方')
    await change(trainer, '离职')
    await fill(trainer, '办理离职', { 离职日期: '2023-09-01', 事由: '辞职' }, 'refused')
    // Not on the day of arrival: the dialog says since when.
    await trainer.getByText(/自\s*2023年9月1日\s*起在现单位任职/).waitFor()
    await moveClock(site.house.owner, new Date('2023-10-10T01:00:00Z'))
    await openRecord(trainer, '单天方')
    await change(trainer, '离职')
    await fill(trainer, '办理离职', { 离职日期: '2023-10-10', 事由: '辞职' })
    await trainer.getByText('已离职').first().waitFor()
    expect(await recordOf()).toMatchObject({ category: null, stages: [], subjects: [] })
    await press(trainer, '再次任职')
    await fill(trainer, '登记任职', { 学校: '第一小学' })
    await trainer.getByText('已离职').first().waitFor({ state: 'detached' })
    expect(await recordOf('clerk@0')).toMatchObject({ orgName: '第一小学', employedFrom: '2023-10-10' })
  })
})

describe('one’s own record on the phone', () => {
  it('is read, the number masked until asked for, and shows nobody else', async () => {
    const { id, name, number } = site.world.teachers[0]![0]!
    await (await records('clerk@0')).correct({ personId: id, idNumber: '510105198802290016' })
    const own = await visit(number.toLowerCase(), phone)
    await own
      .getByRole('link', { name: /我的档案/ })
      .first()
      .click()
    await own.getByRole('heading', { name: '我的档案', level: 1 }).waitFor()
    await own
      .getByText(new RegExp(`${name}.*${number}.*第一小学`))
      .first()
      .waitFor()
    await own.getByText('510105********0016').first().waitFor()
    await press(own, '查看完整号码')
    await own.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
    await own.getByText('510105198802290016').waitFor()
    expect(await faultsOf(own)).toEqual([])
    await own.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).last().click()
    await own.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await own.getByText('510105198802290016').count()).toBe(0)
    expect(await own.getByRole('button', { name: '更正信息' }).count()).toBe(0)
    expect(await own.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  it('nobody saw an error on the way', () => {
    expect(troubles()).toEqual([])
  })
})
