/** Facts of schools that nobody records yet: pupils, classes, established posts, rotation in the year, funds. */
import { type FactSource, unrecorded } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, OFFICE } from './ask.ts'

type Declared = FactSource['facts'][string]

const ask = { ask: OFFICE, owner: AT_DISTRICT } as const
const count = (zh: string, en: string): Declared => ({ ...ask, type: 'number', unit: 'count', title: { zh, en } })
const amounts = (zh: string, en: string, names: Declared['names'] & object): Declared => ({
  ...ask,
  type: 'amounts',
  unit: 'count',
  title: { zh, en },
  names,
})
const STAGES = {
  preschool: { zh: '幼儿园', en: 'kindergarten' },
  primary: { zh: '小学', en: 'primary' },
  junior: { zh: '初中', en: 'junior secondary' },
  senior: { zh: '高中', en: 'senior secondary' },
}
const SPECIAL = {
  blind: { zh: '盲班', en: 'blind' },
  deaf: { zh: '聋班', en: 'deaf' },
  intellectual: { zh: '智力残疾班', en: 'intellectual disability' },
  autism: { zh: '孤独症、脑瘫班', en: 'autism, cerebral palsy' },
  preschool: { zh: '学前班', en: 'preschool' },
}
const yuan = (zh: string, en: string): Declared => ({ ...ask, type: 'number', unit: 'yuan', title: { zh, en } })

export const staffingFacts = unrecorded(
  {
    'school.pupils': amounts('各学段学生数', 'Pupils by stage', STAGES),
    'school.established': amounts('各学段核定编制数', 'Established posts by stage', STAGES),
    'school.kindergarten_mode': {
      ...ask,
      type: 'text',
      unit: 'code:KINDERGARTEN_MODE',
      title: { zh: '办园形式', en: 'Full day or half day' },
    },
    'school.classes': count('班级数', 'Classes'),
    'school.classes_by_kind': amounts('各类特教班班数', 'Classes of special education by kind', SPECIAL),
    'school.largest_class': amounts('各类特教班最大班额', 'Largest class of special education by kind', SPECIAL),
    'school.class_teachers': amounts(
      '各类特教班配备教职工数',
      'Staff of classes of special education by kind',
      SPECIAL,
    ),
    'school.class_staff_teachers': count('每班专任教师数', 'Teachers a class'),
    'school.class_staff_carers': count('每班保育员数', 'Carers a class'),
    'school.carers_and_teachers': count('保教人员数', 'Carers and teachers'),
    'school.heads': count('园长职数', 'Heads'),
    'school.boarding': { ...ask, type: 'bool', title: { zh: '寄宿制', en: 'Boarding' } },
    'school.distance': {
      ...ask,
      type: 'number',
      unit: 'km',
      title: { zh: '距市中心直线距离', en: 'Straight-line distance to the city centre' },
    },
    'school.rural_allowance': {
      ...ask,
      type: 'bool',
      title: { zh: '属乡村教师补助实施范围', en: 'Within the scope of the rural allowance' },
    },
    'school.public_expense': yuan('年度公用经费预算', 'Operating funds of the year'),
    'school.training_budget': yuan('年度教师培训预算', 'Training budget of the year'),
    'school.rotation_eligible': count('符合交流条件教师数', 'Teachers who meet the conditions of rotation'),
    'school.rotated': count('本学年交流教师数', 'Teachers who rotated in the school year'),
    'school.backbone_rotated': count('本学年交流骨干教师数', 'Backbone teachers who rotated in the school year'),
    'school.psychology_teachers': count('专职心理健康教育教师数', 'Full-time psychology teachers'),
  },
  'organisation',
)
