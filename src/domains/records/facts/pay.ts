/** Facts of allowances and funds that nobody records yet. */
import { unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, OFFICE } from './ask.ts'

const ask = { ask: OFFICE, owner: AT_DISTRICT } as const

export const payFacts = unrecorded({
  'pay.rural_allowance': {
    ...ask,
    type: 'number',
    unit: 'yuan',
    title: { zh: '月乡村教师岗位生活补助', en: 'Rural post allowance a month' },
  },
  'pay.special_grade_allowance': {
    ...ask,
    type: 'number',
    unit: 'yuan',
    title: { zh: '月特级教师津贴', en: 'Allowance of special-grade teachers a month' },
  },
})
