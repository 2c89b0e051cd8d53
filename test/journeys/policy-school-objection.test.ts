/** A principal reads why a rule comes out as it does for the school, prints it and objects; the commission answers with what will be corrected. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { closed, companyOf, dialog, downloaded, inDialog, phone, press } from './steps.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
}, 180_000)
afterAll(() => site?.close())
const { visit, troubles } = companyOf(() => site)

it('an objection on behalf of a school goes to the owner of the fact and comes back with what will be corrected by when', async () => {
  const school = site.world.schools[0]
  const principal = await visit('principal-0')
  await principal.goto(`${site.url}/organisations?org=${school.id}`)
  await principal.getByRole('button', { name: /中小学教职工编制标准/ }).click()
  const card = dialog(principal)
  await card.getByText('在编人数不超过核定编制').first().waitFor()
  const paper = await downloaded(principal, () => inDialog(principal, '打印说明'))
  expect(paper.suggestedFilename()).toBe('条件符合情况说明 中小学教职工编制标准 第一小学.pdf')
  await inDialog(principal, '提出异议')
  const form = dialog(principal)
  await form.getByText('由区县教委答复。').waitFor()
  await form.getByLabel('哪里有误').selectOption('school.in_post')
  await inDialog(principal, '提交异议')
  await form.getByText('请至少写 5 个字').waitFor()
  await form.getByLabel('异议内容').fill('上月已有两人调出，在编人数未更新')
  await inDialog(principal, '提交异议')
  await principal.getByText('已提交，答复后会通知您').waitFor()

  const office = await visit('commission-d', phone)
  await office.goto(`${site.url}/inbox`)
  await office.getByText('第一小学对“中小学教职工编制标准”提出异议，请答复').click()
  await office.getByText('上月已有两人调出，在编人数未更新').first().waitFor()
  await press(office, '查看并答复')
  const sheet = dialog(office)
  await sheet.getByText('principal代表学校提出').waitFor()
  await sheet.getByRole('radio', { name: /^异议成立/ }).check()
  await sheet.getByText('提出异议后，所指的数据或结果没有变化').waitFor()
  await sheet.getByLabel('答复理由').fill('经核实，两人已调出')
  await inDialog(office, '答复')
  await sheet.getByText('请写明将更正什么').waitFor()
  await sheet.getByLabel('将更正什么').fill('更新两人的任职记录')
  await sheet.getByLabel('最迟何时完成').fill('2023-03-20')
  expect(await office.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await inDialog(office, '答复')
  await office.getByText('已答复，并通知提出人').waitFor()
  await closed(office)
  await office.getByText('没有待答复的异议').waitFor()

  await principal.goto(`${site.url}/inbox`)
  await principal.getByRole('tab', { name: /消息/ }).click()
  await principal
    .getByText(
      /您对“中小学教职工编制标准”的异议成立：经核实，两人已调出　更正安排：更新两人的任职记录，最迟2023年3月20日完成/,
    )
    .click()
  await principal.getByRole('heading', { name: '本校提出的异议' }).waitFor()
  await principal.getByText('更正安排：更新两人的任职记录，最迟2023年3月20日完成').waitFor()
  expect(troubles()).toEqual([])
})

it('whoever only looks at the school may print, and not object', async () => {
  const auditor = await visit('auditor-d', { locale: 'en' })
  await auditor.goto(`${site.url}/organisations?org=${site.world.schools[0].id}`)
  await auditor.getByRole('button', { name: /Established posts of a school/ }).click()
  await dialog(auditor).getByRole('button', { name: 'Print' }).waitFor()
  expect(await dialog(auditor).getByRole('button', { name: 'Object' }).count()).toBe(0)
})
