import { expect, it } from 'vitest'
import { filledIn } from './filled.ts'

const correct = { default: '请在“我的档案”申请更正', en: 'Ask under “My record”' }
const form = {
  pages: [
    {
      elements: [
        { type: 'text', name: 'name', from: 'person.name', whereCorrect: correct },
        { type: 'panel', elements: [{ type: 'text', name: 'since', from: 'title.since', inputType: 'date' }] },
        { type: 'text', name: 'years', from: 'service.years', inputType: 'number' },
        { type: 'dropdown', name: 'subject', from: 'teaching.subject', choices: ['语文'] },
        { type: 'text', name: 'plan' },
      ],
    },
  ],
}

it('fills text and dates that the record answers, and leaves what would look like somebody’s answer', () => {
  const { answers, filled } = filledIn(form, '（自动填入）', '2023-03-01')
  expect(answers).toEqual({ name: '（自动填入）', since: '2023-03-01' })
  expect(filled).toEqual([
    { question: 'name', from: 'person.name', where: { zh: correct.default, en: correct.en } },
    { question: 'since', from: 'title.since', where: null },
  ])
})
