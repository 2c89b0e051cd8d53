import { describe, expect, it } from 'vitest'
import { explainTarget, isEligible, monthsBefore, type TeacherFacts } from './target.ts'

const teacher: TeacherFacts = {
  category: '11',
  stages: ['3'],
  subjects: ['14'],
  title: 'level_1',
  posts: ['class_teacher'],
  honours: [],
  serviceFrom: '2018-09-01',
  hiredOn: '2018-09-01',
}

describe('who a class is for (Qianjiang 2023, part 3)', () => {
  it.each([
    // name, rule, facts, on, eligible
    ['teaches in compulsory schooling', { stages: ['2', '3'], categories: ['11'] }, {}, '2023-03-01', true],
    ['teaches senior secondary', { stages: ['4'] }, {}, '2023-03-01', false],
    ['class teacher', { posts: ['class_teacher'] }, {}, '2023-03-01', true],
    ['finance officer', { posts: ['finance_officer'] }, {}, '2023-03-01', false],
    [
      '3–5 years: the day before three years',
      { serviceYears: { from: 3, to: 5 } },
      { serviceFrom: '2020-09-01' },
      '2023-08-31',
      false,
    ],
    ['3–5 years: on the day', { serviceYears: { from: 3, to: 5 } }, { serviceFrom: '2020-09-01' }, '2023-09-01', true],
    [
      '3–5 years: last day of the fifth year',
      { serviceYears: { from: 3, to: 5 } },
      { serviceFrom: '2017-09-01' },
      '2023-08-31',
      true,
    ],
    ['3–5 years: six years', { serviceYears: { from: 3, to: 5 } }, { serviceFrom: '2017-09-01' }, '2023-09-01', false],
    ['service unknown is not eligible', { serviceYears: { from: 0 } }, { serviceFrom: null }, '2023-09-01', false],
    ['hired within twelve months', { hiredWithinMonths: 12 }, { hiredOn: '2022-09-01' }, '2023-08-31', true],
    ['hired exactly twelve months ago', { hiredWithinMonths: 12 }, { hiredOn: '2022-08-31' }, '2023-08-31', false],
    ['an excluded post', { excludePosts: ['class_teacher'] }, {}, '2023-03-01', false],
    [
      'an honour',
      { honoursAny: ['district_backbone_candidate'] },
      { honours: ['district_backbone_candidate'] },
      '2023-03-01',
      true,
    ],
    ['an empty rule is for everybody', {}, {}, '2023-03-01', true],
  ])('%s', (_name, rule, facts, asOf, eligible) =>
    expect(isEligible(rule, { ...teacher, ...facts }, asOf)).toBe(eligible),
  )

  it('names every condition that fails, not only the first', () => {
    const failed = explainTarget(
      { stages: ['4'], posts: ['finance_officer'], subjects: ['14'] },
      teacher,
      '2023-03-01',
    ).filter(({ holds }) => !holds)
    expect(failed.map(({ id }) => id)).toEqual(['stages', 'posts'])
  })

  it.each([
    ['2023-03-31', 1, '2023-02-28'],
    ['2024-03-31', 1, '2024-02-29'],
    ['2023-01-15', 12, '2022-01-15'],
    ['2023-01-15', 1, '2022-12-15'],
  ])('months before %s: %i', (date, months, expected) => expect(monthsBefore(date, months)).toBe(expected))
})
