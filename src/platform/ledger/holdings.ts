/** What the ledger holds about people. */
import type { Holding } from '../privacy/contract.ts'

export const ledgerHoldings: readonly Holding[] = [
  {
    id: 'ledger.entry',
    title: { zh: '学时学分', en: 'Hours and credits' },
    kinds: { zh: '培训学时、学分、来源与更正', en: 'Hours and credits, their source and corrections' },
    purpose: { zh: '核定继续教育学分，供定期注册和职称评审使用', en: 'Credits for registration and titles' },
    basis: 'duty',
    clause: '教师法第十九条；个人信息保护法第十三条第三项',
    retention: { kept: { zh: '长期保存，只追加不改动', en: 'Kept; only added to, never altered' } },
    readers: ['school', 'district', 'municipality', 'auditor'],
    sensitivity: 'personal',
    tables: [{ table: 'ledger.entry' }, { table: 'ledger.head' }],
  },
]
