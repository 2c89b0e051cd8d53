/** A teacher applies on the phone: sees whether and why, writes, loses nothing, hands in, corrects, is refused and appeals. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { asking, makeRural, PDF, recordsFor } from '../../src/platform/cases/applications/applications.fixture.ts'
import { formVersion } from '../../src/platform/forms/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  await makeRural(site.house, site.world)
}, 180_000)
afterAll(() => site?.close())

async function publish(title: string): Promise<string> {
  const { owner } = site.house
  const definition = asking({ title: { zh: title, en: 'A call' } })
  const [id, version] = [newId(), formVersion(definition.form)]
  const { district, accounts } = site.world
  await sql`insert into forms.form (version, definition) values (${version}, ${JSON.stringify(definition.form)}::jsonb) on conflict do nothing`.execute(
    owner,
  )
  await sql`insert into cases.call (id, org_id, org_path, authority, definition, form_version, title, state, opens_on, judged_on, seed, made_by, published_at)
    values (${id}, ${district.id}, ${district.path}::ltree, 'qianjiang', ${JSON.stringify(definition)}::jsonb, ${version}, ${JSON.stringify(definition.title)}::jsonb,
      'published', db.today(), db.today(), 'seed', ${accounts['trainer@district']!}, db.now())`.execute(owner)
  await sql`insert into cases.deadline (call_id, stage, closes_at, by_account)
    values (${id}, 'submit', db.now() + interval '3 days', ${accounts['trainer@district']!})`.execute(owner)
  return id
}

it('from the first look to the appeal', async () => {
  const teacher = site.world.teachers[0]![0]!
  await recordsFor(site.house, teacher.id, 'met')
  await publish('骨干教师遴选')
  const { page, troubles } = await site.visit(teacher.number.toLowerCase(), { width: 360, height: 740 })
  await page.goto(`${site.url}/my/applications`)
  await page.getByRole('heading', { name: '骨干教师遴选' }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: '查看条件与材料' }).click()
  await page.getByText('符合条件').first().waitFor()
  await page.getByRole('button', { name: /查看依据/ }).click()
  await page.getByRole('dialog').getByText('现任一级教师').first().waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  expect(await faultsOf(page)).toEqual([])

  await page.getByRole('button', { name: '开始填写' }).click()
  const plan = page.getByRole('textbox', { name: '工作设想' })
  await plan.fill('三年内带教两名青年教师')
  await page.getByText(/^已保存 \d\d:\d\d$/).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.reload()
  await plan.waitFor()
  await expect.poll(() => plan.inputValue()).toBe('三年内带教两名青年教师')
  // What the product knows is read, not asked.
  await page.getByText('一级教师').first().waitFor()

  await page.getByRole('button', { name: '检查并提交' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('缺少材料：教学设计').waitFor()
  expect(await dialog.getByRole('button', { name: '确认提交' }).count()).toBe(0)
  await dialog.getByRole('button', { name: '再看看' }).click()
  const file = Buffer.from(await PDF().arrayBuffer())
  await page
    .locator('.app-materials input[type=file]')
    .setInputFiles({ name: '教学设计.pdf', mimeType: 'application/pdf', buffer: file })
  await page.getByRole('link', { name: '教学设计.pdf' }).waitFor()
  await page.getByRole('button', { name: '检查并提交' }).click()
  await dialog.getByText('材料已齐').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '确认提交' }).click()
  await page.getByText('由第一小学（校（园）长）办理').waitFor()
  expect(await faultsOf(page)).toEqual([])

  const applicationId = page.url().split('/').at(-1)!
  const principal = (await site.world.as('principal@0')).cases
  const points = [{ question: 'plan', says: '请写明年度安排' }]
  await principal.sendBackCases({ ids: [applicationId], to: null, words: '请补充后再交', points })
  await page.goto(`${site.url}/my/applications`)
  await page.getByText('退回修改').click()
  await page.getByText('请补充后再交').waitFor()
  await page.getByText('请修改：请写明年度安排').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await plan.fill('第一年带教一名，第二年再带教一名')
  await page.getByRole('button', { name: '检查并提交' }).click()
  await dialog.getByRole('button', { name: '确认提交' }).click()
  await page.getByText('由第一小学（校（园）长）办理').waitFor()

  await principal.signCases({ ids: [applicationId], verdict: 'refused', words: '本校名额已满' })
  await page.reload()
  await page.getByText('未通过（学校推荐）').waitFor()
  await page.getByText('本校名额已满').first().waitFor()
  await page.getByRole('button', { name: '提出申诉' }).click()
  await dialog.getByLabel('申诉理由').fill('请说明名额如何分配')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '提交申诉' }).click()
  await page.getByText('申诉正在处理').waitFor()
  expect(await faultsOf(page)).toEqual([])
  expect(troubles).toEqual([])
})

it('two windows: the one that is behind says so and overwrites nothing', async () => {
  const teacher = site.world.teachers[0]![1]!
  await recordsFor(site.house, teacher.id, 'met')
  const callId = await publish('工作室评选')
  const own = (await site.world.as(teacher.account)).cases
  const { applicationId } = await own.startApplication({ callId })
  const { page } = await site.visit(teacher.number.toLowerCase())
  await page.goto(`${site.url}/my/applications/${applicationId}`)
  const plan = page.getByRole('textbox', { name: '工作设想' })
  await plan.waitFor()
  await own.saveAnswers({ applicationId, revision: 1, answers: { plan: '另一窗口所写' } })
  await plan.fill('本窗口所写')
  await page.getByText('此件已被他人更新').waitFor()
  await page.getByRole('button', { name: '重新读取' }).click()
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '另一窗口所写')
})
