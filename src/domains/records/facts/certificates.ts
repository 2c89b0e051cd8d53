/** Facts of certificates, their registration, languages and special training. */
import { sql } from 'kysely'
import type { FactSource, SourceAsk } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, CERTIFIER, SCHOOL } from './ask.ts'
import { perPerson, shownIn } from './kept.ts'

const certifier = { ask: CERTIFIER, owner: AT_DISTRICT } as const
const school = { ask: SCHOOL } as const
const on = (column: string) => (asked: SourceAsk) => sql`${sql.ref(`t.${column}`)} <= ${asked.asOf}::date`

const CERTIFICATES = shownIn(
  'certificate',
  'records.certificate',
  '本教师资格证书',
  ['certificate', 'certificates'],
  on('issued_on'),
)
const REGISTRATIONS = shownIn(
  'registration',
  'records.registration',
  '次定期注册',
  ['registration', 'registrations'],
  on('decided_on'),
)
const LANGUAGES = shownIn(
  'language',
  'records.language',
  '项语言能力证书',
  ['language certificate', 'language certificates'],
  on('tested_on'),
)
const SPECIALTIES = shownIn(
  'specialty',
  'records.specialty',
  '项专项培训',
  ['special training', 'special trainings'],
  on('passed_on'),
)

/** `f`: what happened to a certificate happened by the day; a day that is not told is taken as past. */
const happened = (state: string, { asOf }: SourceAsk) =>
  sql`f.state = ${state} and (f.ended_on is null or f.ended_on <= ${asOf}::date)`

const certificates: FactSource = {
  facts: {
    'certificate.categories': {
      ...certifier,
      type: 'texts',
      unit: 'code:ZGZL',
      title: { zh: '教师资格种类', en: 'Categories of certificates held' },
      source: CERTIFICATES,
    },
    'certificate.lost': {
      ...certifier,
      type: 'bool',
      title: { zh: '教师资格已丧失', en: 'Certificate lost by law' },
      source: CERTIFICATES,
    },
    'certificate.revoked': {
      ...certifier,
      type: 'bool',
      title: { zh: '教师资格曾被撤销', en: 'Certificate was revoked' },
      source: CERTIFICATES,
    },
    'certificate.revoked_on': {
      ...certifier,
      type: 'date',
      title: { zh: '资格撤销日期', en: 'Revoked on' },
      source: CERTIFICATES,
    },
  },
  rows: (asked) =>
    perPerson(
      asked,
      'records.certificate',
      sql`, coalesce(array_agg(distinct f.category order by f.category) filter (where f.state is null or f.ended_on > ${asked.asOf}::date), '{}') as certificate_categories,
        coalesce(bool_or(${happened('lost', asked)}), false) as certificate_lost,
        coalesce(bool_or(${happened('revoked', asked)}), false) as certificate_revoked,
        max(f.ended_on) filter (where ${happened('revoked', asked)}) as certificate_revoked_on`,
      sql`f.issued_on <= ${asked.asOf}::date`,
    ),
}

const registrations: FactSource = {
  facts: {
    'registration.last_on': {
      ...certifier,
      type: 'date',
      title: { zh: '最近一次注册日期', en: 'Last registered on' },
      source: REGISTRATIONS,
    },
  },
  rows: (asked) =>
    perPerson(
      asked,
      'records.registration',
      sql`, max(f.decided_on) as registration_last_on`,
      sql`f.outcome = 'pass' and f.decided_on <= ${asked.asOf}::date`,
    ),
}

const languages: FactSource = {
  facts: {
    'mandarin.grade': {
      ...certifier,
      type: 'text',
      unit: 'code:PTH',
      title: { zh: '普通话等级', en: 'Grade of Mandarin' },
      source: LANGUAGES,
    },
    'special.sign_or_braille': {
      ...school,
      type: 'bool',
      title: { zh: '手语或盲文达到等级', en: 'Grade in sign language or braille' },
      source: LANGUAGES,
    },
  },
  rows: (asked) =>
    perPerson(
      asked,
      'records.language',
      sql`, min(f.grade) filter (where f.kind = 'mandarin') as mandarin_grade,
        case when bool_or(f.kind in ('sign', 'braille')) then true end as special_sign_or_braille`,
      sql`f.tested_on <= ${asked.asOf}::date`,
    ),
}

/** 县级以上: by the levels JB of the nation, provinces, cities and counties. */
const specialties: FactSource = {
  facts: {
    'kindergarten.training_passed': {
      ...school,
      type: 'bool',
      title: {
        zh: '经县级以上组织的学前教育专业培训考核合格',
        en: 'Passed early-childhood training organised at county level or above',
      },
      source: SPECIALTIES,
    },
    'special.trained': {
      ...school,
      type: 'bool',
      title: { zh: '特殊教育专业毕业或经省级培训合格', en: 'Degree or provincial training in special education' },
      source: SPECIALTIES,
    },
  },
  rows: (asked) =>
    perPerson(
      asked,
      'records.specialty',
      sql`, case when bool_or(f.kind = 'preschool' and f.level in ('10', '20', '23', '33', '43', '51')) then true end as kindergarten_training_passed,
        case when bool_or(f.kind = 'special' and f.level in ('10', '20', '23')) then true end as special_trained`,
      sql`f.passed_on <= ${asked.asOf}::date`,
    ),
}

export const certificateFacts: readonly FactSource[] = [certificates, registrations, languages, specialties]
