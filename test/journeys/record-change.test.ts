/** A change to a record, from the phone to the archive: a teacher proposes it with a photograph, the school and the district confirm, and it is there. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf, dialog, phone, press } from './steps.ts'

/** The smallest picture there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let site: Site
let teacher: Page
const { visit, troubles } = companyOf(() => site)
beforeAll(async () => {
  site = await openSite(3)
  teacher = await visit(site.world.teachers[0]![0]!.number.toLowerCase(), phone)
}, 180_000)
afterAll(() => site?.close())

it('is proposed on the phone with a photograph', async () => {
  await teacher.goto(`${site.url}/my/record`)
  await press(teacher, '申请补充：教师资格证书')
  const form = dialog(teacher)
  await form.getByLabel('资格种类').selectOption({ label: '小学教师资格' })
  await form.getByLabel('证书号码').fill('20105099992000001')
  await form.getByLabel('发证日期').fill('2010-07-01')
  await form.getByRole('button', { name: '提交申请' }).click()
  await form.getByText('请拍照上传证明材料').waitFor()
  await form.locator('input[type=file]').setInputFiles({ name: '证书.png', mimeType: 'image/png', buffer: PICTURE })
  await form.getByText('证书.png').waitFor()
  expect(await faultsOf(teacher)).toEqual([])
  await form.getByRole('button', { name: '提交申请' }).click()
  await teacher.getByRole('dialog').waitFor({ state: 'detached' })
  await teacher.getByRole('link', { name: '我的变更申请（1项待审）' }).click()
  await teacher.getByText('待学校审核').waitFor()
  expect(await faultsOf(teacher)).toEqual([])
})

const confirm = async (login: string, says: string) => {
  const office = await visit(login)
  await office.goto(`${site.url}/people/changes`)
  await office.getByRole('row').filter({ hasText: '教师资格证书' }).click()
  await office.getByRole('img', { name: '证书.png' }).waitFor()
  await office.getByText('20105099992000001').waitFor()
  expect(await faultsOf(office)).toEqual([])
  await press(office, '审核通过')
  await office.getByText(says).first().waitFor()
  return office
}

it('is confirmed by the school, then by the district', async () => {
  await confirm('clerk-0', '学校已通过，转区县审核')
  await confirm('trainer-d', '已写入档案并告知本人')
})

it('stands in the record, with what each item is used for and how it came', async () => {
  await teacher.goto(`${site.url}/my/record?group=certificate`)
  await press(teacher, /小学教师资格/)
  await dialog(teacher)
    .getByText(/^用于：/)
    .first()
    .waitFor()
  await dialog(teacher).getByRole('button', { name: '历史记录' }).click()
  await dialog(teacher).getByText('现值').waitFor()
  expect(await faultsOf(teacher)).toEqual([])
  expect(troubles()).toEqual([])
})

it('a new name goes the same way, and stands in the record with the one before', async () => {
  const before = site.world.teachers[0]![0]!.name
  await teacher.goto(`${site.url}/my/record?group=identity`)
  await teacher.getByRole('region', { name: '身份信息' }).getByRole('button', { name: before }).click()
  await dialog(teacher).getByRole('button', { name: '申请更正' }).click()
  const form = dialog(teacher)
  await form.getByLabel('姓名').fill('欧阳新月')
  await form.locator('input[type=file]').setInputFiles({ name: '户口簿.png', mimeType: 'image/png', buffer: PICTURE })
  await form.getByText('户口簿.png').waitFor()
  expect(await faultsOf(teacher)).toEqual([])
  await form.getByRole('button', { name: '提交申请' }).click()
  await teacher.getByRole('dialog').waitFor({ state: 'detached' })
  for (const [login, says] of [
    ['clerk-0', '学校已通过，转区县审核'],
    ['trainer-d', '已写入档案并告知本人'],
  ] as const) {
    const office = await visit(login)
    await office.goto(`${site.url}/people/changes`)
    await office.getByRole('row').filter({ hasText: '更正身份信息' }).click()
    await office.getByRole('img', { name: '户口簿.png' }).waitFor()
    await office.getByText('欧阳新月').first().waitFor()
    expect(await faultsOf(office)).toEqual([])
    await press(office, '审核通过')
    await office.getByText(says).first().waitFor()
  }
  await teacher.goto(`${site.url}/my/record?group=identity`)
  await teacher.getByRole('region', { name: '身份信息' }).getByRole('button', { name: '欧阳新月' }).click()
  await dialog(teacher).getByRole('button', { name: '历史记录' }).click()
  await dialog(teacher).getByText(`姓名 ${before}`).waitFor()
  expect(await faultsOf(teacher)).toEqual([])
  expect(troubles()).toEqual([])
}, 120_000)
