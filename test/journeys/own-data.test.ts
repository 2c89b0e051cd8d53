/** One’s own data in the browser: the notice for everybody, who looked, a request asked on the phone and answered by the district, a copy fetched. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { closed, companyOf, dialog, downloaded, inDialog, phone, press, rowOf } from './steps.ts'

let site: Site
const { visit, troubles } = companyOf(() => site)
beforeAll(async () => {
  site = await openSite(3)
}, 180_000)
afterAll(() => site?.close())

const teacher = () => site.world.teachers[0]![0]!

describe('one’s own data', () => {
  it('strangers read the notice, in both languages', async () => {
    const page = await visit(null)
    await page.goto(`${site.url}/privacy`)
    await page.getByRole('heading', { name: '个人信息保护告知' }).waitFor()
    await page.getByRole('searchbox').fill('联系方式')
    await page.getByText('联系方式', { exact: true }).last().click()
    await page.getByText('自离职之日起12个月').waitFor()
    expect(await faultsOf(page)).toEqual([])
    const english = await visit(null, { ...phone, locale: 'en' })
    await english.goto(`${site.url}/privacy`)
    await english.getByRole('heading', { name: 'Notice about personal data' }).waitFor()
    expect(await faultsOf(english)).toEqual([])
  })

  it('a teacher sees who looked, asks, and gets an answer with reasons', async () => {
    const clerk = await visit('clerk-0')
    await clerk.goto(`${site.url}/people/${teacher().id}`)
    await clerk.getByRole('heading', { level: 1 }).filter({ hasText: teacher().name }).waitFor()
    const page = await visit(teacher().number.toLowerCase(), phone)
    await page.goto(`${site.url}/my/data`)
    await page.getByRole('list', { name: '谁看过' }).getByText('查看档案').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('tab', { name: '我的请求' }).click()
    await press(page, '提出请求')
    await dialog(page).getByLabel('请求事项').selectOption({ label: '限制或拒绝使用' })
    await dialog(page).getByLabel('具体内容').fill('不同意公开本人荣誉信息')
    await inDialog(page, '提交')
    await closed(page)
    await page.getByText('待答复').waitFor()
    const office = await visit('commission-d')
    await office.goto(`${site.url}/privacy/requests`)
    await rowOf(office, teacher().name).click()
    await dialog(office).getByLabel('处理意见').selectOption({ label: '不同意' })
    await dialog(office).getByLabel('不同意的理由').fill('荣誉名单依法公示，不予停止')
    expect(await faultsOf(office)).toEqual([])
    await inDialog(office, '答复')
    await closed(office)
    await page.reload()
    await page.getByText('荣誉名单依法公示，不予停止').waitFor()
  })

  it('a copy is made in the background and fetched', async () => {
    const page = await visit(teacher().number.toLowerCase())
    await page.goto(`${site.url}/my/data?part=copy`)
    await press(page, '申请副本')
    const take = page.getByRole('button', { name: '下载', exact: true })
    await take.waitFor()
    const file = await downloaded(page, () => take.click())
    expect(file.suggestedFilename()).toMatch(/^qiangshi-\d{4}-\d{2}-\d{2}\.zip$/)
    expect((await readFile((await file.path())!)).subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'))
    expect(await faultsOf(page)).toEqual([])
  })

  it('the administrator sees everything that is held, and what would go', async () => {
    const page = await visit('administrator-d')
    await page.goto(`${site.url}/privacy/held`)
    await page.getByText('没有到期的信息').waitFor()
    await page.getByRole('tab', { name: /全部清单/ }).click()
    await page.getByText('身份信息').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('nothing went wrong in any browser', () => expect(troubles()).toEqual([]))
})
