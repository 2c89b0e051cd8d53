/** The quality of records in the browser: a school sees what is wrong, mends it in the grid with the keys, merges a double entry, takes itself into the school year. */
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settled } from '../harness/quiet.ts'
import { openSite, type Site } from '../harness/site.ts'
import { closed, companyOf, dialog, inDialog, phone, press } from './steps.ts'

let site: Site
let clerk: Page
const { visit, troubles } = companyOf(() => site)
const shot = (page: Page, name: string) =>
  process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true }) : undefined

beforeAll(async () => {
  site = await openSite(4)
  const [first, second, third, fourth] = site.world.teachers[0]
  for (const [nth, person] of [first, second].entries())
    await sql`update directory.person set name = ${['周敏', '吴刚'][nth]}, sex = '1' where id = ${person!.id}`.execute(
      site.house.owner,
    )
  for (const person of [third, fourth])
    await sql`update directory.person set name = '郑洁', birth_date = '1988-02-03', sex = '2' where id = ${person!.id}`.execute(
      site.house.owner,
    )
  await (await site.world.as('clerk@0')).records.setPosts({
    personId: fourth!.id,
    from: '2022-09-01',
    posts: ['class_teacher'],
  })
  await (await site.world.as('clerk@0')).records.setPosts({
    personId: third!.id,
    from: '2022-09-01',
    posts: ['grade_leader'],
  })
  clerk = await visit('clerk-0')
}, 240_000)
afterAll(() => site?.close())

describe('the quality of records', () => {
  it('is checked on demand, scored, and taken apart by rule down to the people', async () => {
    await clerk.goto(`${site.url}/quality`)
    await press(clerk, '重新检查')
    await clerk.getByText('质量得分').first().waitFor()
    await clerk.getByText('没有身份证件号码').waitFor()
    await shot(clerk, 'quality')
    await clerk.getByRole('listitem').filter({ hasText: '没有出生日期' }).getByRole('link', { name: '名单' }).click()
    await clerk.getByRole('heading', { name: '没有出生日期', level: 1 }).waitFor()
    await clerk.getByRole('link', { name: '周敏' }).waitFor()
    expect(await clerk.getByRole('link', { name: '郑洁' }).count()).toBe(0)
    await shot(clerk, 'people')
  })

  it('is mended in the grid by keyboard, row by row judged, saved by one press', async () => {
    await clerk.goto(`${site.url}/quality/mend`)
    const cell = (name: string, field: string) => clerk.getByRole('gridcell', { name: new RegExp(`^${name} ${field}`) })
    await cell('周敏', '出生日期').waitFor()
    await shot(clerk, 'mend')
    await cell('周敏', '出生日期').focus()
    await clerk.keyboard.press('Enter')
    await clerk.getByLabel('周敏 出生日期').fill('1985-04-01')
    await clerk.keyboard.press('Enter')
    // The next row's cell has the focus.
    await clerk.keyboard.press('Enter')
    await clerk.getByLabel('吴刚 出生日期').fill('2020-04-01')
    await clerk.keyboard.press('Enter')
    // The arrows lead back up and along, Escape gives back, Tab keeps and goes on.
    await clerk.keyboard.press('ArrowUp')
    await clerk.keyboard.press('ArrowLeft')
    await clerk.keyboard.press('Enter')
    await clerk.keyboard.press('Escape')
    await cell('吴刚', '性别，男').and(clerk.locator(':focus')).waitFor()
    await press(clerk, '保存 2 行')
    await clerk.getByText('1 行没有保存').waitFor()
    await shot(clerk, 'refused')
    expect(
      (await site.world.as('clerk@0').then((caller) => caller.records.people({ search: '周敏', limit: 5 }))).rows,
    ).toHaveLength(1)
    const { rows } = await sql<{
      born: string | null
    }>`select p.birth_date::text as born from directory.person p where p.name in ('周敏', '吴刚') order by p.number`.execute(
      site.house.owner,
    )
    expect(rows.map(({ born }) => born)).toEqual(['1985-04-01', null])
    await cell('吴刚', '出生日期').dblclick()
    await clerk.getByLabel('吴刚 出生日期').fill('1986-04-01')
    await clerk.keyboard.press('Enter')
    await press(clerk, '保存 1 行')
    await clerk.getByRole('button', { name: '保存 0 行' }).waitFor()
  })

  it('a double entry is looked at, merged with what it would do, and taken apart again', async () => {
    await clerk.goto(`${site.url}/quality/twins`)
    await press(clerk, '合并')
    await dialog(clerk).getByText('并入：').waitFor()
    await shot(clerk, 'merge')
    await dialog(clerk).getByRole('textbox').fill('同一人重复建档')
    await inDialog(clerk, '合并')
    await closed(clerk)
    await clerk.getByText('没有疑似重复的档案').waitFor()
    await shot(clerk, 'merged')
    await press(clerk, /^撤销（/)
    await dialog(clerk).getByRole('textbox').fill('误合并')
    await inDialog(clerk, '撤销合并')
    await closed(clerk)
    await clerk.getByText('已撤销', { exact: true }).waitFor()
  })

  it('takes the school into the next school year, and lists who retires and who came and went', async () => {
    await clerk.goto(`${site.url}/people/year`)
    await clerk.getByLabel('任教结束').first().check()
    await shot(clerk, 'year')
    await press(clerk, '确认结转')
    await inDialog(clerk, '确认结转')
    await closed(clerk)
    await clerk.getByText('需要时可再次办理').waitFor()
    await clerk.goto(`${site.url}/people/retirement`)
    await clerk.getByText('推算依据').first().waitFor()
    await shot(clerk, 'retirement')
    await clerk.goto(`${site.url}/people/turnover?from=2022-09-01&until=2023-09-01`)
    await clerk.getByText('期初在职').waitFor()
    await shot(clerk, 'turnover')
  })

  it('a commission merges schools after seeing what it would do', async () => {
    const commission = await visit('commission-d')
    await commission.goto(`${site.url}/organisations/merge`)
    await commission.getByLabel('撤销的学校').selectOption({ label: '第二小学' })
    await commission.getByLabel('并入的学校').selectOption({ label: '第一小学' })
    await commission.getByText('第一小学：').waitFor()
    await shot(commission, 'schools')
    await press(commission, '立即撤并')
    await dialog(commission).getByRole('textbox').fill('布局调整')
    await inDialog(commission, '立即撤并')
    await closed(commission)
    await commission.getByText('第二小学 并入 第一小学').waitFor()
    await shot(commission, 'schools-done')
  })

  it('is readable on a phone', async () => {
    const small = await visit('clerk-0', phone)
    for (const path of [
      '/quality',
      '/quality/mend',
      '/quality/twins',
      '/people/retirement',
      '/people/turnover',
      '/people/year',
    ]) {
      await small.goto(`${site.url}${path}`)
      await small.getByRole('heading', { level: 1 }).waitFor()
      await settled(small)
      await shot(small, `phone${path.replaceAll('/', '-')}`)
      expect(await small.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(361)
    }
  })

  it('shows nobody an error', () => expect(troubles()).toEqual([]))
})
