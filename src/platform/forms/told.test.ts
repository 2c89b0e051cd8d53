import { expect, test } from 'vitest'
import { answers, application, known } from './application.fixture.ts'
import { readForm } from './language/check.ts'
import { prefilled, withPrefill } from './prefill.ts'
import { told } from './told.ts'

const form = readForm(application)
const complete = withPrefill(form, answers, known)
const row = (rows: ReturnType<typeof told>, name: string) => rows.find(({ question }) => question === name)

test('answers are told in order, under their headings, in words', () => {
  const rows = told(form, complete.answers, 'zh-CN')
  expect(rows[0]).toEqual({ question: null, title: '基本情况', value: null, depth: 0 })
  expect(rows[1]).toEqual({ question: 'fullName', title: '姓名', value: '陈静怡', depth: 1 })
  expect(row(rows, 'sex')!.value).toBe('女')
  expect(row(rows, 'born')!.value).toBe('1984年9月12日')
  expect(row(rows, 'hired')!.value).toBe('2006年9月')
  expect(row(rows, 'heldLeave')!.value).toBe('否')
  expect(row(rows, 'promise')!.value).toBe('所填内容真实，材料无虚假、无违反师德师风的情形')
  expect(row(rows, 'classYears')).toMatchObject({ value: '8.5', depth: 2 })
  expect(row(rows, 'exceptionReason')).toBeUndefined()
  expect(row(rows, 'classNote')).toBeUndefined()
})
test('tables are told line by line and as tables', () => {
  const rows = told(form, complete.answers, 'en')
  expect(row(rows, 'awards')).toMatchObject({
    value:
      '1. Year: 2019; What: 市优质课一等奖; Level: City\n2. Year: 2021; What: 课堂革新奖; Level: Other; Given by: 市教育学会',
    table: {
      columns: ['Year', 'What', 'Level', 'Given by'],
      rows: [['2019', '市优质课一等奖', 'City', ''], expect.anything()],
    },
  })
  expect(row(rows, 'load')!.table!.rows[0]).toEqual(['First year', '14', '四年级（1）班', ''])
  expect(row(rows, 'hired')!.value).toBe('September 2006')
})

test('what the product knows is not asked, cannot be overwritten, and says where to correct it', () => {
  expect(prefilled(form)).toEqual([...Object.keys(known)])
  const { answers: kept, filled } = withPrefill(form, { fullName: '他人', sex: '1', phone: '1' }, known)
  expect(kept).toMatchObject({ fullName: '陈静怡', sex: '2', phone: '1', education: known['person.education'] })
  expect(filled[0]).toEqual({
    question: 'fullName',
    from: 'person.name',
    where: { zh: '请到“我的档案—更正申请”提出', en: 'Ask for correction under “My archive”' },
  })
  expect(filled.find(({ question }) => question === 'born')!.where).toBeNull()
})
test('what is not known is asked; what does not fit its question is asked and named', () => {
  const found = withPrefill(
    form,
    { born: '1984-09-12' },
    { 'person.sex': '9', 'person.born': null, 'person.education': [{ degree: 'x' }] },
  )
  expect(found).toEqual({ answers: { born: '1984-09-12' }, filled: [], unfit: ['person.sex', 'person.education'] })
})
