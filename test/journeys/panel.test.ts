/** A panel meets: convened at a desk, voted on in secret on phones, signed, decided on, filed, and read by whoever was chosen. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashPassword } from '../../src/platform/access/index.ts'
import { casesIn } from '../../src/platform/cases/flow/cases.fixture.ts'
import { type Expert, experts, withPanel } from '../../src/platform/cases/panel/panel.fixture.ts'
import { openSite, PASSWORD, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'

const ASSESSED = {
  kind: 'test.title',
  title: { zh: '测试称号', en: 'Test title' },
  level: 'district',
  years: 3,
  certificate: true,
  duties: [],
  assessment: {
    by: { role: 'commission', at: 'district' },
    form: {
      pages: [
        {
          name: 'year',
          elements: [
            {
              type: 'comment',
              name: 'guidance',
              title: { default: '带教与送教情况', en: 'Guidance' },
              isRequired: true,
              maxLength: 300,
            },
          ],
        },
      ],
    },
    grades: [
      { id: 'passed', title: { zh: '合格', en: 'Passed' }, removes: false },
      { id: 'failed', title: { zh: '不合格', en: 'Failed' }, removes: true },
    ],
  },
}

let site: Site
let callId: string
let members: Expert[]
beforeAll(async () => {
  site = await openSite()
  const at = await casesIn(site.house, site.world)
  members = await experts(at, 3)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(site.house.owner)
  callId = await at.publish(withPanel({}, { result: ASSESSED }))
  await at.apply(callId, 0, 0)
  await at.apply(callId, 1, 0)
}, 180_000)
afterAll(() => site?.close())

const PHONE = { width: 360, height: 740 }

it('from the first invitation to the certificate', async () => {
  const { page, troubles } = await site.visit('commission-d')
  await page.goto(`${site.url}/decisions`)
  expect(await faultsOf(page)).toEqual([])
  await page.getByText('2 件待上会').click()
  await page.getByRole('textbox', { name: '会议名称' }).fill('第一次评审会议')
  await page.getByLabel('日期').fill('2023-03-10')
  for (const { account } of members) {
    const { rows } = await sql<{
      name: string
    }>`select e.name from cases.expert e where e.account_id = ${account}`.execute(site.house.owner)
    await page.getByRole('checkbox', { name: rows[0]!.name }).check()
  }
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '召集会议' }).click()
  await page.getByRole('heading', { name: '第一次评审会议' }).waitFor()
  await page.getByRole('button', { name: '全部到会' }).click()
  await page.getByRole('button', { name: '登记到会并召开' }).click()
  await page.getByRole('button', { name: '全部开始投票（2 件）' }).click()
  await page.getByText('已投 0/3').first().waitFor()
  expect(await faultsOf(page)).toEqual([])

  const phones = []
  for (const { account } of members) {
    const visitor = await site.visit(`expert-${account}`, PHONE)
    const phone = visitor.page
    await phone.goto(`${site.url}/my/panels`)
    await phone.getByText('2 件待投票').click()
    await phone.getByRole('button', { name: '不同意' }).first().waitFor()
    await phone.getByText('法定人数：成员 3 人，回避 0 人，应计 3 人；到会 3 人').first().waitFor()
    expect(await faultsOf(phone)).toEqual([])
    for (const left of [2, 1]) {
      await phone.getByRole('button', { name: '同意', exact: true }).first().click()
      await phone.getByRole('button', { name: '投“同意”票' }).click()
      await expect.poll(() => phone.getByRole('group', { name: '您的表决' }).count()).toBe(left - 1)
    }
    await phone.getByRole('button', { name: '核对选票' }).click()
    await expect.poll(() => phone.getByText('已计入：同意').count()).toBe(2)
    expect(await faultsOf(phone)).toEqual([])
    phones.push(visitor)
  }

  await page.getByText('已投 3/3').first().waitFor()
  await page.getByRole('button', { name: '全部计票（2 件）' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '计票' }).click()
  await page.getByText('同意 3，不同意 0，弃权 0（3 人有表决权）').first().waitFor()
  await page.getByRole('button', { name: '结束会议' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束会议' }).click()
  await page.getByText('待签字').first().waitFor()
  for (const { page: phone, troubles: found } of phones) {
    await phone.getByRole('button', { name: '签字确认' }).click()
    await phone.getByText(/^您已于/).waitFor()
    expect(found).toEqual([])
  }
  await page.getByText('纪要已签').waitFor()
  expect(await faultsOf(page)).toEqual([])

  await page.goto(`${site.url}/decisions`)
  await page.getByText('2 件待审定').click()
  await page.getByRole('checkbox').first().check()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '审定同意' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '审定同意' }).click()
  await page.getByText('已审定 2/2').waitFor()
  await page.goto(`${site.url}/decisions`)
  await page.getByText('2 件待归档').click()
  await page.getByRole('checkbox').first().check()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '归档', exact: true }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '公布文号' }).fill('测教发〔2023〕5号')
  await page.getByRole('dialog').getByRole('button', { name: '归档', exact: true }).click()
  await page.getByText('没有待归档的申报件').waitFor()
  await page.goto(`${site.url}/designations`)
  await page.getByText('测试称号').first().waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByText('测试称号').first().click()
  await page.getByRole('dialog').getByText('测教发〔2023〕5号').waitFor()
  expect(await faultsOf(page)).toEqual([])

  const sheet = page.getByRole('dialog').first()
  await sheet.getByRole('button', { name: '年度考核', exact: true }).click()
  const dialog = page.getByRole('dialog').last()
  const answer = dialog.getByRole('textbox', { name: '带教与送教情况' })
  await answer.waitFor()
  await dialog.getByLabel('等次').selectOption({ label: '合格' })
  expect(await faultsOf(page)).toEqual([])
  // What is missing is said at its place, and nothing is entered.
  await dialog.getByRole('button', { name: '年度考核', exact: true }).click()
  await dialog.locator('.q-form-wrong').waitFor()
  await answer.fill('带教两名青年教师，送教下乡三次')
  await dialog.getByRole('button', { name: '年度考核', exact: true }).click()
  await expect.poll(() => page.getByRole('dialog').count()).toBe(1)
  await sheet.getByText('带教两名青年教师，送教下乡三次').waitFor()
  expect(await sheet.getByRole('textbox').count()).toBe(0)
  expect(await faultsOf(page)).toEqual([])
  expect(troubles).toEqual([])

  const teacher = await site.visit(site.world.teachers[0]![0]!.number.toLowerCase(), PHONE)
  await teacher.page.goto(`${site.url}/my/designations`)
  await teacher.page.getByText('证字〔2023〕').waitFor()
  expect(await faultsOf(teacher.page)).toEqual([])
  expect(teacher.troubles).toEqual([])
})
