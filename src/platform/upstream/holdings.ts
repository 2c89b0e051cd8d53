/** What signing in with an account of another provider holds about people. */
import type { Holding } from '../privacy/contract.ts'

const duty = { basis: 'duty', clause: '网络安全法第二十四条；GB/T 22239—2019' } as const

export const upstreamHoldings: readonly Holding[] = [
  {
    id: 'upstream.link',
    title: { zh: '外部账号关联', en: 'Accounts at other providers' },
    kinds: {
      zh: '外部登录平台中的账号标识与名称（加密保存）、关联方式与时间',
      en: 'What the account is called at another provider (sealed), how and when it was linked',
    },
    purpose: { zh: '用国家或市级平台账号登录', en: 'To sign in with the account of another provider' },
    ...duty,
    retention: { kept: { zh: '至解除关联或账号注销', en: 'Until it is undone or the account is closed' } },
    readers: ['district'],
    sensitivity: 'personal',
    tables: [
      {
        table: 'upstream.link',
        of: 'account_id',
        is: 'account',
        without: ['subject_hash', 'subject_cipher', 'label_cipher'],
      },
      {
        table: 'upstream.attempt',
        of: 'account_id',
        is: 'account',
        closed: true,
        without: ['state_hash', 'browser_hash'],
      },
    ],
  },
  {
    id: 'upstream.request',
    title: { zh: '账号关联申请', en: 'Requests for a link' },
    kinds: {
      zh: '申请人在外部平台的名称与说明（加密保存）、核验方式与结论',
      en: 'What somebody is called at another provider and what they said (sealed), how it was checked and decided',
    },
    purpose: { zh: '核实申请关联的是本人', en: 'To make sure that it is oneself who asks' },
    ...duty,
    retention: { kept: { zh: '自申请之日起二年', en: 'Two years from the request' } },
    readers: ['school', 'district'],
    sensitivity: 'personal',
    tables: [
      {
        table: 'upstream.request',
        of: 'person_id',
        is: 'person',
        without: ['subject_hash', 'subject_cipher', 'label_cipher', 'note_cipher'],
      },
    ],
  },
]
