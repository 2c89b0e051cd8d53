/** How a call goes from the draft to the filed result, by the people who have each step, in the browser. */
import { sql } from 'kysely'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashPassword } from '../../src/platform/access/index.ts'
import type { Definition, Office, Stage } from '../../src/platform/cases/contract/definition.ts'
import { peopleForCalls, signAll, voteYes, type Walk, walkStage } from '../harness/call-walk.ts'
import { openSite, PASSWORD, type Site } from '../harness/site.ts'
import { closed, companyOf, inDialog, phone, press } from './steps.ts'

let site: Site
let walk: Walk
let company: ReturnType<typeof companyOf>
const pages = new Map<string, Page>()

async function open(authority: string) {
  site = await openSite(3)
  walk = await peopleForCalls(site.house, site.world, authority)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(site.house.owner)
  pages.clear()
  company = companyOf(() => site)
}

/** The browser of somebody, opened once. */
async function as(login: string, ...ask: [Parameters<Site['visit']>[1]?]): Promise<Page> {
  const known = pages.get(login)
  if (known) return known
  const page = await company.visit(login, ...ask)
  pages.set(login, page)
  return page
}

const LOGINS = { school: '0', district: 'd', municipality: 'c' } as const
const loginOf = ({ role, at }: Office) => `${role}-${LOGINS[at]}`
const go = async (page: Page, path: string) => {
  await page.goto(`${site.url}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
const toast = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** Made of what the packs offer or of a text, given dates and places, tried and published. */
async function published(office: string, from: { template: string } | { source: string }): Promise<string> {
  const page = await as(office)
  await go(page, '/calls/new')
  if ('template' in from) {
    await press(page.locator('.calls-offers li', { hasText: from.template }) as unknown as Page, '以此新建')
  } else {
    await page.getByRole('tab', { name: '自己的文本' }).click()
    await page.locator('.cm-content').fill(from.source)
    await page.getByText('检查通过，可以保存').waitFor()
    await press(page, '新建')
  }
  await page.waitForURL(/\/calls\/[0-9a-f-]{36}/)
  const callId = page.url().match(/[0-9a-f-]{36}/)![0]
  await page.getByRole('tab', { name: '名称与时间' }).click()
  await page.getByLabel('申报', { exact: true }).fill('2023-12-29T18:00')
  await press(page, '保存')
  await toast(page, '已保存')
  const { definition } = await definitionOf(callId, office)
  if (definition.quotas.length > 0) {
    await page.getByRole('tab', { name: '名额' }).click()
    await press(page, '按规则分配')
    await toast(page, '已按规则分配')
    await onePlaceEach(page)
  }
  await press(page, '发布')
  await inDialog(page, '发布')
  await closed(page)
  await page.getByText('受理中').first().waitFor()
  return callId
}

/** One quota after the other: what is typed is saved with it. */
async function onePlaceEach(page: Page) {
  const fields = page.getByLabel(/的名额$/)
  for (let n = 0; n < (await fields.count()); n++) {
    const field = fields.nth(n)
    if ((await field.inputValue()) === '1') continue
    await field.fill('1')
    const save = page.getByRole('button', { name: /处改动/ })
    await save.click()
    await save.waitFor({ state: 'detached' })
  }
}

async function definitionOf(callId: string, office: string): Promise<{ definition: Definition }> {
  const who = office.endsWith('-c') ? 'commission@city' : 'commission@district'
  return (await site.world.as(who)).cases.call({ callId })
}

/** Every question that is not filled in from the record, page by page, in words that fit it. */
async function fillIn(page: Page, form: Record<string, unknown>) {
  type Question = {
    type: string
    name: string
    from?: string
    validators?: { minLength?: number }[]
    inputType?: string
    max?: number
    minRowCount?: number
    minPanelCount?: number
    elements?: Question[]
    columns?: (Question & { cellType: string })[]
    choices?: unknown[]
    minSelectedChoices?: number
    templateElements?: Question[]
    isRequired?: boolean
  }
  const flat = (list: Question[]): Question[] =>
    list.flatMap((one) => (one.type === 'panel' ? flat(one.elements ?? []) : [one]))
  const FIT: Record<string, string> = {
    date: '2022-09-01',
    month: '2022-09',
    tel: '010-12345678',
    email: 'a@example.org',
  }
  const text = (one: Question) => {
    if (one.inputType === 'number') return String(Math.min(one.max ?? 2022, 2022))
    const least = one.validators?.find(({ minLength }) => minLength)?.minLength ?? 7
    return FIT[one.inputType ?? ''] ?? '教学改进与带教'.repeat(Math.ceil(least / 7))
  }
  const set = async (root: Locator, one: Question, type = one.type) => {
    if (type === 'text' || type === 'comment')
      return root.locator('input:not([type=hidden]), textarea').first().fill(text(one))
    if (type === 'checkbox') {
      for (let n = 0; n < (one.minSelectedChoices ?? 1); n++)
        await root.locator('label.sd-selectbase__label, label').nth(n).click()
      return
    }
    if (type === 'radiogroup' || type === 'boolean' || type === 'rating') return root.locator('label').last().click()
    if (type === 'dropdown') {
      await root.locator('select').first().selectOption({ index: 1 })
      return
    }
    if (type === 'matrixdynamic' || type === 'paneldynamic') {
      // Cells stand in the order of the columns.
      const parts = one.columns ?? one.templateElements ?? []
      const cells = root.locator('input:not([type=hidden]):not([type=button]), textarea, select')
      const rows = Math.max(one.minRowCount ?? one.minPanelCount ?? 1, 1)
      while ((await cells.count()) < rows * parts.length) await root.getByRole('button').last().click()
      for (const [nth, part] of Array.from({ length: rows }, () => parts)
        .flat()
        .entries()) {
        const kind = 'cellType' in part ? String(part.cellType) : part.type
        if (kind === 'dropdown') await cells.nth(nth).selectOption({ index: 1 })
        else if (kind === 'text' || kind === 'comment') await cells.nth(nth).fill(text(part))
        else throw new Error(`nobody knows how to fill in ${kind} in a table`)
      }
      return
    }
    throw new Error(`nobody knows how to fill in ${type}`)
  }
  const groups = (form as { pages: { elements: Question[] }[] }).pages
  for (const [nth, group] of groups.entries()) {
    for (const one of flat(group.elements)) {
      if (one.from !== undefined || !one.isRequired) continue
      await set(page.locator(`[data-name="${one.name}"]`).first(), one)
    }
    if (nth < groups.length - 1) await page.getByRole('button', { name: /^下一/ }).click()
  }
}

const PDF = {
  name: '材料.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n'),
}

/** On the phone: what is asked, the files, the form, handed in. */
async function applied(callId: string, definition: Definition, nth: number) {
  const school = definition.applicant === 'organisation'
  const page = school ? await as('principal-0') : await as(`t0000${nth + 1}`, phone)
  await go(page, school ? `/school/calls/${callId}` : `/my/calls/${callId}`)
  await press(page, '开始填写')
  await page.waitForURL(/\/my\/applications\/[0-9a-f-]{36}/)
  for (const { title } of definition.materials.filter(({ required }) => required)) {
    await page.locator('.app-materials li', { hasText: title.zh }).locator('input[type=file]').setInputFiles(PDF)
    await page.locator('.app-materials li', { hasText: title.zh }).getByText(PDF.name).waitFor()
  }
  await fillIn(page, definition.form)
  await press(page, '检查并提交')
  const wrong = page.locator('.q-form-wrong')
  await page.getByRole('dialog').or(wrong).first().waitFor()
  if (await wrong.isVisible()) throw new Error((await wrong.textContent()) ?? '')
  await inDialog(page, '确认提交')
  await closed(page)
}

/** A meeting on all that wait, its members drawn by lot, as many as the call asks. */
async function convened(page: Page, callId: string): Promise<string> {
  await go(page, '/decisions')
  await page.locator(`a[href*="/panels/new"][href*="${callId}"]`).first().click()
  const asks = await page.getByText(/成员不少于 \d+ 人/).textContent()
  await page.getByLabel('会议名称').fill('评审会')
  await page.getByLabel('日期').fill('2024-01-31')
  await page.getByLabel('另随机抽取').fill(/不少于 (\d+) 人/.exec(asks!)![1]!)
  await press(page, '召集会议')
  await page.waitForURL(/\/panels\/[0-9a-f-]{36}/)
  return page.url().match(/[0-9a-f-]{36}/)![0]
}

/** The last member leaves seat and vote for the only case. @returns their name */
async function recused(page: Page): Promise<string> {
  await press(page, '登记回避')
  const members = page.getByRole('dialog').getByLabel('成员')
  const name = (await members.locator('option').last().textContent())!
  await members.selectOption({ label: name })
  await page.getByRole('dialog').locator('textarea').fill('曾共同主持课题')
  await inDialog(page, '登记回避')
  await closed(page)
  await page.getByText(`${name}（曾共同主持课题）`).waitFor()
  return name
}

/** What was filled in with a signature is read on the page of the case. */
async function reportRead(callId: string, login: string, report: Record<string, unknown>) {
  const { rows } = await sql<{ id: string }>`select id from cases.application where call_id = ${callId}`.execute(
    site.house.owner,
  )
  const page = await as(login)
  await go(page, `/cases/${callId}/${rows[0]!.id}`)
  const { pages } = report as { pages: { elements: { title: { default: string } }[] }[] }
  for (const { title } of pages.flatMap(({ elements }) => elements))
    await page.locator('.of-case-side').getByText(title.default, { exact: true }).waitFor()
  await page.locator('.of-case-side').getByText('教学改进与带教').first().waitFor()
}

/** What those who have the stage do there in the browser; what is left of it others do through the API. */
const STAGES: { [Kind in Stage['kind']]?: (callId: string, stage: Extract<Stage, { kind: Kind }>) => Promise<void> } = {
  check: async (callId, { id, by, signs, report }) => {
    for (const office of signs === 'all' ? by : by.slice(0, 1)) {
      const page = await as(loginOf(office))
      await go(page, `/cases?call=${callId}&stage=${id}`)
      await page.getByRole('checkbox').nth(1).check()
      await press(page, '同意')
      if (report) await fillIn(page, report)
      await inDialog(page, /^同意/)
      await closed(page)
    }
    if (report) await reportRead(callId, loginOf(by[0]!), report)
  },
  notice: async (callId, { by }) => {
    const page = await as(loginOf(by))
    await go(page, '/notices')
    await page.locator(`a[href*="/notices/publish/${callId}"]`).first().click()
    await page.waitForURL(/publish/)
    await press(page, '发布公示')
    await inDialog(page, '发布公示')
    await page.waitForURL(`${site.url}/notice/*`)
  },
  review: async (callId, { id, by, rubric }) => {
    const page = await as(loginOf(by))
    await go(page, `/reviews/rounds/${callId}/${id}`)
    await press(page, /^生成/)
    await press(page, /^分配/)
    await inDialog(page, /分配/)
    await closed(page)
    const { rows } = await sql<{
      login: string
    }>`select a.login from cases.review r join access.account a on a.id = r.account_id
      join cases.paper p on p.id = r.paper_id where p.call_id = ${callId} and r.state = 'assigned' order by a.login limit 1`.execute(
      site.house.owner,
    )
    const expert = await as(rows[0]!.login)
    await go(expert, '/reviews')
    await expert.getByText('1 号').first().click()
    for (const { title, most } of rubric)
      await expert
        .getByLabel(`${title.zh}：得分`)
        .or(expert.getByLabel(new RegExp(`^${title.zh}.*分`)))
        .first()
        .fill(String(most))
    await press(expert, '提交评审')
    await inDialog(expert, '提交评审')
    await closed(expert)
  },
  panel: async (callId, stage) => {
    const office = await as(loginOf(stage.by))
    const panelId = await convened(office, callId)
    await office.getByText('回避 0 人').first().waitFor()
    const kept = await recused(office)
    await press(office, '全部到会')
    await press(office, '登记到会并召开')
    await press(office, /^全部开始投票/)
    const { rows } = await sql<{ login: string; name: string }>`select a.login, s.name from cases.seat s
      join access.account a on a.id = s.account_id where s.panel_id = ${panelId} order by a.login`.execute(
      site.house.owner,
    )
    const seats = rows.length
    await office
      .getByText(
        `成员 ${seats} 人，回避 1 人，应计 ${seats - 1} 人；到会 ${seats} 人，其中回避 1 人，有表决权 ${seats - 1} 人`,
      )
      .waitFor()
    const member = await as(rows.find(({ name }) => name !== kept)!.login)
    await go(member, `/my/panels/${panelId}`)
    await press(member, '同意')
    await inDialog(member, '投“同意”票')
    await closed(member)
    await press(member, '核对选票')
    await member.getByText('已计入：同意').waitFor()
    await voteYes(walk, panelId)
    await office.getByText(`已投 ${seats - 1}/${seats - 1}`).waitFor()
    await press(office, /^全部计票/)
    await inDialog(office, '计票')
    await closed(office)
    await office.getByText(`同意 ${seats - 1}，不同意 0，弃权 0`).waitFor()
    await press(office, '结束会议')
    await inDialog(office, '结束会议')
    await closed(office)
    await press(member, '签字确认')
    await member.getByText(/^您已于/).waitFor()
    await signAll(walk, panelId)
    await office.getByText('纪要已签').first().waitFor()
  },
  decide: async (callId, { by }) => {
    const page = await as(loginOf(by))
    await go(page, '/decisions')
    await page.locator(`a[href*="/decisions/${callId}/decide"]`).first().click()
    await page.getByRole('checkbox').nth(1).check()
    await press(page, '审定同意')
    await inDialog(page, '审定同意')
    await closed(page)
  },
  file: async (callId, { by }) => {
    const page = await as(loginOf(by))
    await go(page, '/decisions')
    await page.locator(`a[href*="/decisions/${callId}/file"]`).first().click()
    await page.getByRole('checkbox').nth(1).check()
    await press(page, '归档')
    await inDialog(page, '归档')
    await closed(page)
  },
}

/** What an office makes a call of: what the packs offer under a name, or a text; `nth` of the first school's teachers applies. */
export type Tried = { office: string; nth?: number } & ({ template: string } | { source: string })

async function ends({ office, nth = 0, ...from }: Tried) {
  const callId = await published(office, from)
  const { definition } = await definitionOf(callId, office)
  await applied(callId, definition, nth)
  for (const stage of definition.stages) {
    await STAGES[stage.kind]?.(callId, stage as never)
    await walkStage(walk, callId, stage)
  }
  const { rows } = await sql<{
    state: string
    kinds: number
  }>`select a.state, (select count(*)::int from cases.designation d
    where d.application_id = a.id and d.kind = ${definition.result.kind}) as kinds from cases.application a where a.call_id = ${callId}`.execute(
    site.house.owner,
  )
  expect(rows).toEqual([{ state: 'filed', kinds: 1 }])
  const holder = definition.applicant === 'organisation' ? await as('principal-0') : await as(`t0000${nth + 1}`)
  await go(holder, definition.applicant === 'organisation' ? '/designations' : '/my/designations')
  await holder.getByText(definition.result.title.zh).first().waitFor()
  expect(company.troubles()).toEqual([])
}

/** Takes each of these calls through all of its stages, one after the other, in one house under this authority. */
export function takeThrough(authority: string, calls: Record<string, Tried>): void {
  beforeAll(() => open(authority), 180_000)
  afterAll(() => site?.close())
  it.each(Object.keys(calls))('%s', (name) => ends(calls[name]!))
}
