/** The policy library from a figure to its clause and the rules it is in; two packs side by side; a rule rewritten in a draft; and paper of it all. */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../harness/pdf-text.ts'
import { openSite, type Site } from '../harness/site.ts'
import { closed, companyOf, dialog, downloaded, inDialog, phone, press } from './steps.ts'

const TOTAL = 'training.credit.cycle_total'
const SET = 'training.credit.cycle'
let site: Site
beforeAll(async () => {
  site = await openSite()
  // The district next door has the city's rules, so that these are not the first district's alone.
  await sql`update directory.organisation set authority = 'chongqing' where id = ${site.world.other.id}`.execute(
    site.house.owner,
  )
}, 180_000)
afterAll(() => site?.close())
const { visit, troubles } = companyOf(() => site)
const noSideways = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
const pdf = async (page: Page, doing: () => Promise<unknown>) => {
  const file = await downloaded(page, doing)
  return textOf(await readFile(await file.path()))
    .join('')
    .replaceAll(/\s/g, '')
}

describe('the library', () => {
  let page: Page

  it('leads from the list by domain to a parameter: what holds where, its steps, its clause, its rules and screens', async () => {
    page = await visit('commission-d')
    await page.getByRole('link', { name: '政策库' }).first().click()
    await page.getByRole('heading', { name: '政策库', level: 1 }).waitFor()
    await page.goto(`${site.url}/policy/library?domain=training&q=周期学分下限`)
    await page.getByRole('link', { name: '五年周期学分下限' }).first().click()
    await page.getByRole('heading', { name: '五年周期学分下限', level: 1 }).waitFor()
    await page.locator('.pol-holds li', { hasText: '适用：重庆市、重庆市黔江区' }).getByText('120 学分').waitFor()
    await page.locator('.pol-holds li', { hasText: '本单位适用' }).getByText('重庆市自2019年1月1日起').waitFor()
    await page.locator('.q-chart svg').first().waitFor()
    await page.getByRole('button', { name: '看表格' }).click()
    await page.getByRole('rowheader', { name: '2021年1月1日' }).waitFor()
    await page.getByRole('tab', { name: '重庆市', exact: true }).click()
    await page.getByRole('tabpanel').getByText('渝教师发〔2019〕4号').first().waitFor()
    await page.getByRole('link', { name: '学分年度审核' }).last().waitFor()
    await page.getByRole('link', { name: '五年周期学分达标' }).nth(1).click()
    await page.getByRole('heading', { name: '规定汇编', level: 1 }).waitFor()
    await page.getByText('credits.cycle >= param.training.credit.cycle_total').first().waitFor()
    expect(await page.locator('.pol-rule').count()).toBe(1)
  })

  it('prints the rules that are shown', async () => {
    const text = await pdf(page, () => press(page, '打印汇编'))
    for (const part of ['文件原文与出处', '五年周期学分达标', '渝教师发〔2019〕4号', '120学分', '第1页'])
      expect(text).toContain(part)
  })

  it('sets two packs side by side', async () => {
    await page.getByRole('link', { name: '版本比较' }).click()
    await page.getByText('请选择两个版本').waitFor()
    const choose = async (label: string, name: RegExp) => {
      const option = page.getByLabel(label, { exact: true }).getByRole('option', { name })
      await page.getByLabel(label, { exact: true }).selectOption((await option.first().getAttribute('value'))!)
    }
    await choose('比较前', /^重庆市·现行/)
    await choose('比较后', /^北京市·现行/)
    const total = page.locator('.pol-diff > li', { hasText: '五年周期学分下限' })
    await total.getByText('120 学分').first().waitFor()
    await total.getByText('36 学分').first().waitFor()
    await page.getByText('仅比较后有').waitFor()
  })

  it('fits on a phone and speaks English', async () => {
    const small = await visit('auditor-d', phone)
    await small.getByRole('button', { name: 'English' }).click()
    await small.getByRole('button', { name: '中文' }).waitFor()
    for (const [path, said] of [
      [`/policy/library/parameters/${TOTAL}`, 'What holds where on'],
      [`/policy/library/rules?set=${SET}`, 'Judged by: Credits in the cycle'],
      ['/policy/library?domain=training', 'training.checkin.code_seconds'],
      ['/policy/library/compare', 'Choose two versions'],
    ] as const) {
      await small.goto(`${site.url}${path}`)
      await small.getByText(said).first().waitFor()
      await noSideways(small)
    }
  })
})

describe('a rule is rewritten in a draft', () => {
  let page: Page
  const editor = () => page.locator('.cm-content').first()

  it('marks what is wrong at its place, while it is typed', async () => {
    const { policy } = await site.world.as('trainer@district')
    const { draftId } = await policy.createDraft({
      orgId: site.world.district.id,
      title: '改写条件',
      from: '2024-01-01',
    })
    page = await visit('trainer-d')
    await page.goto(`${site.url}/policy/drafts/${draftId}/sets/${SET}`)
    await press(page, /^周期内累计学分不少于规定下限/)
    await page.getByText('可以判断').first().waitFor()
    await editor().fill('credits.cycel >= 1')
    await page.getByText('第 1 个字符起：没有事实 credits.cycel').waitFor()
    await expect.poll(() => page.locator('.cm-lintRange-error').first().textContent()).toBe('credits.cycel')
  })

  it('completes names by what they are called', async () => {
    await editor().fill('')
    await editor().pressSequentially('周期学分')
    const list = page.locator('.cm-tooltip-autocomplete')
    await list.getByText('credits.cycle', { exact: true }).waitFor()
    await list.getByText('credits.cycle', { exact: true }).click()
    await editor().pressSequentially(' >= param.training.credit.cycle_t')
    await list.getByText(`param.${TOTAL}`, { exact: true }).first().waitFor()
    // A list that has only just come up takes no keys, so that nobody accepts by chance what was not seen.
    await page.waitForTimeout(150)
    await page.keyboard.press('Tab')
    await expect.poll(() => editor().textContent()).toBe(`credits.cycle >= param.${TOTAL}`)
    await page.getByText('可以判断').first().waitFor()
  })

  it('runs the worked cases: all as expected, then one that differs and how', async () => {
    await page.getByLabel('与重庆市同名规定的关系').selectOption('tightens')
    await press(page, '运行案例')
    await page.getByText(/个案例，0 个结论不同/).waitFor()
    await editor().fill(`credits.cycle >= param.${TOTAL} + 1`)
    await page.getByText('案例运行之后又有改动').waitFor()
    await press(page, '运行案例')
    const failed = page.locator('.pol-cases li', { hasText: '不一致' })
    await failed
      .filter({ hasText: '120 学分，其中集中培训 20，恰好达标' })
      .getByText('结论：应为“符合”，得出“不符合”')
      .waitFor()
  })

  it('asks before one leaves with something unsaved: by a link, or with the window', async () => {
    const typed = await editor().textContent()
    await page.getByRole('link', { name: '返回草案' }).click()
    await dialog(page).getByText('这项规定的改动尚未保存到草案').waitFor()
    await inDialog(page, '取消')
    await closed(page)
    const asked = new Promise<string>((resolve) =>
      page.once('dialog', (leaving) => {
        resolve(leaving.type())
        void leaving.dismiss()
      }),
    )
    await page.close({ runBeforeUnload: true })
    expect(await asked).toBe('beforeunload')
    expect(await editor().textContent()).toBe(typed)
  })

  it('saves what can be read, and says what cannot', async () => {
    await page.getByLabel('条件表述（英文）').first().fill('')
    await press(page, '保存到草案')
    await page.getByText(/此规定有 1 处问题/).waitFor()
    await page.getByLabel('条件表述（英文）').first().fill('One credit more than asked for')
    await press(page, '保存到草案')
    await page.getByText('已保存到草案').waitFor()
    await page.reload()
    await page.getByText(`credits.cycle >= param.${TOTAL} + 1`).first().waitFor()
    // What is saved is left unasked.
    await page.getByRole('link', { name: '返回草案' }).click()
    await page.getByRole('heading', { name: '改写条件', level: 1 }).waitFor()
    await page.goBack()
    await page.getByText(`credits.cycle >= param.${TOTAL} + 1`).first().waitFor()
    await page.setViewportSize(phone)
    await noSideways(page)
  })
})

describe('a rule that nobody had is written in a draft', () => {
  let page: Page
  const fold = (name: string) => page.locator('.pol-fold', { has: page.getByRole('button', { name }) }).last()
  /** The fields of a part that stands open. */
  const condition = async (part: ReturnType<typeof fold>, words: string, test: string) => {
    await part.locator('.cm-content').fill(test)
    await part.getByLabel('条件表述（英文）').fill(`In English: ${words.length}`)
    await part.getByLabel('条件表述（中文）').fill(words)
  }

  it('begins with its title and first condition; what is missing or wrong is told in its place', async () => {
    const { policy } = await site.world.as('trainer@district')
    const { draftId } = await policy.createDraft({
      orgId: site.world.district.id,
      title: '外出研修办法',
      from: '2024-01-01',
      basis: { document: '关于教师外出研修的规定', number: '测教〔2023〕9号' },
    })
    page = await visit('trainer-d')
    await page.goto(`${site.url}/policy/drafts/${draftId}`)
    await page.getByRole('link', { name: '新增规定' }).click()
    await page.getByRole('heading', { name: '新增规定', level: 1 }).waitFor()
    await press(page, '建立规定')
    await page.getByText(/此规定有 6 处问题/).waitFor()
    await page.getByLabel('名称（中文）').fill('外出研修')
    await page.getByLabel('名称（英文）').fill('Study leave')
    await condition(page.locator('.pol-author'), '本周期学分不少于六十学分', 'credits.cycel >= 60')
    await page.getByText('第 1 个字符起：没有事实 credits.cycel').waitFor()
    // What was empty before is known to be filled in.
    await page.getByText(/此规定有 1 处问题/).waitFor()
    await press(page, '建立规定')
    await page.locator('.cm-content:focus').waitFor()
    await page.locator('.cm-content').first().fill('credits.cycle >= 60')
    await page.getByText('没有发现问题。').waitFor()
    await press(page, '建立规定')
    await page.getByRole('heading', { name: '外出研修', level: 1 }).waitFor()
    expect(page.url()).toContain('/sets/training.study_leave')
  })

  it('gets two further outcomes in their order, and a consequence; what was taken away can be had back', async () => {
    for (const [title, test] of [
      ['暂缓', 'credits.cycle < 40'],
      ['不合格', 'credits.cycle < 20'],
    ] as const) {
      await press(page, '添加结论')
      await fold('新结论').getByLabel('结论名称（中文）').fill(title)
      await fold(title).getByLabel('结论名称（英文）').fill(`Outcome ${title.length}`)
      await condition(fold('新条件'), `学分过低：${title}`, test)
    }
    await press(page, '上移：不合格')
    await press(page, '添加后果')
    await fold('新后果').getByLabel('后果（中文）').fill('不得参加外出研修')
    await fold('不得参加外出研修').getByLabel('后果（英文）').fill('No study leave')
    await press(page, '删除此后果')
    await page.getByText('已删除：不得参加外出研修').waitFor()
    await press(page, '撤销')
    await page.getByRole('button', { name: '不得参加外出研修', exact: false }).first().waitFor()
    await page.getByText('没有发现问题。').waitFor()
    await press(page, '保存到草案')
    await page.getByText('已保存到草案').waitFor()
    await page.reload()
    await page.getByRole('button', { name: '上移：暂缓' }).waitFor()
    const order = await page.locator('.pol-fold[data-at^="versions.0.grades"] > .pol-fold-head b').allTextContents()
    expect(order).toEqual(['不合格', '暂缓'])
  })

  it('runs a case of its own', async () => {
    await press(page, '添加案例')
    await fold('新案例').getByLabel('案例名称').fill('三十学分应暂缓')
    const written = fold('三十学分应暂缓')
    await written.getByLabel('本周期学分').fill('30')
    await written.getByLabel('应得结论').selectOption({ label: '不合格' })
    await page.getByText('没有发现问题。').waitFor()
    await press(page, '运行案例')
    await page.getByText('结论：应为“不合格”，得出“暂缓”').waitFor()
    await written.getByLabel('应得结论').selectOption({ label: '暂缓' })
    await page.getByText('案例运行之后又有改动').waitFor()
    await page.getByText('没有发现问题。').waitFor()
    await press(page, '运行案例')
    await page.getByText('共 1 个案例，0 个结论不同').waitFor()
    await press(page, '保存到草案')
    await page.getByText('未保存', { exact: true }).waitFor({ state: 'detached' })
    await page.setViewportSize(phone)
    await noSideways(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('and is taken out of the draft again', async () => {
    await press(page, '删除此规定')
    await page.getByRole('dialog').getByRole('button', { name: '删除此规定' }).click()
    await page.getByText('还没有改动').waitFor()
  })
})

it('a teacher reads first what is missing and what to do, and prints it', async () => {
  const page = await visit(site.world.teachers[0]![2]!.number.toLowerCase(), phone)
  await page.goto(`${site.url}/my/credits`)
  await page.getByRole('button', { name: '周期学分达标情况与依据' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('最短途径').waitFor()
  expect(await sheet.locator('h3').allTextContents()).toEqual([
    '还差什么',
    '最短途径',
    '最早何时符合',
    '全部条件（2 项）',
  ])
  const text = await pdf(page, () => sheet.getByRole('button', { name: '打印说明' }).click())
  for (const part of [site.world.teachers[0]![2]!.name, '不符合', '还差120学分', '渝教师发〔2019〕4号', 'chongqing@'])
    expect(text).toContain(part)
  expect(troubles()).toEqual([])
})
