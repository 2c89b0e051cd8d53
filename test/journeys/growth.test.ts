/** A professional life on a phone: read, filtered, carried away; a credential that a stranger checks in the browser, altered and revoked ones refused. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { signedText } from '../../src/platform/credentials/contract/verify.ts'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf, dialog, downloaded, inDialog, phone, press } from './steps.ts'

const SHOTS = process.env.QIANGSHI_SHOTS
let site: Site
let page: Page
let stranger: Page
let badge: string
let proof: string
const honour = newId()
const { visit, troubles } = companyOf(() => site)
const shot = async (of: Page, name: string) => {
  if (SHOTS) await of.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}
const drop = (content: string, name: string) =>
  stranger.getByLabel('选择凭证文件').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })

beforeAll(async () => {
  site = await openSite(2)
  const person = site.world.teachers[0]![0]!.id
  const { owner } = site.house
  const add = (table: string, columns: string, values: ReturnType<typeof sql>) =>
    sql`insert into ${sql.raw(`records.${table} (person_id, id, ${columns})`)} values (${person}, ${values})`.execute(
      owner,
    )
  await add(
    'education',
    'level, institution, major, graduated_on',
    sql`${newId()}, '21', '西南大学', '汉语言文学', '2010-06-30'`,
  )
  await add(
    'title',
    'level, during',
    sql`${newId()}, (select min(code) from records.code where "table" = 'TITLE'), '[2016-12-01,)'`,
  )
  await add(
    'honour',
    'code, name, level, awarded_on, during',
    sql`${honour}, 'district_backbone', '黔江区骨干教师', '43', '2020-09-10', '[2020-09-10,)'`,
  )
  await add(
    'research',
    'kind, name, level, publisher, published_on',
    sql`${newId()}, (select min(code) from records.code where "table" = 'CGLB'), '整本书阅读课堂教学研究', '43', '区教师进修学院', '2022-05-01'`,
  )
  page = await visit('t00001', phone)
}, 180_000)
afterAll(() => site?.close())

it('is read on a phone, by the year and by kind', async () => {
  await page.goto(`${site.url}/my/growth`)
  await page.getByText('西南大学 汉语言文学').waitFor()
  await shot(page, 'growth-360')
  await page.getByRole('button', { name: /^荣誉称号/ }).click()
  await page.getByText('西南大学 汉语言文学').waitFor({ state: 'detached' })
  await page.getByText('黔江区骨干教师').waitFor()
  expect(await faultsOf(page)).toEqual([])
})

it('gives a credential that is a picture', async () => {
  await press(page, '领取凭证')
  await dialog(page).getByText('凭证只含姓名').waitFor()
  await shot(page, 'growth-take-360')
  await inDialog(page, '领取凭证')
  const file = await downloaded(page, () => dialog(page).getByRole('button', { name: '下载徽章图片' }).click())
  badge = await readFile(await file.path(), 'utf8')
  expect(signedText(badge)).not.toBeNull()
  await shot(page, 'growth-issued-360')
  expect(await faultsOf(page)).toEqual([])
  if (SHOTS) await writeFile(join(SHOTS, 'badge.svg'), badge)
  await page.keyboard.press('Escape')
})

it('is exported as a paper', async () => {
  const file = await downloaded(page, () => press(page, '导出 PDF'))
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')
  if (SHOTS) await file.saveAs(join(SHOTS, 'growth.pdf'))
  await press(page, '更多格式')
  const signed = await downloaded(page, () => press(page, '签名数据（可离线核验）'))
  proof = await readFile(await signed.path(), 'utf8')
})

it('is checked by a stranger in the browser, without signing in', async () => {
  stranger = await visit(null, phone)
  await stranger.goto(`${site.url}/verify/credential`)
  await drop(badge, 'badge.svg')
  await stranger.getByRole('heading', { name: '签名有效' }).waitFor()
  await stranger.getByText('黔江区骨干教师').first().waitFor()
  await shot(stranger, 'check-360')
  expect(await faultsOf(stranger)).toEqual([])
  const [head, body, signature] = signedText(badge)!.split('.')
  const text = Buffer.from(body!, 'base64url').toString().replace('区骨干', '市骨干')
  await drop(`${head}.${Buffer.from(text).toString('base64url')}.${signature}`, 'altered.jwt')
  await stranger.getByRole('heading', { name: '内容与签名不符' }).waitFor()
  await shot(stranger, 'check-altered-360')
  await drop(proof, 'growth.vc.jwt')
  await stranger.getByText(/查看所载 \d+ 项经历/).waitFor()
})

it('is shown as revoked once the record says so no more', async () => {
  await sql`update records.honour set name = '黔江区优秀教师' where id = ${honour}`.execute(site.house.owner)
  await (await site.world.as(site.world.teachers[0]![0]!.account)).credentials.issue({
    source: 'records.honour',
    subjectId: honour,
  })
  await drop(badge, 'badge.svg')
  await stranger.getByRole('heading', { name: '已撤销' }).waitFor()
  await shot(stranger, 'check-revoked-360')
  await page.goto(`${site.url}/my/growth`)
  await page.getByText('已失效的凭证').waitFor()
  await shot(page, 'growth-gone-360')
  await page.setViewportSize({ width: 1440, height: 900 })
  await shot(page, 'growth-1440')
  expect(await faultsOf(page)).toEqual([])
})

it('is seen by the office that sees the person', async () => {
  const clerk = await visit('clerk-0')
  await clerk.goto(`${site.url}/people/${site.world.teachers[0]![0]!.id}`)
  await clerk.getByRole('link', { name: '成长档案' }).click()
  await clerk.getByText('西南大学 汉语言文学').waitFor()
  await shot(clerk, 'growth-clerk-1440')
  expect(await faultsOf(clerk)).toEqual([])
  expect(troubles()).toEqual([])
})
