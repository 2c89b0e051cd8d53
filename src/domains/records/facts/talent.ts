/** Facts of titles, backbone teachers and principals that nobody records yet. */
import { unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, OFFICE, SCHOOL } from './ask.ts'

const ask = { ask: SCHOOL } as const

export const talentFacts = unrecorded({
  'service.weak_school_months': {
    ask: OFFICE,
    owner: AT_DISTRICT,
    type: 'number',
    unit: 'month',
    title: { zh: '在薄弱学校任教月数', en: 'Months at schools recognised as weak' },
  },
  'education.normal': { ...ask, type: 'bool', title: { zh: '师范类专业毕业', en: 'Studied teaching' } },
  'lessons.week': { ...ask, type: 'number', title: { zh: '周课时数', en: 'Lessons a week' } },
  'lessons.heard': { ...ask, type: 'number', title: { zh: '学期听课节数', en: 'Lessons heard in the term' } },
  'kindergarten.class_days': {
    ...ask,
    type: 'number',
    title: { zh: '每周深入班级天数', en: 'Days a week in the classes of the kindergarten' },
  },
  'principal.term_years': {
    ask: OFFICE,
    owner: AT_DISTRICT,
    type: 'number',
    unit: 'year',
    title: { zh: '任期年数', en: 'Years of the term' },
  },
})
