import { describe, expect, it } from 'vitest'
import { idNumberCheck } from '../../../base/id-number.ts'
import { completed, contradictions, type Line, type RosterValues, repeated } from './roster.ts'

const id = (birth: string, order: string): string => {
  const digits = `110105${birth}${order}`
  return digits + idNumberCheck(digits)
}
const row = (change: Partial<RosterValues> = {}): RosterValues => ({
  name: '张三',
  idType: null,
  idNumber: id('19900517', '001'),
  sex: null,
  birthDate: null,
  number: null,
  school: '一小',
  category: '11',
  basis: null,
  workSince: '2012-09-01',
  entered: '2012-09-01',
  stages: ['2'],
  subjects: ['13'],
  title: null,
  posts: null,
  ...change,
})
const all = new Set(['stages', 'subjects'])
const codes = (change: Partial<RosterValues>, sent: ReadonlySet<string> = all) =>
  contradictions(row(change), sent, '2023-03-01').map(({ key, code }) => `${key} ${code}`)

describe('one row', () => {
  it.each<[string, Partial<RosterValues>, string[]]>([
    ['nothing', {}, []],
    ['a passport is no resident card', { idType: 'A', idNumber: 'E12345678', birthDate: '1990-01-01' }, []],
    ['sixteen on the day', { workSince: '2006-05-17', entered: '2006-05-17' }, []],
    ['a day short of sixteen', { workSince: '2006-05-16', entered: '2006-05-16' }, ['workSince records.too_young']],
    [
      'the entry counts where the work date is not known',
      { workSince: null, entered: '2006-05-16' },
      ['entered records.too_young'],
    ],
    ['working before being born', { workSince: '1990-05-16' }, ['workSince records.work_before_birth']],
    ['sex not stated is no contradiction', { sex: '9' }, []],
    ['another sex', { sex: '2' }, ['sex records.sex_differs']],
    ['another birth date', { birthDate: '1990-05-18' }, ['birthDate records.birth_differs']],
    [
      'a number with a wrong check digit says nothing else',
      { idNumber: '110105199005170010', sex: '1', birthDate: '1970-01-01' },
      ['idNumber sheets.id_number_check_digit'],
    ],
    [
      'born tomorrow',
      { idNumber: id('20230302', '001'), workSince: null, entered: null },
      ['idNumber sheets.id_number_birth_date'],
    ],
    ['no key at all', { idNumber: null }, ['null records.not_identifiable']],
    ['a birth date is enough', { idNumber: null, birthDate: '1990-01-01' }, []],
    ['a character that takes two code units is one', { name: '𠮷' }, ['name records.name_short']],
  ])('%s', (_, change, expected) => expect(codes(change)).toEqual(expected))

  it('asks for stage and subject together only where both columns are there', () => {
    expect(codes({ subjects: null })).toEqual(['subjects records.subject_missing'])
    expect(codes({ stages: [] })).toEqual(['stages records.stage_missing'])
    expect(codes({ subjects: null }, new Set(['stages']))).toEqual([])
  })

  it('fills birth and sex from a resident card alone, and tells 信息技术 of senior secondary', () => {
    expect(completed(row())).toMatchObject({ birthDate: '1990-05-17', sex: '1' })
    expect(completed(row({ idNumber: id('19900517', '002') })).sex).toBe('2')
    expect(completed(row({ idType: 'A' }))).toMatchObject({ birthDate: null, sex: null })
    expect(completed(row({ stages: ['4'], subjects: ['61', '14'] })).subjects).toEqual(['26', '14'])
    expect(completed(row({ stages: ['3', '4'], subjects: ['61'] })).subjects).toEqual(['61'])
  })
})

describe('all rows', () => {
  const line = (at: number, change: Partial<RosterValues>, orgId: string | null = 'a'): Line => ({
    row: at,
    values: { ...row({ idNumber: null, birthDate: '1990-05-17' }), ...change },
    orgId,
  })
  const found = (...lines: Line[]) => repeated(lines).map(({ row: at, key, data }) => `${at} ${key} ${data?.other}`)

  it('names the other row each time', () => {
    expect(
      found(line(2, { idNumber: 'x' }), line(3, { number: '1' }), line(4, { idNumber: 'x', number: '1' })).sort(),
    ).toEqual(['2 idNumber 4', '3 number 4', '4 idNumber 2', '4 number 3'])
  })
  it('tells people with numbers of their own apart, and people at other schools', () => {
    expect(found(line(2, { number: '1' }), line(3, { number: '2' }))).toEqual([])
    expect(found(line(2, {}), line(3, {}, 'b'))).toEqual([])
    expect(found(line(2, {}), line(3, {}, null))).toEqual([])
  })
  it('blames the row that cannot be told from another', () => {
    expect(found(line(2, { number: '1' }), line(3, {}))).toEqual(['3 name 2'])
    expect(found(line(2, {}), line(3, { number: '1' }))).toEqual(['2 name 3'])
    expect(found(line(2, {}), line(3, {}))).toEqual(['2 name 3', '3 name 2'])
  })
})
