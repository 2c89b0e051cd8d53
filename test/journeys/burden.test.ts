/** The burden on schools in the browser: an office registers, the seventh event of a term is refused, the school sees what is asked and reports what is not registered. */
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock } from '../../src/platform/db/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { closed, companyOf, dialog, inDialog, phone, press } from './steps.ts'

let site: Site
let office: Page
let school: Page
const { visit, troubles } = companyOf(() => site)
const shot = (page: Page, name: string) =>
  process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true }) : undefined

const entry = (listedId: string) => ({
  kind: 'event' as const,
  title: '国家安全教育进校园',
  asker: '区委宣传部',
  document: '关于开展国家安全教育日活动的通知',
  schoolIds: [site.world.schools[0].id],
  listedId,
  from: '2026-03-10',
  until: '2026-03-10',
  items: 1,
  minutes: 40,
  people: 2,
})

beforeAll(async () => {
  site = await openSite(2)
  await moveClock(site.house.owner, new Date('2026-01-05T01:00:00Z'))
  const commission = (await site.world.as('commission@district')).burden
  const { listedId } = await commission.addListed({
    kind: 'event',
    title: '国家安全教育',
    document: '进校园白名单',
    number: '市教〔2026〕1号',
    from: '2026-02-10',
  })
  await moveClock(site.house.owner, new Date('2026-03-02T01:00:00Z'))
  const trainer = (await site.world.as('trainer@district')).burden
  for (let nth = 1; nth <= 6; nth++) await trainer.register(entry(listedId))
  await sql`update directory.organisation set authority = 'qianjiang' where id = ${site.world.city.id}`.execute(
    site.house.owner,
  )
  office = await visit('trainer-d')
}, 240_000)
afterAll(() => site?.close())

const choose = async (label: string, option: string) => {
  await office.getByLabel(label).first().click()
  await office.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click()
}

it('the seventh event is refused with the clause, and waits for a second person with a reason', async () => {
  await office.goto(`${site.url}/burden`)
  await office.getByRole('link', { name: '登记事项' }).click()
  await choose('类别', '社会事务进校园')
  await office.getByLabel('事项名称').fill('禁毒宣传进校园')
  await office.getByLabel('提出部门及联系人').fill('区禁毒办')
  await office.getByLabel('依据文件').fill('进校园白名单')
  await choose('对应清单事项', '国家安全教育')
  await press(office, '登记并下达')
  await office
    .getByText(/教师厅〔2025〕2号/)
    .first()
    .waitFor()
  // It stands at the end of a long form, above the acts that stay in sight: it must not stay below them.
  const inSight = `(() => {
    const said = document.querySelector('.q-form .q-notice-alert')
    const { left, top, height } = said.getBoundingClientRect()
    return said.contains(document.elementFromPoint(left + 40, top + height / 2))
  })()`
  await expect.poll(() => office.evaluate(inSight)).toBe(true)
  await shot(office, 'refused')
  expect(await faultsOf(office)).toEqual([])
  await office.getByLabel('超限或清单外仍需开展的理由').fill('上级专项部署')
  await press(office, '登记并下达')
  await office.getByRole('row').filter({ hasText: '禁毒宣传进校园' }).getByText('待复核').waitFor()
  await shot(office, 'register')
  expect(await faultsOf(office)).toEqual([])
})

it('data on record are answered and asked of nobody', async () => {
  await office.goto(`${site.url}/burden/new`)
  await office.getByLabel('需要哪些数据（每行一项）').fill('最高学历\n任教学科')
  await office.getByText('全部已有：登记后可直接导出，不下达学校。').waitFor()
  await shot(office, 'match')
  await office.getByLabel('事项名称').fill('教师学历统计')
  await office.getByLabel('提出部门及联系人').fill('区教委人事科')
  await office.getByLabel('依据文件').fill('年度统计报表制度')
  await press(office, '登记并下达')
  await office
    .getByRole('link', { name: '教师学历统计' })
    .or(office.getByRole('row').filter({ hasText: '教师学历统计' }))
    .first()
    .click()
  await office.getByRole('button', { name: '导出数据' }).waitFor()
  await shot(office, 'item')
  expect(await faultsOf(office)).toEqual([])
})

it('the school sees what is asked, and reports without its name what is not registered', async () => {
  school = await visit('clerk-0', phone)
  await school.goto(`${site.url}/burden/mine`)
  await school.getByText('6/6').waitFor()
  await school.getByText('清单内').first().waitFor()
  await shot(school, 'mine')
  expect(await faultsOf(school)).toEqual([])
  await press(school, '反映未登记事项')
  const form = dialog(school)
  await form.getByLabel('事项', { exact: true }).fill('微信群接龙填表')
  await form.getByLabel('谁提出的').fill('街道某科室')
  await form.getByLabel('具体情况').fill('未出示文件，要求当天报送')
  await shot(school, 'report')
  expect(await faultsOf(school)).toEqual([])
  await inDialog(school, '提交反映')
  await closed(school)
  await school.getByText('微信群接龙填表').waitFor()
  const commission = await visit('commission-d')
  await commission.goto(`${site.url}/burden/reports`)
  await commission.getByText(/匿名学校/).waitFor()
  await shot(commission, 'reports')
  for (const path of ['board', 'lists', 'apps']) {
    await commission.goto(`${site.url}/burden/${path}`)
    await commission.getByRole('heading', { level: 1 }).waitFor()
    expect(await faultsOf(commission)).toEqual([])
    await shot(commission, path)
  }
  expect(troubles()).toEqual([])
})
