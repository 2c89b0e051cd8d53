/** Policy on paper: a person's explanation and the rule book say all they must, in both languages, and only to those who may ask. */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alternativesIn, conditionsIn } from '../../src/platform/policy/contract/ways.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { textOf } from '../harness/pdf-text.ts'
import { buildWorld, refusalOf, type World } from '../harness/world.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
})
afterAll(() => house?.close())

async function textIn(file: File, name: string): Promise<string> {
  const bytes = Buffer.from(await file.arrayBuffer())
  expect(file.type).toBe('application/pdf')
  if (process.env.KEEP) await writeFile(`${process.env.KEEP}/${name}.pdf`, bytes)
  return textOf(bytes).join('\n')
}

const decided = { set: 'training.credit.cycle', asOf: '2022-12-31', purpose: '年度学分审核' }

describe('an explanation', () => {
  const ask = (locale: 'zh-CN' | 'en') => ({
    set: 'training.credit.cycle',
    personId: world.teachers[0]![0]!.id,
    asOf: '2023-12-31',
    locale,
  })

  it('says who, what, why, by what clause and version, and what is missing', async () => {
    const file = await (await world.as(world.teachers[0]![0]!.account)).policy.printExplanation(ask('zh-CN'))
    const text = await textIn(file, 'why-zh')
    for (const part of [
      '条件符合情况说明',
      '五年周期学分达标',
      world.teachers[0]![0]!.name,
      world.teachers[0]![0]!.number,
      '第一小学',
      '2023年12月31日',
      '不符合',
      '还差什么',
      '还差 120学分',
      '最短途径',
      '参加培训，补足所缺学分',
      '周期内累计学分不少于规定下限',
      '其中区县级及以上集中培训学分不少于规定下限',
      '渝教师发〔2019〕4号',
      '公开引文',
      '所用标准',
      '五年周期学分下限',
      'chongqing@',
      '第 1 页　共 1 页',
      '2023年3月1日由',
    ])
      expect(text.replaceAll(' ', '')).toContain(part.replaceAll(' ', ''))
    expect(file.name).toMatch(/^条件符合情况说明 五年周期学分达标 .*\.pdf$/)
  })

  it('as known on a day says that nothing newer was considered, and what stands behind the facts', async () => {
    const clerk = (await world.as('clerk@0')).policy
    const known = async (locale: 'zh-CN' | 'en') =>
      (
        await textIn(await clerk.printExplanation({ ...ask(locale), knownOn: '2023-02-28' }), `known-${locale}`)
      ).replaceAll(' ', '')
    const text = await known('zh-CN')
    for (const part of [
      '所知截至',
      '2023年2月28日（此后录入、更正的信息和此后采用的规定未计入）',
      '数据来源',
      '0条本周期学分记录',
    ])
      expect(text).toContain(part)
    expect(await known('en')).toContain('28February2023(nothingentered,correctedoradoptedsincethenisconsidered)')
  })

  it('speaks English', async () => {
    const file = await (await world.as('clerk@0')).policy.printExplanation(ask('en'))
    const text = await textIn(file, 'why-en')
    for (const part of [
      'How the conditions are met',
      'What is missing',
      '120 credits missing',
      'Page 1 of',
      '31 December 2023',
    ])
      expect(text).toContain(part)
  })

  it('of a decision stays as it stood, whoever changes the records later', async () => {
    const personId = world.teachers[0]![1]!.id
    const commission = (await world.as('commission@district')).policy
    await commission.decide({ ...decided, orgId: world.schools[0].id, personIds: [personId] })
    const { policy } = await world.as(world.teachers[0]![1]!.account)
    const [decision] = await policy.decisions({ personId })
    const { set } = decided
    const print = () => policy.printExplanation({ set, personId, decisionId: decision!.id, locale: 'zh-CN' })
    const text = await textIn(await print(), 'decision')
    for (const part of ['作出决定', '2023年3月1日commission', '还差120学分', '渝教师发〔2019〕4号'])
      expect(text.replaceAll(' ', '')).toContain(part)
    const stranger = (await world.as('clerk@2')).policy
    expect(
      await refusalOf(stranger.printExplanation({ set, personId, decisionId: decision!.id, locale: 'zh-CN' })),
    ).toBe('not_found not_found')
  })

  it('is not for others', async () => {
    const { policy } = await world.as('clerk@2')
    expect(await refusalOf(policy.printExplanation(ask('en')))).toBe('not_found not_found')
  })

  it('shows every way to a yes with all its conditions, and the other ways as such', async () => {
    const senior = { set: 'title.senior', personId: world.teachers[0]![0]!.id, asOf: '2023-12-31' }
    const { policy } = await world.as(world.teachers[0]![0]!.account)
    const { needs, way } = await policy.explain(senior)
    const others = alternativesIn(needs, new Set(way))
    expect(others.length).toBeGreaterThan(1)
    for (const locale of ['zh-CN', 'en'] as const) {
      const bare = (await textIn(await policy.printExplanation({ ...senior, locale }), `senior-${locale}`)).replaceAll(
        /\s/g,
        '',
      )
      const language = locale === 'en' ? 'en' : 'zh'
      for (const { says } of [...conditionsIn(needs), ...others.flat()])
        expect(bare).toContain(says[language].replaceAll(/\s/g, ''))
      for (const part of locale === 'en' ? ['Otherways', 'Way1:', 'isenough'] : ['其他途径', '途径1', '项即可'])
        expect(bare).toContain(part)
    }
  })

  it('of a school says which, and is for those who reach it', async () => {
    const school = { set: 'staffing.established', orgId: world.schools[0].id, asOf: '2023-12-31' }
    const { policy } = await world.as('principal@0')
    const file = await policy.printExplanation({ ...school, locale: 'zh-CN' })
    expect(file.name).toBe('条件符合情况说明 中小学教职工编制标准 第一小学.pdf')
    const text = (await textIn(file, 'school-zh')).replaceAll(/\s/g, '')
    for (const part of ['学校（单位）第一小学', '隶属测试区', '在编人数', '中央编办发〔2014〕72号', 'national@'])
      expect(text).toContain(part)
    expect(text).not.toContain('工号')
    const english = await textIn(await policy.printExplanation({ ...school, locale: 'en' }), 'school-en')
    for (const part of ['School or institution', 'Established posts of a school']) expect(english).toContain(part)
    for (const who of ['principal@1', 'commission@other', world.teachers[0]![0]!.account]) {
      const other = (await world.as(who)).policy
      expect(await refusalOf(other.printExplanation({ ...school, locale: 'en' }))).toBe('not_found not_found')
    }
    const personId = world.teachers[0]![0]!.id
    await expect(policy.printExplanation({ ...school, personId, locale: 'en' })).rejects.toThrow()
  })
})

describe('the rule book', () => {
  it('has every set in force, text beside rule, by chapter', async () => {
    const { policy } = await world.as('commission@district')
    const ask = { authority: 'beijing', asOf: '2026-09-01' }
    const sets = await policy.requirements(ask)
    const text = await textIn(await policy.printRules({ ...ask, locale: 'zh-CN' }), 'rules-zh')
    const bare = text.replaceAll(/\s/g, '')
    expect(sets.length).toBeGreaterThan(3)
    for (const { title, consequences } of sets) {
      expect(bare).toContain(title.zh.replaceAll(/\s/g, ''))
      for (const { says } of consequences) expect(bare).toContain(says.zh.replaceAll(/\s/g, ''))
    }
    for (const part of ['文件原文与出处', '判断条件', '教师培训', '职称评审', 'beijing@', '第1页'])
      expect(bare).toContain(part)
    await textIn(await policy.printRules({ ...ask, locale: 'en' }), 'rules-en')
  })

  it('is of the authority asked for, whoever wrote its first rule, and of the domain shown', async () => {
    const { policy } = await world.as('commission@district')
    const ask = { authority: 'beijing', asOf: '2026-09-01', domain: 'title', locale: 'zh-CN' as const }
    const file = await policy.printRules(ask)
    expect(file.name).toBe('规定汇编 北京市 职称评审 2026-09-01.pdf')
    const text = (await textIn(file, 'rules-domain')).replaceAll(/\s/g, '')
    expect(text).toContain('北京市，2026年9月1日现行')
    expect(text).not.toContain('教师培训')
    const own = await policy.printRules({ orgId: world.district.id, asOf: '2026-09-01', locale: 'zh-CN' })
    expect(own.name).toMatch(/^规定汇编 重庆市黔江区 2026-09-01/)
  })

  it('prints one set alone, and refuses a day without rules', async () => {
    const { policy } = await world.as('commission@district')
    const one = { authority: 'chongqing', set: 'training.credit.cycle', asOf: '2023-12-31', locale: 'zh-CN' as const }
    const text = (await textIn(await policy.printRules(one), 'rule-one')).replaceAll(/\s/g, '')
    expect(text).toContain('五年周期学分达标')
    expect(text).not.toContain('年度学分进度')
    expect(await refusalOf(policy.printRules({ ...one, asOf: '1990-01-01' }))).toBe('refused policy.no_rules')
  })
})
