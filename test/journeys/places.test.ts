/** Places and presence: an open class from the phone, leave, check-in by hand and from a signed list, places changed by hand. */
import { readFile } from 'node:fs/promises'
import { Workbook } from '@cj-tech-master/excelts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock } from '../../src/platform/db/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { closed, companyOf, dialog, downloaded, inDialog, phone, press, rowOf } from './steps.ts'

let site: Site
/** `open`: people enrol alone, two places · `running`: list confirmed · `delegated`: places shared out, nobody sent. */
let open: string
let running: string
let delegated: string
let first: string
let second: string
const { visit, troubles } = companyOf(() => site)
const at = (instant: string) => moveClock(site.house.owner, new Date(instant))
const training = async (who: string) => (await site.world.as(who)).training
const teacher = (n: number) => site.world.teachers[0]![n]!
const loginOf = (n: number) => teacher(n).number.toLowerCase()
const stateOf = async (n: number, classId: string) =>
  (await (await training(teacher(n).account)).mine()).find((row) => row.classId === classId)?.state

beforeAll(async () => {
  site = await openSite()
  const trainer = await training('trainer@district')
  const { planId } = await trainer.importPlan({ orgId: site.world.district.id, authority: 'qianjiang', year: 2023 })
  await (await training('commission@district')).publishPlan({ planId })
  const projectId = (await trainer.plans({}))[0]!.projects[0]!.id
  const shared = async (code: string, name: string, places: number, enrolment: 'open' | 'delegated') => {
    const { classId } = await trainer.createClass({
      planId,
      projectId,
      code,
      name,
      level: 'district',
      kind: 'class',
      creditKind: 'concentrated',
      target: { stages: ['2'] },
      places,
      hours: '6',
      terms: 1,
      budgetFen: 0,
      enrolment,
    })
    await trainer.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
    return classId
  }
  const session = async (classId: string, title: string, starts: string, ends: string) =>
    (
      await trainer.saveSession({
        classId,
        title,
        place: '报告厅',
        starts: `2023-04-${starts}:00Z`,
        ends: `2023-04-${ends}:00Z`,
        term: 1,
        compulsory: false,
      })
    ).sessionId
  open = await shared('K-1', '名师课堂开放观摩', 2, 'open')
  running = await shared('K-2', '作业设计培训', 8, 'delegated')
  delegated = await shared('K-3', '信息技术应用培训', 6, 'delegated')
  await (await training('clerk@0')).propose({
    classId: running,
    orgId: site.world.schools[0].id,
    personIds: site.world.teachers[0].slice(0, 4).map(({ id }) => id),
    waitIfFull: false,
  })
  await trainer.confirmClass({ classId: running })
  first = await session(running, '第一场', '01T01:00', '01T08:00')
  second = await session(running, '第二场', '02T01:00', '02T08:00')
  await session(open, '开放课堂', '01T02:00', '01T04:00')
}, 180_000)
afterAll(() => site?.close())

describe('an open class', () => {
  it('is joined on the phone, where the clash with another class shows', async () => {
    const page = await visit(loginOf(0), phone)
    await page.goto(`${site.url}/my/training?tab=open`)
    await page.getByText('余 2 个名额').waitFor()
    await press(page, '报名')
    await page.getByText('余 2 个名额').waitFor({ state: 'detached' })
    expect(await stateOf(0, open)).toBe('confirmed')
    await page.getByRole('tab', { name: /我的班次/ }).click()
    await page.getByText('与“作业设计培训”的“第一场”同时').waitFor()
    await page.getByText('请对其中一场请假，或联系学校协调').first().waitFor()
  })

  it('once full it offers the line, and who is next moves up when somebody leaves', async () => {
    await (await training(teacher(1).account)).enrol({ classId: open, waitIfFull: false })
    const waiting = await visit(loginOf(2), phone)
    await waiting.goto(`${site.url}/my/training?tab=open`)
    await press(waiting, '排队候补')
    await waiting.getByText('候补中').first().waitFor()
    expect(await stateOf(2, open)).toBe('waiting')

    const leaving = await visit(loginOf(0), phone)
    await leaving.goto(`${site.url}/my/training?tab=open`)
    await press(leaving, '退出本班')
    await inDialog(leaving, '退出')
    await dialog(leaving).getByText('请写明理由').waitFor()
    await dialog(leaving).getByRole('textbox').fill('与作业设计培训时间冲突')
    await inDialog(leaving, '退出')
    await closed(leaving)
    await leaving.getByText('已满').waitFor()
    expect([await stateOf(0, open), await stateOf(1, open), await stateOf(2, open)]).toEqual([
      'withdrawn',
      'confirmed',
      'confirmed',
    ])
    await waiting.reload()
    await waiting.getByText('已确认').first().waitFor()
    expect(await (await training('trainer@district')).class({ classId: open })).toMatchObject({ seated: 2, waiting: 0 })
  })
})

describe('leave', () => {
  it('is asked for on the phone and answered by the school, one by one or together', async () => {
    const page = await visit(loginOf(0), phone)
    await page.goto(`${site.url}/my/training`)
    await page.getByText('作业设计培训').first().waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: '第二场' })
      .getByRole('button', { name: '请假', exact: true })
      .click()
    await dialog(page).getByRole('textbox').fill('承担毕业班监考任务')
    await inDialog(page, '提交请假')
    await closed(page)
    await page.getByText('请假待批').waitFor()
    for (const n of [1, 2])
      await (await training(teacher(n).account)).askLeave({ sessionId: second, reason: `监考任务${n}` })

    const clerk = await visit('clerk-0')
    const clerkApi = await training('clerk@0')
    await clerk.goto(`${site.url}/leave`)
    await rowOf(clerk, teacher(0).name).getByRole('button', { name: '不准假' }).click()
    await dialog(clerk).getByText('承担毕业班监考任务').waitFor()
    await dialog(clerk).getByRole('textbox').fill('当天监考已另行安排')
    await inDialog(clerk, '不准假（1 条）')
    await closed(clerk)
    await rowOf(clerk, teacher(0).name).waitFor({ state: 'detached' })

    await clerk.getByRole('checkbox', { name: '选择本页全部' }).check()
    await clerk.getByRole('status').getByRole('button', { name: '准假', exact: true }).click()
    await inDialog(clerk, '准假（2 条）')
    await closed(clerk)
    await clerk.getByText('没有待办理的请假').waitFor()
    expect(
      (await clerkApi.leaveRequests({ open: false })).map(({ personId, state }) => [personId, state]).sort(),
    ).toEqual(
      [
        [teacher(0).id, 'refused'],
        [teacher(1).id, 'granted'],
        [teacher(2).id, 'granted'],
      ].sort(),
    )
    await page.reload()
    await page.getByText('请假未准').first().waitFor()
  })
})

describe('presence without a phone', () => {
  const present = async (sessionId: string) =>
    (await (await training('trainer@district')).attendance({ sessionId }))
      .filter(({ state }) => state === 'present')
      .map(({ name, mode, reason }) => ({ name, mode, reason }))
      .sort((a, b) => (a.name.slice(-3) < b.name.slice(-3) ? -1 : 1))

  it('is recorded by hand for several people at once, with the reason', async () => {
    await at('2023-04-01T01:10:00Z')
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${running}?tab=attendance&session=${first}`)
    await rowOf(page, teacher(0).name).waitFor()
    for (const n of [0, 1]) await page.getByRole('checkbox', { name: `选择${teacher(n).name}` }).check()
    await page.getByRole('status').getByRole('button', { name: '人工签到' }).click()
    await inDialog(page, '为 2 人签到')
    await dialog(page).getByText('请写明理由').waitFor()
    await dialog(page).getByRole('textbox').fill('手机没电，凭身份证核对')
    await inDialog(page, '为 2 人签到')
    await closed(page)
    await rowOf(page, teacher(0).name).getByText('手机没电，凭身份证核对').waitFor()
    expect(await present(first)).toEqual(
      [0, 1].map((n) => ({ name: teacher(n).name, mode: 'manual', reason: '手机没电，凭身份证核对' })),
    )
  })

  it('is read back from the signed list: wrong cells are named and nothing is half recorded', async () => {
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${running}?tab=attendance&session=${first}`)
    const list = await downloaded(page, () => page.getByRole('link', { name: '下载签到名册' }).click())
    const book = new Workbook()
    await book.xlsx.load(await readFile(await list.path()))
    const sheet = book.worksheets[0]!
    /** Column letters and row numbers by what stands in the head and who stands in the row. */
    const place = new Map<string, string>()
    sheet.eachRow((row, number) =>
      row.eachCell((cell) => {
        place.set(cell.text, cell.address.replace(/\d+$/, ''))
        place.set(`row of ${cell.text}`, String(number))
      }),
    )
    const cellOf = (column: string, number: string) =>
      `${[...place].find(([text]) => text.startsWith(column))?.[1]}${place.get(`row of ${number}`)}`
    const signed = async (cells: Record<string, string>) => {
      for (const [cell, value] of Object.entries(cells)) sheet.getCell(cell).value = value
      return {
        name: '作业设计培训签到.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: Buffer.from(await book.xlsx.writeBuffer()),
      }
    }
    const tick = cellOf('到场', teacher(2).number)
    const name = cellOf('姓名', teacher(3).number)
    const other = cellOf('到场', teacher(0).number)
    const last = cellOf('到场', teacher(3).number)

    await press(page, '上传已签名册')
    const chooser = dialog(page).locator('input[type="file"]')
    await chooser.setInputFiles(await signed({ [tick]: '√', [name]: '李四', [other]: '也许' }))
    await dialog(page)
      .getByText(/处需要更正，没有导入任何人/)
      .waitFor()
    await dialog(page).getByRole('row').filter({ hasText: name }).getByText('姓名与名单不符').waitFor()
    await dialog(page).getByRole('row').filter({ hasText: other }).getByText('请打 √ 或留空').waitFor()
    expect(await present(first)).toHaveLength(2)

    await chooser.setInputFiles(await signed({ [name]: teacher(3).name, [other]: '√', [last]: '√' }))
    await dialog(page).getByText('已记录 2 人，2 人此前已签到').waitFor()
    await inDialog(page, '关闭')
    await closed(page)
    await rowOf(page, teacher(2).name).getByText('签到名册').waitFor()
    expect((await present(first)).map(({ mode }) => mode)).toEqual(['manual', 'manual', 'roster', 'roster'])
  })
})

describe('places', () => {
  it('are changed by hand within what is free, and every school reads the reason', async () => {
    await at('2023-03-10T01:00:00Z')
    const trainer = await training('trainer@district')
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${delegated}?tab=places`)
    await rowOf(page, '第一小学').getByRole('button', { name: '调整' }).click()
    const places = dialog(page).getByRole('spinbutton')
    await places.fill('4')
    await dialog(page).getByText('须在 0 与 3 之间').waitFor()
    await places.fill('2')
    await dialog(page).getByRole('textbox').fill('该校教师正在参加市级培训')
    await inDialog(page, '调整为 2 个')
    await closed(page)
    await rowOf(page, '第一小学').getByText('该校教师正在参加市级培训').waitFor()
    await rowOf(page, '第二小学').getByRole('button', { name: '调整' }).click()
    await places.fill('4')
    await dialog(page).getByRole('textbox').fill('承接第一小学调出的名额')
    await inDialog(page, '调整为 4 个')
    await closed(page)
    await rowOf(page, '第二小学').getByText('承接第一小学调出的名额').waitFor()
    expect(
      (await trainer.quotas({ classId: delegated })).map((row) => [row.orgName, row.byRule, row.places]).sort(),
    ).toEqual([
      ['第一小学', 3, 2],
      ['第二小学', 3, 4],
    ])

    const clerk = await visit('clerk-0')
    await clerk.goto(`${site.url}/delegation/${delegated}`)
    await clerk.getByText('按规则为 3，经手工调整：该校教师正在参加市级培训').waitFor()
  })

  it('nobody saw an error on the way', () => {
    expect(troubles()).toEqual([])
  })
})
