/** An assessment kept, and a leak from its entry until those whom it concerns read what the law wants them told. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf, dialog, inDialog, phone, press } from './steps.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(2)
}, 180_000)
afterAll(() => site?.close())

const { visit, troubles } = companyOf(() => site)

it('an assessment is kept with the three contents, and says until when', async () => {
  const office = await visit('commission-d')
  await office.goto(`${site.url}/privacy/duties`)
  await office.getByText('还没有登记过影响评估').waitFor()
  await press(office, '登记评估')
  const form = dialog(office)
  await form.getByLabel('处理活动').fill('引入第三方培训平台')
  await form.getByLabel('委托处理、向其他处理者提供或公开').check()
  await form.getByLabel('目的、方式是否合法').fill('为履行培训管理职责所必需')
  await form.getByLabel('对个人权益的影响').fill('平台方可能超范围使用')
  await form.getByLabel('保护措施是否合法').fill('只提供工号与学校，合同约定删除')
  await form.getByLabel('评估结论').selectOption('conditions')
  await form.getByLabel('评估日期').fill('2023-02-28')
  expect(await faultsOf(office)).toEqual([])
  await inDialog(office, '登记评估')
  await office.getByText('保存至2026年2月28日').first().waitFor()
})

it('a leak is entered, reported and told; the teacher reads it on the phone', async () => {
  const [teacher] = site.world.teachers[0]
  const office = await visit('commission-d', phone)
  await office.goto(`${site.url}/privacy/duties?part=incidents`)
  await press(office, '登记事件')
  const form = dialog(office)
  await form.getByLabel('事件名称').fill('名册误发至工作群')
  await form.getByLabel('发现时间').fill('2023-02-28T08:00')
  for (const [label, words] of [
    ['信息种类', '姓名、手机号码'],
    ['发生原因', '经办人误操作'],
    ['可能造成的危害', '可能收到骚扰电话'],
    ['已采取的补救措施', '已撤回并要求删除'],
    ['个人可以采取的措施', '接到可疑来电请勿回复'],
    ['联系方式', '区教委信息科'],
  ] as const)
    await form.getByLabel(label).fill(words)
  expect(await faultsOf(office)).toEqual([])
  await inDialog(office, '登记事件')
  await office.getByText('名册误发至工作群').first().click()
  await dialog(office).getByLabel('部门名称').fill('区网信办')
  await dialog(office).getByLabel('报告时间').fill('2023-02-28T09:00')
  await inDialog(office, '登记报告')
  await dialog(office).getByText('区网信办').waitFor()
  await dialog(office).getByLabel('工号').fill(`${teacher!.number}, X9`)
  expect(await faultsOf(office)).toEqual([])
  await inDialog(office, '告知受影响的人')
  await dialog(office).getByText('没有找到的工号：X9').waitFor()

  const own = await visit(teacher!.number.toLowerCase(), phone)
  await own.goto(`${site.url}/my/data?part=incidents`)
  for (const words of ['可能收到骚扰电话', '接到可疑来电请勿回复', '区教委信息科']) await own.getByText(words).waitFor()
  expect(await faultsOf(own)).toEqual([])
})

it('no page was in trouble', () => expect(troubles()).toEqual([]))
