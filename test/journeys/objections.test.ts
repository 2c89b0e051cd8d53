/** Objections that are upheld, in the browsers of teacher and district: corrected, entered where missing, and the certificate that follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { openYear, type TrainingYear } from '../harness/training.ts'
import { closed, companyOf, dialog, inDialog, phone, press, rowOf } from './steps.ts'

let site: Site
let year: TrainingYear
const { visit, troubles } = companyOf(() => site)
const teacher = () => site.world.teachers[0]![0]!
const mine = async () => (await site.world.as(teacher().account)).training

beforeAll(async () => {
  site = await openSite()
  year = await openYear(site.house, site.world)
  const trainer = (await site.world.as('trainer@district')).training
  const classId = await year.openClass({ places: 4, hours: '6' })
  await year.send(classId, 0, [teacher()])
  await trainer.confirmClass({ classId })
  const session = await year.session(classId, '2023-04-01')
  await year.present(session, '2023-04-01', [teacher()])
  await year.at('2023-04-02T01:00:00Z')
  await trainer.completeClass({ classId })
}, 180_000)
afterAll(() => site?.close())

describe('an upheld objection', () => {
  it('corrects the entry; the teacher reads both, and the old certificate is revoked for everybody', async () => {
    const { entries } = await (await mine()).myCredits()
    await (await mine()).object({ entryId: entries[0]!.id, text: '实际参加十二学时，少记六学时' })
    const before = (await (await mine()).mine())[0]!.certificate!
    const office = await visit('trainer-d')
    await office.goto(`${site.url}/objections`)
    await office.getByRole('button', { name: '“答复期限”的依据' }).click()
    await office.getByText('若干地方考核办法的复核答复期为10日', { exact: false }).waitFor()
    await office.keyboard.press('Escape')
    await rowOf(office, teacher().name).getByRole('button', { name: '答复' }).click()
    await dialog(office)
      .getByRole('radio', { name: /^异议成立/ })
      .check()
    await dialog(office).getByRole('textbox', { name: '答复' }).fill('经核对签到册，应为十二学时')
    // Upholding alone says nothing about the entry.
    await inDialog(office, '认定异议成立')
    await dialog(office).getByText('请选择冲正或更正').waitFor()
    await dialog(office).getByRole('radio', { name: /^更正/ }).check()
    await dialog(office).getByText(`原结业证书 ${before.label} 即行撤销`, { exact: false }).waitFor()
    await dialog(office).getByLabel('学时', { exact: true }).fill('12')
    await inDialog(office, '认定异议成立')
    await closed(office)
    await office.getByText('没有待答复的异议').waitFor()

    const page = await visit(teacher().number.toLowerCase(), phone)
    await page.goto(`${site.url}/my/credits`)
    await page.getByText('更正为：').waitFor()
    await page.getByText('2023年4月1日，12 学时，4 学分，记入 2023 年度').waitFor()
    await page.goto(`${site.url}/verify/${before.verifyCode}`)
    await page.getByText('已撤销', { exact: true }).waitFor()
    await page.getByText('所记学分已更正', { exact: false }).waitFor()
  })

  it('enters what was missing, by the year that the teacher states', async () => {
    const page = await visit(teacher().number.toLowerCase(), phone)
    await page.goto(`${site.url}/my/credits`)
    await press(page, '反映漏记')
    await dialog(page).getByRole('combobox').selectOption('2022')
    await dialog(page).getByRole('textbox').fill('去年暑期网络研修没有记入')
    await inDialog(page, '提交')
    await closed(page)

    const office = await visit('trainer-d')
    await office.goto(`${site.url}/objections`)
    await rowOf(office, teacher().name).getByRole('button', { name: '答复' }).click()
    await dialog(office).getByText('反映 2022 年度漏记').waitFor()
    await dialog(office)
      .getByRole('radio', { name: /^异议成立/ })
      .check()
    await dialog(office).getByRole('textbox', { name: '答复' }).fill('经核实，予以补记')
    await dialog(office).getByLabel('培训名称').fill('暑期网络研修')
    await dialog(office).getByLabel('培训日期').fill('2022-07-15')
    await dialog(office).getByLabel('学时', { exact: true }).fill('10')
    await dialog(office).getByLabel('学分类别').selectOption('online')
    await dialog(office).getByLabel('核实依据').fill('市级平台学习证明')
    await inDialog(office, '认定异议成立')
    await closed(office)
    const { entries } = await (await mine()).myCredits()
    expect(entries.find(({ title }) => title === '暑期网络研修')).toMatchObject({
      creditYear: 2022,
      kind: 'online',
      sourceKind: 'objection',
    })
    await page.reload()
    await page.getByText('已补记：').waitFor()
  })

  it('nobody saw an error on the way', () => {
    expect(troubles()).toEqual([])
  })
})
