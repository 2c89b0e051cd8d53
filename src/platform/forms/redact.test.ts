import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answers, application } from './application.fixture.ts'
import { readForm } from './language/check.ts'
import { redact, redacted, withoutIdentifying } from './redact.ts'
import { told } from './told.ts'

const words = ['张三', 'Zhang San', '青江区第一小学', '500114198409120026', '13800001234']
const X = '〔已隐去〕'

test.each([
  ['我叫张三，女', `我叫${X}，女`],
  ['我叫张 三和张　三', `我叫${X}和${X}`],
  ['张\u200b三、张·三', `${X}、${X}`],
  ['我是ｚｈａｎｇ　ＳＡＮ', `我是${X}`],
  ['ZHANGSAN老师', `${X}老师`],
  ['zhangsandra', 'zhangsandra'],
  ['在青江区 第一\n小学任教', `在${X}任教`],
  ['电话138-0000-1234或１３８００００１２３４', `电话${X}或${X}`],
  ['身份证500114 19840912 0026', `身份证${X}`],
  ['张三张三', `${X}${X}`],
  ['张老师和三年级', '张老师和三年级'],
  ['', ''],
])('%s', (text, expected) => expect(redact(text, words).text).toBe(expected))

test('says what it found and where', () => {
  expect(redact('𠮷张 三。', ['张三']).hits).toEqual([{ word: '张三', from: 2, until: 5 }])
})
test('a single character and an empty word take nothing out; overlapping words are one', () => {
  expect(redact('张三丰', ['张', '', ' ']).text).toBe('张三丰')
  expect(redact('张三丰', ['张三', '三丰']).text).toBe(X)
})
test('whatever stands between and around: the word is not left', () => {
  const gap = fc.constantFrom('', ' ', '\u3000', '\u200b', '·', '-')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), gap, gap)), (parts) => {
      const text = parts.map(([before, one, two]) => `${before}，王${one}小${two}明，`).join('')
      expect(
        redact(text, ['王小明'])
          .text.normalize('NFKC')
          .replaceAll(/[\s\u200b·-]/g, ''),
      ).not.toContain('王小明')
    }),
    { seed: 7 },
  )
})

describe('answers for blind review', () => {
  const form = readForm(application)
  const given = {
    ...answers,
    fullName: '张三',
    school: '青江区第一小学',
    essay: `我是张 三，在青江区第一小学任教。${answers.essay}`,
  }
  const blind = redacted(form, given, words)
  test('have lost what identifies, and their texts the words', () => {
    const text = JSON.stringify(blind.answers)
    expect(text).not.toMatch(/张|青江区第一小学|13800001234|138 0000/)
    expect(blind.answers).not.toHaveProperty('fullName')
    expect((blind.answers.posts as object[])[0]).not.toHaveProperty('place')
    expect(blind.redactions).toEqual([{ question: 'essay', words: ['张三', '青江区第一小学'] }])
    expect(blind.answers.awards).toEqual(answers.awards)
  })
  test('are told without the questions that identify', () => {
    const rows = told(withoutIdentifying(form), blind.answers, 'zh-CN')
    expect(rows.some(({ title }) => title === '姓名')).toBe(false)
    expect(rows.find(({ question }) => question === 'posts')!.table!.columns).not.toContain('单位')
    expect(rows.find(({ question }) => question === 'essay')!.value).toContain('我是〔已隐去〕，在〔已隐去〕任教')
  })
})
