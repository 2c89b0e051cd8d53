/** What the register holds about people: only who entered, decided or reported something. */
import type { Holding } from '../../platform/privacy/contract.ts'

export const burdenHoldings: readonly Holding[] = [
  {
    id: 'burden.register',
    title: { zh: '进校园事项登记与反映', en: 'Entries and reports of the burden register' },
    kinds: { zh: '由本人登记、复核、清理或反映的事项', en: 'What one entered, decided on, reviewed or reported' },
    purpose: { zh: '落实登记、复核与监测责任', en: 'To know who answers for an entry' },
    basis: 'management',
    clause: '厅字〔2019〕54号；个人信息保护法第十三条第二项',
    retention: { kept: { zh: '随登记册保存', en: 'As long as the register' } },
    readers: ['auditor'],
    sensitivity: 'ordinary',
    tables: [
      { table: 'burden.item', of: 'account_id', is: 'account' },
      { table: 'burden.review', of: 'account_id', is: 'account' },
      { table: 'burden.report', of: 'account_id', is: 'account' },
    ],
  },
]
