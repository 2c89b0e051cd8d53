/** A teacher objects to what a rule rests on; the training centre sees it as it stood, corrects, decides anew; the teacher reads the answer. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { SYSTEM, transact } from '../../src/platform/db/index.ts'
import { post } from '../../src/platform/ledger/index.ts'
import { openSite, type Site } from '../harness/site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
}, 180_000)
afterAll(() => site?.close())

const earn = (personId: string, credits: string) =>
  transact(
    site.house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [site.world.city.path], self: false } },
    (act) =>
      post(act, [
        {
          personId,
          creditYear: 2022,
          occurredOn: '2022-05-01',
          kind: 'concentrated',
          level: 'district',
          hours: '375',
          credits,
          title: '骨干培训',
          source: { kind: 'test', id: newId() },
        },
      ]),
  )

/** The day to answer by tells the figure behind it and what that rests on. */
const readsClause = async (page: Page) => {
  await page.getByRole('button', { name: /答复期限/ }).click()
  await page.getByText('未见文件依据，产品缺省值').waitFor()
  await page.getByText('自提出之日起10日内答复').waitFor()
  await page.keyboard.press('Escape')
}

it('an objection goes to the owner of the fact and comes back answered, with a new decision beside the old one', async () => {
  const { world } = site
  const teacher = world.teachers[0]![0]!
  await earn(teacher.id, '112')
  const trainer = (await world.as('trainer@district')).policy
  const decide = { set: 'training.credit.cycle', orgId: world.district.id, purpose: '周期学分认定' }
  await trainer.decide({ ...decide, personIds: [teacher.id] })

  const phone = await site.visit(teacher.number.toLowerCase(), { width: 360, height: 740 })
  await phone.page.goto(`${site.url}/my/decisions`)
  await phone.page.getByText('周期学分认定').waitFor()
  await phone.page.getByRole('button', { name: '当时的理由' }).click()
  const card = phone.page.getByRole('dialog')
  await card.getByText('周期内累计学分不少于规定下限').first().waitFor()
  await card.getByRole('button', { name: '提出异议' }).click()
  const form = phone.page.getByRole('dialog').last()
  await form.getByLabel('哪里有误').selectOption('credits.cycle')
  await form.getByText('由区县继教中心答复。').waitFor()
  await form.getByRole('button', { name: '提交异议' }).click()
  await form.getByText('请至少写 5 个字').waitFor()
  await form.getByLabel('异议内容').fill('少记了五月份集中培训的10学分')
  await form.getByRole('button', { name: '提交异议' }).click()
  await phone.page.getByText('已提交，答复后会通知您').waitFor()
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await phone.page.goto(`${site.url}/my/decisions`)
  await readsClause(phone.page)

  await earn(teacher.id, '10')
  const office = await site.visit('trainer-d')
  await office.page.goto(`${site.url}/policy/objections`)
  await office.page.getByText('少记了五月份集中培训的10学分').waitFor()
  await readsClause(office.page)
  await office.page.getByRole('button', { name: '查看并答复' }).click()
  const sheet = office.page.getByRole('dialog')
  await sheet.getByText('当时为112 学分').waitFor()
  await sheet.getByRole('tab', { name: '按现有数据' }).click()
  await sheet.getByText('122 学分').first().waitFor()
  await sheet.getByRole('radio', { name: /^异议成立/ }).check()
  await sheet.getByLabel('答复理由').fill('已核实并补记')
  await sheet.getByRole('button', { name: '答复', exact: true }).click()
  await office.page.getByText('已答复并重新认定：符合').waitFor()
  await office.page.getByText('没有待答复的异议').waitFor()

  await phone.page.goto(`${site.url}/my/decisions`)
  await phone.page.getByText('已核实并补记').waitFor()
  await phone.page.getByText('已有新的认定').waitFor()
  const decisions = await trainer.decisions({ personId: teacher.id })
  expect(decisions.map(({ outcome, stands }) => [outcome, stands])).toEqual([
    ['met', true],
    ['unmet', false],
  ])
  expect([...phone.troubles, ...office.troubles]).toEqual([])
})

it('the same card on one’s own credits lets a teacher object, and nobody else', async () => {
  const teacher = site.world.teachers[0]![1]!
  const { page } = await site.visit(teacher.number.toLowerCase(), { width: 360, height: 740 })
  await page.goto(`${site.url}/my/credits`)
  await page.getByRole('button', { name: '周期学分达标情况与依据' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '提出异议' }).waitFor()
  const office = await site.visit('trainer-d')
  await office.page.goto(`${site.url}/credits`)
  await office.page.getByRole('button', { name: new RegExp(`为什么.*${teacher.name}`) }).click()
  await office.page.getByRole('dialog').getByText('周期内累计学分不少于规定下限').first().waitFor()
  expect(await office.page.getByRole('dialog').getByRole('button', { name: '提出异议' }).count()).toBe(0)
})
