import fc from 'fast-check'
import { Model, surveyLocalization } from 'survey-core'
import { describe, expect, test } from 'vitest'
import { application, answers as filledIn, known } from '../application.fixture.ts'
import { readForm } from '../language/check.ts'
import { type Form, questionsOf } from '../language/walk.ts'
import { withPrefill } from '../prefill.ts'
import { surveyOf } from '../survey.ts'
import { checkAnswers } from './check.ts'
import { shownQuestions } from './shown.ts'

const form = readForm(application)
const whole = { whole: true } as const
const complete = withPrefill(form, filledIn, known).answers
const check = (changes: object) => checkAnswers(form, { ...complete, ...changes }, whole)
const wrong = (changes: object) =>
  check(changes).problems.map(({ question, row, cell }) =>
    [question, row, cell].filter((part) => part !== undefined).join('.'),
  )
const t = (zh: string) => ({ default: zh, en: 'x' })
const formOf = (...elements: object[]): Form => readForm({ pages: [{ name: 'p', elements }] })

test('a whole application is taken as it is', () => {
  expect(check({})).toEqual({ answers: complete, problems: [] })
})

describe('what is refused', () => {
  const cases: [string, object, string[]][] = [
    ['nothing where something must stand', { subject: '' }, ['subject']],
    ['what becomes required', { heldLeave: true }, ['leaveNote']],
    ['a name the form does not have', { salary: 1 }, ['salary']],
    ['a choice that is not there', { stage: 'x' }, ['stage']],
    ['a date that does not exist', { born: '1984-02-30' }, ['born']],
    ['a number out of bounds', { classYears: 41 }, ['classYears']],
    ['a number between steps', { classYears: 8.3 }, ['classYears']],
    ['a number that is none', { classYears: '0x10' }, ['classYears']],
    ['a text that is too long', { essay: '字'.repeat(3001) }, ['essay']],
    ['a text that is too short', { essay: '字' }, ['essay']],
    ['no e-mail', { mail: 'me' }, ['mail']],
    ['no telephone', { phone: 'one two three' }, ['phone']],
    ['too few chosen', { promise: ['true'] }, ['promise']],
    ['too many rows', { awards: Array.from({ length: 11 }, () => ({})) }, ['awards']],
    ['too few rows', { posts: [] }, ['posts']],
    ['an empty cell', { awards: [filledIn.awards[0], { year: 2020, level: 'c' }] }, ['awards.2.what']],
    ['a cell that becomes required', { awards: [{ ...filledIn.awards[0], level: 'o' }] }, ['awards.1.by']],
    ['a column that is not there', { awards: [{ ...filledIn.awards[0], prize: 1 }] }, ['awards']],
    ['a row that is not there', { load: { ...filledIn.load, y9: {} } }, ['load']],
    ['an object for a text', { essay: { a: 1 } }, ['essay']],
    ['a sentence about other answers', { paperCount: 2 }, ['paperCount']],
    ['a rule that the path brings', { path: 'rural', ruralYears: 9 }, ['ruralYears']],
  ]
  test.each(cases)('%s', (_, changes, expected) => expect(wrong(changes)).toEqual(expected))

  test('is said with its title in both languages', () => {
    expect(check({ awards: [{ year: 2020, level: 'c' }] }).problems).toEqual([
      {
        question: 'awards',
        row: 1,
        cell: 'what',
        title: { zh: '业绩成果第 1 项·名称', en: 'Achievements, no. 1: What' },
        zh: '请填写“业绩成果第 1 项·名称”',
        en: 'Please answer “Achievements, no. 1: What”',
      },
    ])
    expect(check({ essay: '字' }).problems[0]!.zh).toBe(
      '“思想政治、师德师风与教育教学自述”不得少于 20 个字符，现有 1 个',
    )
  })
  test('what is no set of answers, or far too much', () => {
    for (const bad of [null, 'x', [], { essay: 'x'.repeat(600_000) }])
      expect(checkAnswers(form, bad, { whole: false })).toMatchObject({ answers: {}, problems: [{ question: '' }] })
  })
  test('names of the language itself are names like others', () => {
    const given = JSON.parse('{"__proto__": {"essay": "x"}, "constructor": 1, "toString": 2}')
    const found = checkAnswers(form, given, { whole: false })
    expect(found.answers).toEqual({})
    expect(found.problems).toHaveLength(3)
  })
})

describe('what is not on the screen', () => {
  test('is dropped, and what hangs on it too', () => {
    const chain = formOf(
      { type: 'boolean', name: 'a', title: t('甲') },
      { type: 'text', name: 'b', title: t('乙'), visibleIf: '{a} = true' },
      {
        type: 'panel',
        name: 'g',
        visibleIf: '{b} notempty',
        elements: [{ type: 'text', name: 'c', title: t('丙'), isRequired: true }],
      },
      { type: 'text', name: 'd', title: t('丁'), visibleIf: '{b} empty' },
    )
    expect(checkAnswers(chain, { a: false, b: 'x', c: 'y', d: 'z' }, whole)).toEqual({
      answers: { a: false, d: 'z' },
      problems: [],
    })
    expect(checkAnswers(chain, { a: true, b: 'x' }, whole).problems.map(({ question }) => question)).toEqual(['c'])
  })
  test('nor are cells', () => {
    const { answers } = check({ awards: [{ ...filledIn.awards[0], by: '某学会' }] })
    expect(answers.awards).toEqual([filledIn.awards[0]])
  })
  test('a wrong answer that is hidden is no problem', () =>
    expect(wrong({ exceptionReason: '字'.repeat(501) })).toEqual([]))
})

describe('a draft', () => {
  const draft = (given: object) => checkAnswers(form, given, { whole: false })
  test('is kept as it is typed: unfinished, wrong, hidden', () => {
    const typed = {
      born: '198',
      classYears: '8.',
      exceptionReason: '待写',
      awards: [{}, { what: '奖' }],
      mail: 'chen@',
    }
    expect(draft(typed)).toEqual({ answers: typed, problems: [] })
  })
  test('has no unknown names and nothing that is no answer', () => {
    const { answers, problems } = draft({ stage: 'x', essay: ['x'], other: 1, phone: '1' })
    expect(answers).toEqual({ phone: '1' })
    expect(problems.map(({ question }) => question)).toEqual(['other', 'stage', 'essay'])
  })
  test('loses what a database cannot keep', () => {
    expect(draft({ essay: 'a\u0000b\r\nc\ud800', fullName: 'a\tb' }).answers).toEqual({
      essay: 'ab\nc\ufffd',
      fullName: 'a b',
    })
  })
})

test('one check knows nothing of another, and leaves the given and the language alone', () => {
  const given = structuredClone(complete)
  const before = surveyLocalization.currentLocale
  const first = check({ heldLeave: true })
  check({ subject: '' })
  expect(check({ heldLeave: true })).toEqual(first)
  expect(complete).toEqual(given)
  expect(surveyLocalization.currentLocale).toBe(before)
})

/** What survey-core itself makes of the same answers: which questions are on the screen, and whether all is well. */
function asSurvey(of: Form, given: object) {
  const model = new Model(surveyOf(of))
  model.data = structuredClone(given)
  const shown = [...questionsOf(of)].filter(({ question }) => {
    const seen = model.getQuestionByName(question.name)
    return seen.isVisible && seen.page.isVisible && parents(seen).every((parent) => parent.isVisible)
  })
  return { shown: shown.map(({ question }) => question.name), well: model.validate(false) }
}
function parents(element: { parent?: unknown }): { isVisible: boolean }[] {
  const parent = element.parent as { isVisible: boolean; parent?: unknown } | undefined
  return parent ? [parent, ...parents(parent)] : []
}

test('decides as survey-core does: what is on the screen, and whether it may be handed in', () => {
  const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })
  const cell = fc.record({
    year: maybe(fc.integer({ min: 1970, max: 2030 })),
    what: maybe(fc.constantFrom('奖', '')),
    level: maybe(fc.constantFrom('n', 'o')),
    by: maybe(fc.constant('会')),
  })
  const changes = {
    path: fc.constantFrom('normal', 'rural', 'exception'),
    ruralYears: fc.integer({ min: 0, max: 20 }),
    exceptionReason: fc.constantFrom('', '成绩突出'),
    heldLeave: fc.boolean(),
    leaveNote: fc.constantFrom('', '进修'),
    classYears: fc.constantFrom(0, 2.5, 5, 8),
    classNote: fc.constantFrom('', '借调'),
    paperCount: fc.constantFrom(0, 1, 3, ''),
    papers: fc.constantFrom([], filledIn.papers),
    awards: fc.array(cell, { maxLength: 3 }),
    essay: fc.constantFrom('', '字', filledIn.essay),
    promise: fc.constantFrom([], ['true'], ['true', 'ethics']),
    confidence: fc.constantFrom(1, 5),
    posts: fc.constantFrom(filledIn.posts, [{ since: '2001-01' }]),
  }
  const few = fc
    .subarray(Object.keys(changes), { minLength: 1, maxLength: 3 })
    .chain((keys) => fc.record(Object.fromEntries(Object.entries(changes).filter(([key]) => keys.includes(key)))))
  let well = 0
  fc.assert(
    fc.property(few, (changed) => {
      const ours = checkAnswers(form, { ...complete, ...changed }, whole)
      // What is not on the screen was dropped; survey-core is handed the same and must see the same.
      const theirs = asSurvey(form, ours.answers)
      expect(shownQuestions(form, ours.answers).map(({ question }) => question.name)).toEqual(theirs.shown)
      expect(ours.problems.length === 0, JSON.stringify([changed, ours.problems])).toBe(theirs.well)
      if (theirs.well) well++
    }),
    { numRuns: 25, seed: 20230301 },
  )
  // A test in which all were wrong would say little.
  expect(well).toBeGreaterThan(2)
})
