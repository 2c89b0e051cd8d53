/** Facts of certificates and registration that no table holds. */
import { unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, CERTIFIER, SCHOOL } from './ask.ts'

const certifier = { ask: CERTIFIER, owner: AT_DISTRICT } as const
const school = { ask: SCHOOL } as const

export const qualificationFacts = unrecorded({
  'certificate.sought': {
    ...certifier,
    type: 'text',
    unit: 'code:ZGZL',
    title: { zh: '申请的资格种类', en: 'Category applied for' },
  },
  'teaching.practice_only': {
    ...school,
    type: 'bool',
    title: { zh: '只担任实习指导', en: 'Teaches practice only' },
  },
  'special.sensory_pupils': {
    ...school,
    type: 'bool',
    title: { zh: '任教听力或视力残疾学生', en: 'Teaches deaf or blind pupils' },
  },
  'registration.equal_credits': {
    ...certifier,
    type: 'bool',
    title: { zh: '所修学分认定为等量', en: 'Credits recognised as equal to the hours' },
  },
})
