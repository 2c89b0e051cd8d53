/** A year's credits from the objection to the circular, in the browsers of teacher, principal, district and school. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock } from '../../src/platform/db/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { closed, companyOf, dialog, downloaded, inDialog, phone, press, rowOf } from './steps.ts'

let site: Site
let planId: string
/** Completed before the audit; still running when the year is locked. */
let done: string
let late: string
const { visit, troubles } = companyOf(() => site)
const at = (instant: string) => moveClock(site.house.owner, new Date(instant))
const training = async (who: string) => (await site.world.as(who)).training
const teacher = () => site.world.teachers[0]![0]!
const school = () => site.world.schools[0]
const auditOf = async (orgId: string) =>
  (await (await training('trainer@district')).audits({ year: 2023 })).find((row) => row.orgId === orgId)!

beforeAll(async () => {
  site = await openSite()
  const trainer = await training('trainer@district')
  planId = (await trainer.importPlan({ orgId: site.world.district.id, authority: 'qianjiang', year: 2023 })).planId
  await (await training('commission@district')).publishPlan({ planId })
  const projectId = (await trainer.plans({}))[0]!.projects[0]!.id
  const confirmed = async (code: string, name: string, day: string) => {
    const { classId } = await trainer.createClass({
      planId,
      projectId,
      code,
      name,
      level: 'district',
      kind: 'class',
      creditKind: 'concentrated',
      target: { stages: ['2'] },
      places: 6,
      hours: '12',
      terms: 1,
      budgetFen: 0,
      enrolment: 'delegated',
    })
    await trainer.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
    for (const i of [0, 1] as const)
      await (await training(`clerk@${i}`)).propose({
        classId,
        orgId: site.world.schools[i].id,
        personIds: site.world.teachers[i].slice(0, 3).map(({ id }) => id),
        waitIfFull: false,
      })
    await trainer.confirmClass({ classId })
    const { sessionId } = await trainer.saveSession({
      classId,
      title: '第一场',
      place: '报告厅',
      starts: `${day}T01:00:00Z`,
      ends: `${day}T08:00:00Z`,
      term: 1,
      compulsory: true,
    })
    return { classId, sessionId }
  }
  const first = await confirmed('J-1', '课堂教学改革培训', '2023-04-01')
  const second = await confirmed('J-2', '作业设计培训', '2023-04-08')
  done = first.classId
  late = second.classId
  const everybody = [0, 1].flatMap((i) => site.world.teachers[i]!.slice(0, 3).map(({ id }) => id))
  await at('2023-04-01T01:10:00Z')
  await trainer.checkInByHand({ sessionId: first.sessionId, personIds: everybody.slice(0, 5), reason: '会场没有网络' })
  await at('2023-04-08T01:10:00Z')
  await trainer.checkInByHand({ sessionId: second.sessionId, personIds: everybody, reason: '会场没有网络' })
  await at('2023-04-09T01:00:00Z')
  await trainer.completeClass({ classId: done })
}, 180_000)
afterAll(() => site?.close())

describe('an objection', () => {
  it('is raised on the phone, answered in the office, and the answer is read on the phone', async () => {
    const page = await visit(teacher().number.toLowerCase(), phone)
    await page.goto(`${site.url}/my/credits`)
    await press(page, /课堂教学改革培训/)
    await inDialog(page, '提出异议')
    await dialog(page).getByRole('textbox').fill('实际参加十六学时，少记四学时')
    await inDialog(page, '提交')
    await page.getByText('异议待答复').first().waitFor()
    const trainer = await training('trainer@district')
    expect(await trainer.objections({ open: true })).toMatchObject([
      { personId: teacher().id, text: '实际参加十六学时，少记四学时', entry: { title: '课堂教学改革培训' } },
    ])

    const office = await visit('trainer-d')
    await office.goto(`${site.url}/objections`)
    await rowOf(office, teacher().name).getByRole('button', { name: '答复' }).click()
    // Without a decision nothing is sent: the dialog says what is missing.
    await dialog(office).getByRole('textbox').fill('签到记录为十二学时，与台账一致')
    await inDialog(office, '答复')
    await dialog(office).getByText('请选择异议是否成立').waitFor()
    await dialog(office)
      .getByRole('radio', { name: /^异议不成立/ })
      .check()
    await inDialog(office, '认定异议不成立')
    await closed(office)
    await office.getByText('没有待答复的异议').waitFor()
    expect(await trainer.objections({ open: false })).toMatchObject([
      { state: 'rejected', answer: '签到记录为十二学时，与台账一致' },
    ])

    await page.reload()
    await press(page, /课堂教学改革培训/)
    await dialog(page).getByText('签到记录为十二学时，与台账一致').waitFor()
    await dialog(page).getByText('异议不成立').waitFor()
  })
})

describe('the audit of the year', () => {
  it('the principal confirms the credits of the school', async () => {
    const page = await visit('principal-0')
    await page.goto(`${site.url}/audit?year=2023`)
    await page.getByText('2023 年度学分待本校确认').waitFor()
    await press(page, '确认本校学分')
    await inDialog(page, '确认本校学分')
    await closed(page)
    await page.getByText('本校已确认 2023 年度学分').waitFor()
    expect(await auditOf(school().id)).toMatchObject({ state: 'confirmed', teachers: 6, entries: 3, credits: '12.00' })
  })

  it('the district draws a sample by rule, adds one by hand, checks both and finishes', async () => {
    const trainer = await training('trainer@district')
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/audit?year=2023`)
    await page.getByRole('link', { name: '第一小学' }).click()
    await press(page, '抽取样本')
    await inDialog(page, '为 1 所学校抽样')
    await closed(page)
    await page.getByText('按规则').first().waitFor()
    const sample = () => trainer.sample({ orgId: school().id, year: 2023 })
    const [drawn, ...more] = await sample()
    expect([drawn!.drawn, more]).toEqual(['rule', []])

    const named = site.world.teachers[0].slice(0, 3).find(({ id }) => id !== drawn!.personId)!
    await press(page, '指定抽查对象')
    await dialog(page).getByRole('searchbox').fill(named.name)
    await inDialog(page, new RegExp(named.name))
    await closed(page)
    await rowOf(page, named.name).getByText('指定', { exact: true }).waitFor()
    expect((await sample()).map((row) => [row.personId, row.drawn]).sort()).toEqual(
      [
        [drawn!.personId, 'rule'],
        [named.id, 'hand'],
      ].sort(),
    )

    // What is wrong must be said; both together are then sound.
    expect(await page.getByRole('button', { name: '完成核查' }).isDisabled()).toBe(true)
    await rowOf(page, named.name).getByRole('button', { name: '有问题' }).click()
    await inDialog(page, '记为有问题')
    await dialog(page).getByText('请写明理由').waitFor()
    await inDialog(page, '取消')
    await closed(page)
    await page.getByRole('checkbox', { name: '选择本页全部' }).check()
    await page.getByRole('status').getByRole('button', { name: '核查无误' }).click()
    await inDialog(page, '记为无误（2 人）')
    await closed(page)
    await expect.poll(async () => (await sample()).map(({ result }) => result)).toEqual(['sound', 'sound'])
    await press(page, '完成核查')
    await inDialog(page, '完成 1 所学校的核查')
    await closed(page)
    await page.getByText('区级已核查').first().waitFor()
    expect(await auditOf(school().id)).toMatchObject({ state: 'checked', sampled: 2, checked: 2, faults: 0 })
  })

  it('the commission locks the year and everybody sees the sealed total', async () => {
    const page = await visit('commission-d')
    await page.goto(`${site.url}/audit?year=2023`)
    await press(page, '锁定年度学分')
    await dialog(page).getByText('12.00 学分').waitFor()
    await inDialog(page, '锁定 1 所学校')
    await closed(page)
    await page.getByRole('figure').getByText('12.00 学分').waitFor()
    expect(await auditOf(school().id)).toMatchObject({ state: 'locked', seal: expect.stringMatching(/^[0-9a-f]{64}$/) })
    // The neighbour was not checked and stays open.
    expect(await auditOf(site.world.schools[1].id)).toMatchObject({ state: null, seal: null })

    const principal = await visit('principal-0', phone)
    await principal.goto(`${site.url}/audit?year=2023`)
    await principal.getByText('2023 年度学分已锁定封存').waitFor()
    await principal.getByRole('figure').getByText('12.00 学分').waitFor()
  })

  it('after that credits are refused with the reason, and only a counter-entry goes in', async () => {
    const trainer = await training('trainer@district')
    const page = await visit('trainer-d')
    await page.goto(`${site.url}/classes/${late}?tab=completion`)
    await page.getByText('可结业').first().waitFor()
    await page.getByRole('button', { name: '结业认定', exact: true }).last().click()
    await inDialog(page, /认定 6 人结业/)
    await dialog(page)
      .getByRole('alert')
      .getByText(/第一小学 2023 年度学分已锁定，只能以冲正方式更正/)
      .waitFor()
    expect((await trainer.class({ classId: late })).state).toBe('confirmed')

    await page.goto(`${site.url}/audit/${school().id}?year=2023`)
    const [sampled] = await trainer.sample({ orgId: school().id, year: 2023 })
    await rowOf(page, sampled!.name).getByRole('button', { name: '查看记录' }).click()
    await inDialog(page, '冲正这条记录')
    await dialog(page).getByRole('textbox').fill('核查发现重复记录')
    await inDialog(page, '冲正')
    await dialog(page).getByText('冲正记录', { exact: true }).waitFor()
    const person = site.world.teachers[0].find(({ id }) => id === sampled!.personId)!
    const own = await (await training(person.account)).myCredits()
    expect([own.earned, own.entries.map(({ credits }) => credits).sort()]).toEqual(['0', ['-4.00', '4.00']])

    const reading = await visit(person.number.toLowerCase(), phone)
    await reading.goto(`${site.url}/my/credits`)
    await reading.getByText('已冲正').first().waitFor()
    await reading.getByText('+4').first().waitFor()
    await reading.getByText('−4').first().waitFor()
  })
})

describe('the findings', () => {
  it('scorecards become circulars, which the school reads and acknowledges', async () => {
    const commission = await training('commission@district')
    const office = await visit('commission-d')
    await office.goto(`${site.url}/scorecards`)
    const { schools } = await commission.scorecards({ planId })
    const card = schools.find(({ orgId }) => orgId === school().id)!
    expect(card.rates.find(({ id }) => id === 'delegation')).toMatchObject({ numerator: 6, denominator: 6 })
    for (const { numerator, denominator } of card.rates)
      await rowOf(office, '第一小学').getByText(`${numerator}/${denominator}`).first().waitFor()
    await press(office, '印发通报')
    await inDialog(office, '印发 2 份')
    await closed(office)
    await rowOf(office, '第一小学').getByText('待签收').waitFor()
    expect(await commission.circulars({ planId })).toHaveLength(2)

    const clerk = await visit('clerk-0')
    await clerk.goto(`${site.url}/circulars`)
    const file = await downloaded(clerk, () => clerk.getByRole('link', { name: /打开 PDF/ }).click())
    expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')
    await clerk.getByRole('cell').getByRole('button', { name: '签收' }).click()
    await dialog(clerk).getByText('送培率').waitFor()
    await dialog(clerk).getByRole('textbox').fill('已在教职工大会传达')
    await inDialog(clerk, '签收')
    await closed(clerk)
    await clerk.getByRole('cell', { name: '已在教职工大会传达' }).waitFor()

    await office.goto(`${site.url}/circulars`)
    await rowOf(office, '第一小学').getByText('已在教职工大会传达').waitFor()
    await rowOf(office, '第二小学').getByText('待签收').waitFor()
    expect(
      (await commission.circulars({ planId })).filter(({ acknowledgedAt }) => acknowledgedAt).map(({ orgId }) => orgId),
    ).toEqual([school().id])
  })

  it('nobody saw an error on the way', () => {
    expect(troubles()).toEqual([])
  })
})
