/** A class from the plan to the certificate, in the browsers of the people concerned: district, school, teachers on their phones, the public. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock } from '../../src/platform/db/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { companyOf, inDialog, phone, press } from './steps.ts'

let site: Site
let classId: string
let planId: string
const { visit, troubles } = companyOf(() => site)
const at = (instant: string) => moveClock(site.house.owner, new Date(instant))

beforeAll(async () => {
  site = await openSite()
  const trainer = (await site.world.as('trainer@district')).training
  planId = (await trainer.importPlan({ orgId: site.world.district.id, authority: 'qianjiang', year: 2023 })).planId
}, 180_000)
afterAll(() => site?.close())

describe('a class of the year', () => {
  it('the commission publishes the plan', async () => {
    const page = await visit('commission-d')
    await page.goto(`${site.url}/plan`)
    await press(page, '发布计划')
    await inDialog(page, /发布/)
    await page.getByText('已发布').first().waitFor()
    const plans = await (await site.world.as('clerk@0')).training.plans({})
    expect(plans[0]).toMatchObject({ id: planId, state: 'published' })
  })

  it('the district shares places out', async () => {
    const trainer = (await site.world.as('trainer@district')).training
    const projectId = (await trainer.plans({}))[0]!.projects[0]!.id
    ;({ classId } = await trainer.createClass({
      planId,
      projectId,
      code: 'J-1',
      name: '课堂教学改革培训',
      level: 'district',
      kind: 'class',
      creditKind: 'concentrated',
      target: { stages: ['2'] },
      places: 4,
      hours: '12',
      terms: 1,
      budgetFen: 0,
      enrolment: 'delegated',
    }))
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${classId}`)
    await page.getByText('课堂教学改革培训').first().waitFor()
    await press(page, '分配名额')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const date = dialog.locator('input[type="date"]')
    if ((await date.inputValue()) === '') await date.fill('2023-03-20')
    await inDialog(page, /分配并开始推荐/)
    await dialog.waitFor({ state: 'detached' })
    const quotas = await trainer.quotas({ classId })
    expect(quotas.map(({ places }) => places)).toEqual([2, 2])
  })

  it('the school proposes within its places', async () => {
    const page = await visit('clerk-0')
    await page.goto(`${site.url}/delegation/${classId}`)
    const boxes = page.getByRole('row').getByRole('checkbox')
    await boxes.nth(1).waitFor()
    for (const n of [1, 2, 3]) await boxes.nth(n).check()
    await press(page, /推荐所选人员/)
    await inDialog(page, /推荐 \d 人/)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const { rows } = await (await site.world.as('clerk@0')).training.enrolments({ classId })
    expect(rows.map(({ state }) => state).sort()).toEqual(['proposed', 'proposed', 'waiting'])
  })

  it('a teacher accepts on the phone, another declines and the next moves up', async () => {
    const clerk = (await site.world.as('clerk@0')).training
    const proposed = (await clerk.enrolments({ classId, state: 'proposed' })).rows
    const accepting = await visit(proposed[0]!.number.toLowerCase(), phone)
    await accepting.getByText('课堂教学改革培训').first().waitFor()
    await press(accepting, '同意参加')
    await accepting
      .getByText(/已同意参加/)
      .first()
      .waitFor()
    const declining = await visit(proposed[1]!.number.toLowerCase(), phone)
    await press(declining, '不能参加')
    await declining.getByRole('dialog').locator('textarea').fill('与毕业班复习课冲突')
    await inDialog(declining, /不参加/)
    await declining.getByRole('dialog').waitFor({ state: 'detached' })
    const { rows } = await clerk.enrolments({ classId })
    expect(rows.map(({ state }) => state).sort()).toEqual(['accepted', 'declined', 'proposed'])
  })

  it('the district confirms the list', async () => {
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${classId}`)
    await press(page, '确认名单')
    await inDialog(page, /确认/)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await (await site.world.as('trainer@district')).training.class({ classId })).toMatchObject({
      state: 'confirmed',
      seated: 2,
    })
  })

  it('people check in with the code on the screen, and with its six digits', async () => {
    const trainer = (await site.world.as('trainer@district')).training
    const { sessionId } = await trainer.saveSession({
      classId,
      title: '第一场',
      place: '报告厅',
      starts: '2023-04-01T01:00:00Z',
      ends: '2023-04-01T08:00:00Z',
      term: 1,
      compulsory: true,
    })
    await at('2023-04-01T00:50:00Z')
    const [first, second] = (await trainer.enrolments({ classId, state: 'confirmed' })).rows
    const screen = await visit('trainer-d')
    await screen.goto(`${site.url}/host/${sessionId}`)
    await screen.getByText('第一场').first().waitFor()
    await screen.getByRole('img', { name: '签到二维码' }).waitFor()

    const scanning = await visit(first!.number.toLowerCase(), phone)
    await scanning.goto((await trainer.screen({ sessionId })).url)
    await scanning.getByText('签到成功').waitFor()

    const typing = await visit(second!.number.toLowerCase(), phone)
    await typing.goto(`${site.url}/check-in`)
    const field = typing.locator('input[inputmode="numeric"]').first()
    await field.waitFor()
    await field.click()
    await typing.keyboard.type((await trainer.screen({ sessionId })).code)
    await typing.getByText('签到成功').waitFor()

    // A code passed on a minute later says so and offers another way.
    const { token } = await trainer.screen({ sessionId })
    await at('2023-04-01T00:52:30Z')
    const late = await visit(first!.number.toLowerCase(), phone)
    await late.goto(`${site.url}/check-in?t=${token}`)
    await late
      .getByText(/再扫一次|过期|已签到/)
      .first()
      .waitFor()
    expect((await trainer.attendance({ sessionId })).filter(({ state }) => state === 'present')).toHaveLength(2)
  })

  it('completion gives credits and a certificate that anybody can check', async () => {
    await at('2023-04-02T02:00:00Z')
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${classId}`)
    await press(page, '结业认定')
    // The head leads to the preview of who passes; the act is there.
    await page.getByText('可结业').first().waitFor()
    await page.getByRole('button', { name: '结业认定', exact: true }).last().click()
    await inDialog(page, /认定 2 人结业/)
    const trainer = (await site.world.as('trainer@district')).training
    await expect.poll(async () => (await trainer.class({ classId })).state, { timeout: 20_000 }).toBe('completed')

    const [first] = (await trainer.enrolments({ classId, state: 'passed' })).rows
    const teacher = await visit(first!.number.toLowerCase(), phone)
    await teacher.goto(`${site.url}/my/credits`)
    await teacher.getByText('课堂教学改革培训').first().waitFor()
    const own = (
      await (
        await site.world.as(site.world.teachers[0]!.find(({ id }) => id === first!.personId)!.account)
      ).training.mine()
    ).find((row) => row.classId === classId)!
    await teacher.goto(`${site.url}/my/training`)
    const download = teacher.waitForEvent('download')
    await teacher.getByRole('button', { name: '下载证书' }).first().click()
    expect((await download).suggestedFilename()).toMatch(/\.pdf$/)

    const stranger = await visit(null, phone)
    await stranger.goto(`${site.url}/verify/${own.certificate!.verifyCode}`)
    await stranger.getByText(first!.name).first().waitFor()
    await stranger.getByText(own.certificate!.label).first().waitFor()
  })

  it('nobody saw an error on the way', () => {
    expect(troubles()).toEqual([])
  })
})
