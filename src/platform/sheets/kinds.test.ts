import { describe, expect, test } from 'vitest'
import { addYears } from '../../base/dates.ts'
import type { Column } from './columns.ts'
import { readCell } from './kinds.ts'
import type { Cell } from './rows.ts'

const named = { key: 'k', header: { zh: '列', en: 'Column' } }
const sexes = [
  { code: '1', zh: '男', en: 'male' },
  { code: '2', zh: '女', en: 'female', aliases: ['女性'] },
]
const nations = new Map([
  ['01', { code: '01', zh: '汉族', en: 'Han', aliases: ['汉'] }],
  ['11', { code: '11', zh: '满族', en: 'Manchu' }],
])
const twins = [
  { code: 'A1', zh: '其他', en: 'other' },
  { code: 'B1', zh: '其他', en: 'other' },
]

const text: Column = { ...named, kind: 'text', maxLength: 5 }
const name: Column = { ...named, kind: 'text', personName: true }
const phone: Column = {
  ...named,
  kind: 'text',
  halfWidth: true,
  pattern: /1\d{10}/,
  hint: { zh: '11 位手机号', en: '11 digits' },
}
const sex: Column = { ...named, kind: 'code', table: sexes }
const nation: Column = { ...named, kind: 'code', table: nations }
const born: Column = { ...named, kind: 'date', min: '1900-01-01', max: (asOf) => addYears(asOf, -16) }
const hours: Column = { ...named, kind: 'decimal', scale: 1, min: '0', max: '200.5' }
const places: Column = { ...named, kind: 'integer', min: 1, max: 1000 }
const yesNo: Column = { ...named, kind: 'yesNo' }
const id: Column = { ...named, kind: 'idNumber' }
const custom: Column = {
  ...named,
  kind: 'custom',
  parse: (given, { asOf }) => (given.length > 2 ? { error: 'x.too_long', data: { asOf } } : { value: given.length }),
}

const t = (value: string): Cell => ({ type: 'text', text: value })
const n = (value: string): Cell => ({ type: 'number', text: value })

/** Column, what stands in the cell, on what day, expected value or `!code`. */
const cases: [string, Column, Cell, string, unknown][] = [
  ['blanks of all kinds go', text, t('\u00a0\u3000张 \t 三\u200b\ufeff '), '2023-03-01', '张 三'],
  ['one form of a character', text, t('e\u0301'), '2023-03-01', 'é'],
  ['characters beyond the basic plane count once', text, t('𠮷𠮷𠮷𠮷𠮷'), '2023-03-01', '𠮷𠮷𠮷𠮷𠮷'],
  ['rare characters survive', text, t('䶮𬭚'), '2023-03-01', '䶮𬭚'],
  ['one too many', text, t('一二三四五六'), '2023-03-01', '!sheets.too_long'],
  ['full-width stays unless asked', text, t('Ａ１'), '2023-03-01', 'Ａ１'],
  ['line breaks become blanks', text, t('一\r\n二'), '2023-03-01', '一 二'],
  ['line breaks are kept on request', { ...text, lines: true }, t('一 \r\n 二'), '2023-03-01', '一\n二'],
  ['a number as text', text, n('007'), '2023-03-01', '007'],
  ['a long number as text', text, n('6222020000000000000'), '2023-03-01', '!sheets.digits_lost'],
  ['NUL and control characters', text, t('a\u0000\u0007b'), '2023-03-01', 'ab'],
  ['a formula-like text is text', { ...text, maxLength: 20 }, t('=1+1'), '2023-03-01', '=1+1'],
  ['an aligned name', name, t('张　 三'), '2023-03-01', '张三'],
  ['an aligned rare name', name, t('𠮷 䶮'), '2023-03-01', '𠮷䶮'],
  ['a foreign name keeps its blank', name, t('John  Smith'), '2023-03-01', 'John Smith'],
  ['one middle dot', name, t('买买提•艾力'), '2023-03-01', '买买提·艾力'],
  ['another middle dot', name, t('买买提・艾力'), '2023-03-01', '买买提·艾力'],
  ['full-width digits where asked', phone, t('１３８００００００００'), '2023-03-01', '13800000000'],
  ['a number as telephone number', phone, n('13800000000'), '2023-03-01', '13800000000'],
  ['the pattern covers all of it', phone, t('138000000001'), '2023-03-01', '!sheets.not_as_expected'],

  ['a code', sex, t('1'), '2023-03-01', '1'],
  ['a code from a number cell', sex, n('2'), '2023-03-01', '2'],
  ['a Chinese label', sex, t(' 男 '), '2023-03-01', '1'],
  ['an English label', sex, t('Female'), '2023-03-01', '2'],
  ['an alias', sex, t('女性'), '2023-03-01', '2'],
  ['the dropped zero', nation, n('1'), '2023-03-01', '01'],
  ['code and label', nation, t('01-汉族'), '2023-03-01', '01'],
  ['label and code', nation, t('汉族（01）'), '2023-03-01', '01'],
  ['code and label that disagree', nation, t('01-满族'), '2023-03-01', '!sheets.code_unknown'],
  ['no such label', nation, t('汉族人'), '2023-03-01', '!sheets.code_unknown'],
  [
    'one label for two codes',
    { ...named, kind: 'code', table: twins },
    t('其他'),
    '2023-03-01',
    '!sheets.code_ambiguous',
  ],

  ['the youngest allowed', born, t('2007-03-01'), '2023-03-01', '2007-03-01'],
  ['a day too young', born, t('2007-03-02'), '2023-03-01', '!sheets.date_too_late'],
  ['the same a day later', born, t('2007-03-02'), '2023-03-02', '2007-03-02'],
  ['before the first day', born, t('1899-12-31'), '2023-03-01', '!sheets.date_too_early'],
  ['no such day', born, t('2000-02-30'), '2023-03-01', '!sheets.date_impossible'],
  ['no day at all', born, t('约 1980'), '2023-03-01', '!sheets.date_unreadable'],
  ['only a month', born, t('1980.5'), '2023-03-01', '!sheets.date_without_day'],

  ['an exact decimal', hours, t('12.5'), '2023-03-01', '12.5'],
  ['a double', hours, n('0.3'), '2023-03-01', '0.3'],
  ['full-width and commas', hours, t('　１２．５ '), '2023-03-01', '12.5'],
  ['too many decimals', hours, n('12.55'), '2023-03-01', '!sheets.too_many_decimals'],
  ['zeros do not count as decimals', hours, t('12.50'), '2023-03-01', '12.50'],
  ['below', hours, n('-1'), '2023-03-01', '!sheets.number_too_small'],
  ['above', hours, t('200.6'), '2023-03-01', '!sheets.number_too_large'],
  ['with a unit', hours, t('12学时'), '2023-03-01', '!sheets.number_unreadable'],
  ['a date is no number', hours, { type: 'date', text: '2023-02-28' }, '2023-03-01', '!sheets.number_unreadable'],

  ['an integer', places, n('60'), '2023-03-01', 60],
  ['an integer as text', places, t('1,000'), '2023-03-01', 1000],
  ['12.0 is whole', places, t('12.0'), '2023-03-01', 12],
  ['12.5 is not', places, n('12.5'), '2023-03-01', '!sheets.not_whole'],
  ['none', places, n('0'), '2023-03-01', '!sheets.number_too_small'],

  ['yes', yesNo, t('是'), '2023-03-01', true],
  ['a tick', yesNo, t('√'), '2023-03-01', true],
  ['YES', yesNo, t('YES'), '2023-03-01', true],
  ['a boolean', yesNo, { type: 'boolean', text: 'TRUE' }, '2023-03-01', true],
  ['no', yesNo, t('否'), '2023-03-01', false],
  ['zero', yesNo, n('0'), '2023-03-01', false],
  ['perhaps', yesNo, t('待定'), '2023-03-01', '!sheets.yes_no_unreadable'],

  ['an identity number', id, t('11010519491231002X'), '2023-03-01', '11010519491231002X'],
  ['small x, blanks, full-width', id, t(' １１０１０５ 19491231 002x'), '2023-03-01', '11010519491231002X'],
  ['typed apostrophe', id, t("'11010519491231002X"), '2023-03-01', '11010519491231002X'],
  ['lost in a number cell', id, n('440524188001010000'), '2023-03-01', '!sheets.id_number_lost_digits'],
  ['lost and pasted as text', id, t('4.40524E+17'), '2023-03-01', '!sheets.id_number_lost_digits'],
  ['15 digits', id, n('110105491231002'), '2023-03-01', '!sheets.id_number_length'],
  ['check digit', id, t('110105194912310021'), '2023-03-01', '!sheets.id_number_check_digit'],
  ['not yet born', id, t('510105202303010015'), '2023-02-28', '!sheets.id_number_birth_date'],
  ['born today', id, t('510105202303010015'), '2023-03-01', '510105202303010015'],

  ['own parser', custom, t(' ab '), '2023-03-01', 2],
  ['own refusal', custom, t('abc'), '2023-03-01', '!x.too_long'],
  [
    'own parser gets dates as text',
    { ...custom, parse: (d) => ({ value: d }) },
    { type: 'date', text: '2023-02-28' },
    '2023-03-01',
    '2023-02-28',
  ],

  ['an error in the cell', text, { type: 'error', text: '#N/A' }, '2023-03-01', '!sheets.error_cell'],
  [
    'a formula that nobody computed',
    hours,
    { type: 'formula', text: '' },
    '2023-03-01',
    '!sheets.formula_not_computed',
  ],
]

describe('cells by kind of column', () => {
  test.each(cases)('%s', (_name, column, cell, asOf, expected) => {
    const read = readCell(column, cell, { asOf, locale: 'zh-CN' })
    expect('value' in read ? read.value : `!${read.error}`).toBe(expected)
  })

  test('a code that is none tells what there is', () => {
    const read = readCell(sex, t('无'), { asOf: '2023-03-01', locale: 'zh-CN' })
    expect(read).toMatchObject({ data: { choices: { zh: '男、女', en: 'male, female' } } })
  })
})
