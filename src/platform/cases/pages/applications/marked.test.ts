/** Points of a return at their questions. */
import { expect, it } from 'vitest'
import { marked } from './marked.ts'

const form = {
  pages: [
    {
      name: 'main',
      elements: [
        { type: 'text', name: 'a', title: '甲' },
        {
          type: 'panel',
          name: 'inside',
          elements: [{ type: 'comment', name: 'b', description: { default: '写三百字', en: 'In 300 words' } }],
        },
      ],
    },
  ],
}

it('says each point at its question, before what the form says there, in its languages', () => {
  const points = [{ question: 'a', says: '姓名有误' }, { question: 'b', says: '太短' }, { says: '请补材料' }]
  const [page] = marked(form, points, '请修改：').pages as typeof form.pages
  expect(page!.elements[0]).toEqual({ type: 'text', name: 'a', title: '甲', description: '请修改：姓名有误' })
  expect(page!.elements[1]!.elements![0]).toMatchObject({
    description: { default: '请修改：太短\n写三百字', en: '请修改：太短\nIn 300 words' },
  })
  expect(form.pages[0]!.elements[0]).not.toHaveProperty('description')
})

it('leaves a form without points as it is', () => {
  expect(marked(form, [{ says: '请补材料' }], '请修改：')).toBe(form)
})
