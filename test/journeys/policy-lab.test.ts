/** A figure is raised on trial: the commission sees who would fall short, and why; the teacher reads the same on the phone. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { SYSTEM, transact } from '../../src/platform/db/index.ts'
import { post } from '../../src/platform/ledger/index.ts'
import { textOf } from '../harness/pdf-text.ts'
import { openSite, type Site } from '../harness/site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  const { city, teachers } = site.world
  await transact(
    site.house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [city.path], self: false } },
    (act) =>
      post(
        act,
        teachers[0]!.slice(0, 2).map(({ id }, nth) => ({
          personId: id,
          creditYear: 2022,
          occurredOn: '2022-05-01',
          kind: 'concentrated',
          level: 'district',
          hours: '375',
          credits: nth === 0 ? '125' : '140',
          title: '骨干培训',
          source: { kind: 'test', id: newId() },
        })),
      ),
  )
}, 180_000)
afterAll(() => site?.close())

describe('the policy lab', () => {
  it('shows whom a higher figure would touch, by name, and changes nothing', async () => {
    const { page, troubles } = await site.visit('commission-d')
    await page.goto(`${site.url}/policy/lab`)
    await page.getByLabel('规定', { exact: true }).selectOption('training.credit.cycle')
    const stat = (label: string) => page.locator('.q-stat', { hasText: label }).locator('b')
    await page.locator('.q-stat', { hasText: '现行符合' }).getByText('2', { exact: true }).waitFor()
    await page.getByRole('textbox', { name: '五年周期学分下限' }).fill('130')
    await page.getByRole('button', { name: '试算' }).click()
    await page.locator('.q-stat', { hasText: '变为不符合' }).getByText('1', { exact: true }).waitFor()
    await expect.poll(() => stat('改后符合').textContent()).toBe('1')
    expect(new URL(page.url()).searchParams.get('f.training.credit.cycle_total')).toBe('130')
    await page.locator('.q-stat', { hasText: '变为不符合' }).getByRole('link').click()
    const { name } = site.world.teachers[0]![0]!
    await page.getByRole('link', { name }).first().waitFor()
    await page.locator('.pol-lab-facts li').filter({ hasText: /125$/ }).first().waitFor()
    // Why, as it would be; on paper as well.
    await page.getByRole('button', { name: new RegExp(name) }).click()
    const why = page.getByRole('dialog')
    await why.getByText('按试算判断').waitFor()
    await why.getByText('还差 5 学分').first().waitFor()
    const [paper] = await Promise.all([
      page.waitForEvent('download'),
      why.getByRole('button', { name: '打印说明' }).click(),
    ])
    const text = textOf(await readFile(await paper.path())).join('')
    for (const words of [name, '130', '试算，不是现行规定']) expect(text).toContain(words)
    await why.getByRole('button', { name: '关闭' }).click()
    const rules = (await site.world.as('commission@district')).policy
    const { rows } = await rules.whatIf({ set: 'training.credit.cycle', orgId: site.world.district.id })
    expect(rows.filter(({ before }) => before === 'met').reduce((sum, { people }) => sum + people, 0)).toBe(2)
    expect(troubles).toEqual([])
  })

  it('refuses what is no number before anything is asked', async () => {
    const { page } = await site.visit('commission-d')
    await page.goto(`${site.url}/policy/lab?set=training.credit.cycle`)
    await page.getByRole('textbox', { name: '五年周期学分下限' }).fill('-4')
    await page.getByText('请填写不小于 0 的数').waitFor()
    expect(await page.getByRole('button', { name: '试算' }).isDisabled()).toBe(true)
  })
})

it('a teacher reads on the phone what is missing to the cycle, and by what clause', async () => {
  const { page, troubles } = await site.visit(site.world.teachers[0]![2]!.number.toLowerCase(), {
    width: 360,
    height: 740,
  })
  await page.goto(`${site.url}/my/credits`)
  await page.getByRole('button', { name: '周期学分达标情况与依据' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('周期内累计学分不少于规定下限').first().waitFor()
  await sheet.getByText('还差 120 学分').first().waitFor()
  await sheet.getByRole('button', { name: '“周期内累计学分不少于规定下限”的依据' }).click()
  await page.getByText('渝教师发〔2019〕4号').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  expect(troubles).toEqual([])
})
