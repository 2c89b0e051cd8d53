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
  'kindergarten.class_days': {
    ...ask,
    type: 'number',
    title: { zh: '每周深入班级天数', en: 'Days a week in the classes of the kindergarten' },
  },
})
