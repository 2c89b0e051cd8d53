/** What the directory holds about people. */
import type { Holding } from '../privacy/contract.ts'

const archive = {
  zh: '按干部人事档案管理规定长期保存',
  en: 'As long as the rules on personnel files have it',
}

export const directoryHoldings: readonly Holding[] = [
  {
    id: 'directory.person',
    title: { zh: '身份信息', en: 'Identity' },
    kinds: {
      zh: '姓名、教师编号、性别、出生日期、身份证件号码（加密）',
      en: 'Name, staff number, sex, date of birth, identity number (sealed)',
    },
    purpose: { zh: '识别教师本人，避免重复采集', en: 'To know a teacher, and to ask nothing twice' },
    basis: 'duty',
    clause: '教师法；个人信息保护法第十三条第二项、第三项',
    retention: { kept: archive },
    readers: ['school', 'district', 'municipality', 'auditor'],
    sensitivity: 'sensitive',
    tables: [{ table: 'directory.person', of: 'id', without: ['merged_into'] }],
    fields: {
      number: { zh: '教师编号', en: 'Staff number' },
      sex: { zh: '性别', en: 'Sex' },
      birth_date: { zh: '出生日期', en: 'Date of birth' },
      id_type: { zh: '证件类型', en: 'Kind of identity document' },
      id_cipher: { zh: '证件号码', en: 'Identity number' },
      id_masked: { zh: '证件号码（脱敏）', en: 'Identity number, masked' },
    },
  },
  {
    id: 'directory.employment',
    title: { zh: '任职经历', en: 'Employment' },
    kinds: { zh: '单位、起止时间、编制与聘用方式', en: 'School, time, kind of contract' },
    purpose: { zh: '人事管理与教师权益核算', en: 'Management of staff and of what they are entitled to' },
    basis: 'management',
    clause: '个人信息保护法第十三条第二项',
    retention: { kept: archive },
    readers: ['school', 'district', 'municipality', 'auditor'],
    sensitivity: 'personal',
    tables: [{ table: 'directory.employment' }],
  },
]
