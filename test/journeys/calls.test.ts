/** Every call of the packs, and one that is only a text, from the draft to the filed result, by the people who have each step, in the browser. */
import { sql } from 'kysely'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/platform/access/index.ts'
import type { Definition, Office, Stage } from '../../src/platform/cases/contract/definition.ts'
import { peopleForCalls, type Walk, walkStage } from '../harness/call-walk.ts'
import { INVENTED } from '../harness/invented-call.ts'
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

/** What one of those who have the stage does there in the browser; what is left of it others do through the API. */
const STAGES: { [Kind in Stage['kind']]?: (callId: string, stage: Extract<Stage, { kind: Kind }>) => Promise<void> } = {
  check: async (callId, { id, by, report }) => {
    if (report) return
    const page = await as(loginOf(by[0]!))
    await go(page, `/cases?call=${callId}&stage=${id}`)
    await page.getByRole('checkbox').nth(1).check()
    await press(page, '同意')
    await inDialog(page, /^同意/)
    await closed(page)
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

async function ends(office: string, from: { template: string } | { source: string }, nth: number) {
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

describe('under a district of Chongqing', () => {
  beforeAll(() => open('qianjiang'))
  afterAll(() => site?.close())
  it.each(['高级教师职称评审', '第7批区级骨干教师对象遴选', '名师与班主任工作室评选'])('%s', (template) =>
    ends('commission-d', { template }, 0),
  )
  it('one that is only a text', () => ends('trainer-d', { source: INVENTED }, 1))
})

describe('under Beijing', () => {
  beforeAll(() => open('beijing'))
  afterAll(() => site?.close())
  it.each(['市级学科教学带头人和骨干教师评选', '北京市优秀教师、优秀教育工作者评选', '校本研修示范校评选', '案例征集'])(
    '%s',
    (template) => ends('commission-c', { template }, 0),
  )
})
