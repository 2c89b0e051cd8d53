/** A city's draft over a district with a figure of its own: submitted with its document, sent back, mended, submitted again and adopted. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { loadPacks, PACKS } from '../../src/platform/policy/index.ts'
import { facts } from '../../src/server/modules.ts'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { closed, companyOf, dialog, inDialog, phone, press } from './steps.ts'

const TOTAL = 'training.credit.cycle_total'
const OWN = `
  - id: ${TOTAL}
    title: { zh: 五年周期学分下限, en: Least credits in a five-year cycle }
    unit: credit
    values: [{ from: 2019-01-01, value: 121, confidence: F, clause: { document: 区继续教育办法, number: 区教发〔2019〕3号, article: 第十二条 } }]
`
let site: Site
let folder = ''
beforeAll(async () => {
  site = await openSite()
  const { owner } = site.house
  const { city } = site.world
  await sql`update directory.organisation set authority = 'chongqing' where id = ${city.id}`.execute(owner)
  for (const [login, name, role] of [
    ['trainer-city', '市继教中心', 'trainer'],
    ['commission-city', '市教委人事处', 'commission'],
  ] as const) {
    const account = newId()
    await sql`insert into access.account (id, login, name, org_id, org_path, password_hash)
      select ${account}, ${login}, ${name}, ${city.id}, ${city.path}::ltree, a.password_hash from access.account a where a.login = 'trainer-d'`.execute(
      owner,
    )
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
      values (${account}, ${newId()}, ${role}, ${city.id}, ${city.path}::ltree)`.execute(owner)
  }
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp(PACKS, folder, { recursive: true })
  const [upper, lower] = ['chongqing', 'qianjiang'].map((name) => join(folder, `${name}/parameters/training.yaml`))
  const raised = (await readFile(upper!, 'utf8')).replace(`id: ${TOTAL}\n`, `id: ${TOTAL}\n    below: raise\n`)
  await writeFile(upper!, raised)
  await writeFile(lower!, `${await readFile(lower!, 'utf8')}${OWN}`)
  await loadPacks(owner, facts, folder)
}, 180_000)
afterAll(async () => {
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})
const { visit, troubles } = companyOf(() => site)
type Page = Awaited<ReturnType<typeof visit>>

let page: Page
let draftId = ''

it('asks for the document before it is submitted, and names where something else goes on holding', async () => {
  page = await visit('trainer-city', phone)
  await page.goto(`${site.url}/policy/lab?set=training.credit.cycle`)
  await page.getByRole('textbox', { name: '五年周期学分下限' }).fill('130')
  await press(page, '试算')
  await page.getByRole('button', { name: '存为草案' }).click()
  await dialog(page).getByLabel('名称').fill('全市周期学分提高到130')
  await dialog(page).getByLabel('施行日期').fill('2023-09-01')
  await inDialog(page, '保存')
  await page.getByRole('heading', { name: '全市周期学分提高到130', level: 1 }).waitFor()
  draftId = page.url().split('/').at(-1)!
  await page.getByRole('heading', { name: '这些地区另有规定，仍按其规定' }).waitFor()
  await page.getByText('区教发〔2019〕3号 第十二条').waitFor()
  await page.getByText('低于本草案的数字').waitFor()
  await page.getByRole('button', { name: '“重庆市黔江区·五年周期学分下限”的依据' }).first().click()
  await page.getByText('区继续教育办法').waitFor()
  await page.keyboard.press('Escape')
  expect(await faultsOf(page)).toEqual([])

  await press(page, '提交采纳')
  await dialog(page).getByText('这些地区另有规定，仍按其规定').waitFor()
  await dialog(page).getByText('121 学分').waitFor()
  await inDialog(page, '提交')
  // Without the document there is no way on.
  expect(
    await dialog(page)
      .getByLabel('依据文件')
      .evaluate((field: HTMLInputElement) => field.validity.valueMissing),
  ).toBe(true)
  await dialog(page).getByLabel('依据文件').fill('关于调整教师培训学分要求的通知')
  await dialog(page).getByLabel('文号').fill('渝教〔2023〕8号')
  await dialog(page).getByLabel('条款').fill('第二条')
  expect(await faultsOf(page)).toEqual([])
  await inDialog(page, '提交')
  await closed(page)
  await page.getByText('已提交，等待另一人审核').waitFor()
  await page.getByText('关于调整教师培训学分要求的通知·渝教〔2023〕8号·第二条').waitFor()
})

it('comes back with the reason, is mended in the lab, and submitted again without asking anew', async () => {
  const second = await visit('commission-city', { ...phone, locale: 'en' })
  await second.goto(`${site.url}/policy/drafts/${draftId}`)
  await press(second, 'Send back')
  await dialog(second).getByRole('textbox').fill('一次提高过多，请分步')
  await inDialog(second, 'Send back')
  await closed(second)

  await page.goto(`${site.url}/inbox`)
  await page.getByText('全市周期学分提高到130').first().click()
  await page.getByText('市教委人事处 退回了草案').waitFor()
  await page.getByText('一次提高过多，请分步').first().waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: '改动数字' }).click()
  await page.getByRole('textbox', { name: '五年周期学分下限' }).fill('120.5')
  await press(page, '试算')
  await press(page, /^写入草案/)
  await page.getByRole('heading', { name: '全市周期学分提高到130', level: 1 }).waitFor()
  await page.getByText('120.5 学分').first().waitFor()
  // What the district says is more than that now.
  await page.getByText('区教发〔2019〕3号 第十二条').waitFor()
  expect(await page.getByText('低于本草案的数字').count()).toBe(0)
  await press(page, '提交采纳')
  expect(await dialog(page).getByLabel('依据文件').count()).toBe(0)
  await dialog(page).getByLabel('附言').fill('已改为分步提高')
  await inDialog(page, '提交')
  await closed(page)

  await second.goto(`${site.url}/policy/drafts/${draftId}`)
  await second.getByText('These places have rules of their own').first().waitFor()
  await press(second, 'Adopt')
  await dialog(second).getByText('121 credits').waitFor()
  expect(await faultsOf(second)).toEqual([])
  await dialog(second).getByRole('checkbox').check()
  await inDialog(second, 'Adopt')
  await closed(second)
  const teacher = site.world.teachers[0]![0]!
  const { policy } = await site.world.as(teacher.account)
  const told = await policy.explain({ set: 'training.credit.cycle', personId: teacher.id, asOf: '2023-09-01' })
  expect(told.parameters.find(({ id }) => id === TOTAL)).toMatchObject({
    value: 121,
    authority: 'qianjiang',
    clause: { article: '第十二条' },
  })
  expect(troubles()).toEqual([])
})
