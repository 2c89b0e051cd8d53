/** What the register of documents holds about people. */
import type { Holding } from '../privacy/contract.ts'

export const documentsHoldings: readonly Holding[] = [
  {
    id: 'documents.document',
    title: { zh: '证书与文书', en: 'Certificates and letters' },
    kinds: { zh: '签发的证书、通知书编号与内容', en: 'Numbers and contents of what was issued' },
    purpose: { zh: '签发并供他人核验', en: 'To issue them, and to let others verify them' },
    basis: 'duty',
    clause: '个人信息保护法第十三条第三项',
    retention: { kept: { zh: '长期保存，供核验', en: 'Kept for verification' } },
    readers: ['school', 'district', 'public'],
    sensitivity: 'personal',
    tables: [{ table: 'documents.document' }],
  },
]
