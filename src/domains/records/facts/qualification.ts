/** Facts of certificates, periodic registration and access checks; but for the year of the first certificate nobody records them yet. */
import { unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, CERTIFIER, OFFICE, SCHOOL } from './ask.ts'

const certifier = { ask: CERTIFIER, owner: AT_DISTRICT } as const
const school = { ask: SCHOOL } as const

export const qualificationFacts = unrecorded({
  'certificate.categories': {
    ...certifier,
    type: 'texts',
    unit: 'code:ZGZL',
    title: { zh: '教师资格种类', en: 'Categories of certificates held' },
  },
  'certificate.sought': {
    ...certifier,
    type: 'text',
    unit: 'code:ZGZL',
    title: { zh: '申请的资格种类', en: 'Category applied for' },
  },
  'certificate.lost': { ...certifier, type: 'bool', title: { zh: '教师资格已丧失', en: 'Certificate lost by law' } },
  'certificate.revoked': {
    ...certifier,
    type: 'bool',
    title: { zh: '教师资格曾被撤销', en: 'Certificate was revoked' },
  },
  'certificate.revoked_on': { ...certifier, type: 'date', title: { zh: '资格撤销日期', en: 'Revoked on' } },
  'conviction.rights_deprived': {
    ...certifier,
    type: 'bool',
    title: { zh: '受到剥夺政治权利处罚', en: 'Deprived of political rights' },
  },
  'conviction.imprisoned': {
    ...certifier,
    type: 'bool',
    title: { zh: '故意犯罪受到有期徒刑以上刑事处罚', en: 'Imprisoned for an intentional crime' },
  },
  'exam.cheated': {
    ...certifier,
    type: 'bool',
    title: { zh: '资格考试曾作弊', en: 'Cheated in the certificate exam' },
  },
  'exam.cheated_on': { ...certifier, type: 'date', title: { zh: '考试作弊认定日期', en: 'Cheating found on' } },
  'mandarin.grade': {
    ...certifier,
    type: 'text',
    unit: 'code:PTH',
    title: { zh: '普通话等级', en: 'Grade of Mandarin' },
  },
  'teaching.practice_only': {
    ...school,
    type: 'bool',
    title: { zh: '只担任实习指导', en: 'Teaches practice only' },
  },
  'kindergarten.training_passed': {
    ...school,
    type: 'bool',
    title: {
      zh: '经县级以上组织的学前教育专业培训考核合格',
      en: 'Passed early-childhood training organised at county level or above',
    },
  },
  'special.trained': {
    ...school,
    type: 'bool',
    title: { zh: '特殊教育专业毕业或经省级培训合格', en: 'Degree or provincial training in special education' },
  },
  'special.sign_or_braille': {
    ...school,
    type: 'bool',
    title: { zh: '手语或盲文达到等级', en: 'Grade in sign language or braille' },
  },
  'special.sensory_pupils': {
    ...school,
    type: 'bool',
    title: { zh: '任教听力或视力残疾学生', en: 'Teaches deaf or blind pupils' },
  },
  'probation.passed': { ...school, type: 'bool', title: { zh: '试用期考核合格', en: 'Passed probation' } },
  'probation.passed_on': { ...school, type: 'date', title: { zh: '试用期满考核合格日期', en: 'Passed probation on' } },
  'registration.last_on': { ...certifier, type: 'date', title: { zh: '最近一次注册日期', en: 'Last registered on' } },
  'registration.equal_credits': {
    ...certifier,
    type: 'bool',
    title: { zh: '所修学分认定为等量', en: 'Credits recognised as equal to the hours' },
  },
  'leave.semesters': {
    ...school,
    type: 'number',
    title: { zh: '本周期中止教育教学工作学期数', en: 'Semesters away from teaching in the cycle' },
  },
  'leave.reason': {
    ...school,
    type: 'text',
    unit: 'code:AWAY',
    title: { zh: '中止教育教学工作原因', en: 'Reason for being away' },
  },
  'health.fit': {
    ...school,
    type: 'bool',
    title: { zh: '身心健康，胜任教育教学工作', en: 'Healthy and able to teach' },
  },
  'appraisal.fails': {
    ...school,
    type: 'number',
    unit: 'count',
    title: { zh: '本周期年度考核不合格次数', en: 'Failed yearly appraisals in the cycle' },
  },
  'appraisal.fails_running': {
    ...school,
    type: 'number',
    unit: 'count',
    title: { zh: '连续年度考核不合格次数', en: 'Yearly appraisals failed without a break' },
  },
  'access.clear': {
    ask: OFFICE,
    owner: AT_DISTRICT,
    type: 'bool',
    title: { zh: '准入查询无限制情形', en: 'Access query found nothing' },
  },
  'access.checked_on': {
    ask: OFFICE,
    owner: AT_DISTRICT,
    type: 'date',
    title: { zh: '最近一次准入查询日期', en: 'Access last queried on' },
  },
})
