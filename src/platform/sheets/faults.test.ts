import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Fault } from './contract.ts'
import { faultAt, wording, wordingOfNotice } from './faults.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

const placement = {
  sheet: '名单',
  columns: { idNumber: { index: 3, letter: 'D', header: '身份证号码', sensitive: true } },
}

test('a fault is what the contract says', () => {
  const fault = faultAt(placement, 17, 'idNumber', 'sheets.id_number_check_digit', {}, '110105194912310021')
  expect(Fault.parse(fault)).toEqual({
    sheet: '名单',
    row: 17,
    column: { key: 'idNumber', letter: 'D', header: '身份证号码' },
    cell: 'D17',
    code: 'sheets.id_number_check_digit',
    data: {},
    value: '110105********0021',
  })
})

test('a code that nobody worded still gives a sentence', () => {
  expect(wording(faultAt(placement, 2, null, 'x.y'), 'zh-CN')).toBe('第 2 行：内容不符合要求（x.y）')
})

test('notices in both languages', () => {
  const notice = { sheet: '名单', code: 'sheets.hidden_rows', data: { count: 1 } }
  expect(wordingOfNotice(notice, 'zh-CN')).toContain('有 1 行')
  expect(wordingOfNotice(notice, 'en')).toContain('One hidden or filtered row was not read')
  expect(wordingOfNotice({ ...notice, data: { count: 3 } }, 'en')).toContain('3 hidden or filtered rows were')
})

test('both catalogs have the same keys and the same values to fill in', () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh))
  const slots = (text: string): string[] =>
    [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name!))].sort()
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect([key, slots(en[key])]).toEqual([key, slots(zh[key])])
})

test('every code in the source is worded, and every wording is used', () => {
  const folder = new URL('.', import.meta.url)
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const text = sources.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  const used = new Set([...text.matchAll(/'(sheets\.\w+)'/g)].map(([, code]) => code!))
  for (const [, reason] of text.matchAll(/wrong\('(\w+)'/g)) used.add(`sheets.${reason}`)
  for (const problem of ['length', 'characters', 'region', 'birth_date', 'check_digit'])
    used.add(`sheets.id_number_${problem}`)
  for (const problem of ['unreadable', 'impossible', 'without_day']) used.add(`sheets.date_${problem}`)
  for (const head of ['column', 'required', 'format', 'hint', 'choices']) used.add(`sheets.guide_${head}`)
  expect([...used].sort()).toEqual(Object.keys(zh).sort())
})
