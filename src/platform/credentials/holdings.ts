/** What credentials hold about people. */
import type { Holding } from '../privacy/contract.ts'

export const credentialsHoldings: readonly Holding[] = [
  {
    id: 'credentials.credential',
    title: { zh: '可验证凭证', en: 'Verifiable credentials' },
    kinds: {
      zh: '本人领取的结业、职称、荣誉凭证',
      en: 'Credentials of completions, titles and honours that one fetched',
    },
    purpose: { zh: '供本人出示，他人可离线核验', en: 'To be shown by oneself and verified by anybody' },
    basis: 'consent',
    clause: '个人信息保护法第十三条第一项',
    retention: { kept: { zh: '长期保存，供核验与吊销', en: 'Kept for verification and revocation' } },
    readers: ['public'],
    sensitivity: 'personal',
    tables: [{ table: 'credentials.credential' }],
  },
]
