/** A district goes below what its city leaves open: asked for the clause that permits it, it states one, and a second person adopts it; a load that failed is told. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadOrKeep, loadPacks, PACKS } from '../../src/platform/policy/index.ts'
import { facts } from '../../src/server/modules.ts'
import { settled } from '../harness/quiet.ts'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { closed, companyOf, dialog, inDialog, phone, press } from './steps.ts'

const TOTAL = 'training.credit.cycle_total'
let site: Site
let folder = ''
let city = ''
beforeAll(async () => {
  site = await openSite()
  const { owner } = site.house
  await sql`update directory.organisation set authority = 'chongqing' where id = ${site.world.other.id}`.execute(owner)
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp(PACKS, folder, { recursive: true })
  city = join(folder, 'chongqing/parameters/training.yaml')
  const text = await readFile(city, 'utf8')
  await writeFile(city, text.replace(`id: ${TOTAL}\n`, `id: ${TOTAL}\n    below: raise\n`))
  await loadPacks(owner, facts, folder)
}, 180_000)
afterAll(async () => {
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})
const { visit, troubles } = companyOf(() => site)

it('a lower figure is refused until the permission is stated, and holds once a second person has adopted it', async () => {
  const page = await visit('trainer-d', phone)
  await page.goto(`${site.url}/policy/lab?set=training.credit.cycle`)
  await page.getByRole('textbox', { name: '五年周期学分下限' }).fill('110')
  await press(page, '试算')
  await page.getByRole('button', { name: '存为草案' }).click()
  await dialog(page).getByLabel('名称').fill('学分下限降为110')
  await dialog(page).getByLabel('施行日期').fill('2023-09-01')
  await dialog(page).getByLabel('依据文件').fill('关于调整教师培训学分要求的通知')
  expect(await dialog(page).getByLabel('准许的文件').count()).toBe(0)
  await inDialog(page, '保存')
  await dialog(page).getByText('确有准许依据的，请在“准许的出处”中写明文件、文号、条款').waitFor()
  await dialog(page).getByLabel('准许的文件').fill('关于同意调整学分要求的批复')
  await dialog(page).getByRole('group').getByLabel('文号').fill('渝教师函〔2023〕5号')
  await inDialog(page, '保存')
  await page.getByRole('heading', { name: '学分下限降为110', level: 1 }).waitFor()
  await page.getByText('准许的出处：关于同意调整学分要求的批复').waitFor()
  expect(await faultsOf(page)).toEqual([])

  // Without it there is no way on, and the page says where to state it again.
  const draftId = page.url().split('/').at(-1)!
  await sql`update policy.draft set parameters = parameters #- ${`{${TOTAL},permission}`}::text[] where id = ${draftId}`.execute(
    site.house.owner,
  )
  await page.reload()
  await page.getByText('只许提高此项').waitFor()
  await press(page, '提交采纳')
  await inDialog(page, '提交')
  await dialog(page).getByText('只许下级提高').waitFor()
  await inDialog(page, '取消')
  await closed(page)
  await press(page, '写明准许的出处')
  await dialog(page).getByLabel('准许的文件').fill('关于同意调整学分要求的批复')
  await inDialog(page, '保存')
  await closed(page)
  await press(page, '提交采纳')
  await inDialog(page, '提交')
  await closed(page)

  const second = await visit('commission-d', { ...phone, locale: 'en' })
  await second.goto(`${site.url}/policy/drafts/${draftId}`)
  await second.getByText('Permitted by 关于同意调整学分要求的批复').waitFor()
  expect(await faultsOf(second)).toEqual([])
  const { policy } = await site.world.as('commission@district')
  await policy.adoptDraft({ draftId, revision: (await policy.draft({ draftId })).revision })
  const teacher = site.world.teachers[0]![0]!
  const told = await policy.explain({ personId: teacher.id, set: 'training.credit.cycle', asOf: '2023-09-01' })
  expect(told.parameters.find(({ id }) => id === TOTAL)).toMatchObject({ value: 110, authority: 'qianjiang' })
  expect(troubles()).toEqual([])
})

it('officials read on the library that the packs were not updated, and teachers do not', async () => {
  const text = await readFile(city, 'utf8')
  await writeFile(city, text.replace('value: ', 'value: many'))
  expect(await loadOrKeep(site.house.owner, facts, folder)).not.toEqual([])
  for (const [login, locale, words] of [
    ['trainer-d', 'zh-CN', '参数包未能更新，现仍按原有版本执行'],
    ['auditor-d', 'en', 'The policy packs could not be updated'],
  ] as const) {
    const page = await visit(login, { ...phone, locale })
    for (const path of ['/policy/library', '/policy/library/rules']) {
      await page.goto(`${site.url}${path}`)
      await page.getByText(words).waitFor()
      await page.getByText('chongqing/parameters/training.yaml:').first().waitFor()
      expect(await faultsOf(page)).toEqual([])
    }
  }
  const teacher = await visit('t00001', phone)
  await teacher.goto(`${site.url}/policy/library`)
  await settled(teacher)
  expect(await teacher.getByText('参数包未能更新').count()).toBe(0)
  await writeFile(city, text)
  await loadPacks(site.house.owner, facts, folder)
  const page = await visit('trainer-d')
  await page.goto(`${site.url}/policy/library`)
  await settled(page)
  expect(await page.getByText('参数包未能更新').count()).toBe(0)
  expect(troubles()).toEqual([])
})
