/** Facts of rotation and retirement that nobody records yet. What was granted exists only by a recorded decision. */
import { unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, OFFICE } from './ask.ts'

const ask = { ask: OFFICE, owner: AT_DISTRICT } as const

export const rotationFacts = unrecorded({
  'rotation.deferred_until': {
    ...ask,
    type: 'date',
    title: { zh: '暂缓轮岗期满日期', en: 'Rotation deferred up to and with' },
  },
  'principal.terms': {
    ...ask,
    type: 'number',
    unit: 'count',
    title: { zh: '在同一学校已任届数', en: 'Terms served at the same school' },
  },
  'retirement.approved_on': { ...ask, type: 'date', title: { zh: '批准的退休日期', en: 'Approved day of retirement' } },
})
