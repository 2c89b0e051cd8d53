/** What organisers meet beside the straight way: filters of which nothing waits, places changed by hand, a round that runs late, experts from elsewhere by Excel. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CasesHouse, casesIn, simple } from '../../src/platform/cases/flow/cases.fixture.ts'
import {
  addExperts,
  asExpert,
  casesAtReview,
  scoreAll,
  withReview,
} from '../../src/platform/cases/review/review.fixture.ts'
import { outsideSheet } from '../../src/platform/cases/review/sheet.ts'
import { moveClock } from '../../src/platform/db/index.ts'
import { exportFile } from '../../src/platform/sheets/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { companyOf, dialog, downloaded, inDialog, phone, press } from './steps.ts'

const stage = 'review'
let site: Site
let at: CasesHouse
let callId: string
beforeAll(async () => {
  site = await openSite()
  at = await casesIn(site.house, site.world)
  const experts = await addExperts(at, 3)
  callId = await at.publish(withReview({ outlier: undefined, floor: undefined }))
  await casesAtReview(at, callId, 2)
  const office = (await site.world.as('trainer@district')).cases
  await office.preparePapers({ callId, stage })
  const { digest } = await office.previewAssignment({ callId, stage })
  await office.assignReviews({ callId, stage, digest })
  await scoreAll(await asExpert(at, experts[0]!), 50, 30)
}, 180_000)
afterAll(() => site?.close())
const { visit, troubles } = companyOf(() => site)

it('names the call and the stage of an older address although nothing waits there any more', async () => {
  const page = await visit('trainer-d')
  await page.goto(`${site.url}/cases?call=${callId}&stage=school`)
  await page.getByRole('search').getByText('测试遴选').waitFor()
  await page.getByRole('search').getByText('学校推荐').waitFor()
  expect(await page.getByRole('search').textContent()).not.toMatch(/[0-9a-f]{8}-|school/)
  await page.goto(`${site.url}/cases/${callId}?org=${site.world.schools[0].id}`)
  await page.getByRole('search').getByText('第一小学').waitFor()
})

it('asks before places set by hand are shared over, and says how many', async () => {
  const { cases } = await site.world.as('trainer@district')
  const quotas = [{ at: 'school', per: 'school', places: { total: 7, by: 'teachers' } }]
  const source = JSON.stringify(simple({ quotas }))
  const draft = await cases.createCall({ orgId: site.world.district.id, from: { source } })
  const { revision } = await cases.sharePlaces({ callId: draft.callId, revision: 1 })
  const school = site.world.schools[0].id
  await cases.setPlaces({ callId: draft.callId, revision, rows: [{ quota: 0, orgId: school, places: 1 }] })
  const page = await visit('trainer-d')
  await page.goto(`${site.url}/calls/${draft.callId}?part=places`)
  await press(page, '重新按规则分配')
  await dialog(page).getByText('已有 1 处名额经手工调整').waitFor()
  await inDialog(page, '取消')
  expect((await cases.call({ callId: draft.callId })).places.find(({ orgId }) => orgId === school)?.places).toBe(1)
  await press(page, '重新按规则分配')
  await inDialog(page, /放弃 1 处调整/)
  await page.getByText('已按规则分配', { exact: true }).waitFor()
  expect((await cases.call({ callId: draft.callId })).places.find(({ orgId }) => orgId === school)?.places).not.toBe(1)
})

it('reminds all who are late, and takes the scores away without names', async () => {
  await moveClock(site.house.owner, new Date('2023-03-09T01:00:00Z'))
  const page = await visit('trainer-d')
  await page.goto(`${site.url}/reviews/rounds/${callId}/${stage}`)
  await press(page, '提醒逾期专家')
  await page.getByText('已提醒 2 位专家').waitFor()
  await press(page, '导出评分')
  const file = await downloaded(page, () => inDialog(page, '导出 Excel'))
  expect(file.suggestedFilename()).toMatch(/评分-.*\.xlsx$/)
})

it('takes experts from elsewhere from Excel and shows their passwords once', async () => {
  const file = await exportFile({
    title: { zh: '外单位专家', en: 'Experts' },
    columns: outsideSheet.columns,
    rows: [{ name: '吴外', employer: '师范大学', login: 'wu.wai', fields: '语文3', title: '教授', most: null }],
    locale: 'zh-CN',
    at: new Date('2023-03-01'),
  } as never)
  const sent = { name: 'experts.xlsx', mimeType: file.type, buffer: Buffer.from(await file.arrayBuffer()) }
  const page = await visit('trainer-d', phone)
  await page.goto(`${site.url}/reviews/experts`)
  await press(page, /导入/)
  await dialog(page).getByLabel('专家来源').selectOption('outside')
  await dialog(page).locator('input[type="file"]').setInputFiles(sent)
  await dialog(page).getByText('仅显示这一次').waitFor()
  expect(await dialog(page).locator('code').textContent()).toMatch(/\S{8,}/)
  const body = dialog(page).locator('.q-dialog-body')
  expect(await body.evaluate((part) => part.scrollWidth <= part.clientWidth)).toBe(true)
  const list = await downloaded(page, () => press(page, '存为表格'))
  expect(list.suggestedFilename()).toContain('初始密码')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  expect(troubles()).toEqual([])
})
