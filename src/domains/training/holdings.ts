/** What training holds about people. */
import type { Holding } from '../../platform/privacy/contract.ts'

export const trainingHoldings: readonly Holding[] = [
  {
    id: 'training.enrolment',
    title: { zh: '培训报名与考勤', en: 'Enrolment and attendance' },
    kinds: { zh: '报名、送培、签到、请假、结业', en: 'Enrolment, attendance, leave, completion' },
    purpose: { zh: '组织培训并核定学时', en: 'To run classes and to count hours' },
    basis: 'duty',
    clause: '教师法第十九条；个人信息保护法第十三条第三项',
    retention: { kept: { zh: '随学分档案长期保存', en: 'As long as the credits that rest on it' } },
    readers: ['school', 'district', 'auditor'],
    sensitivity: 'personal',
    tables: [
      { table: 'training.enrolment' },
      { table: 'training.attendance' },
      { table: 'training.leave_request' },
      { table: 'training.objection' },
      { table: 'training.audit_sample' },
    ],
  },
]
