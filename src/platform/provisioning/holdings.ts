/** What provisioning holds about people. */
import type { Holding } from '../privacy/contract.ts'

export const provisioningHoldings: readonly Holding[] = [
  {
    id: 'provisioning.names',
    title: { zh: '各平台专用标识', en: 'Names at other systems' },
    kinds: {
      zh: '各平台所用的专用标识、名册信息最近变动时间、由平台停用的账号',
      en: 'By which name each system knows somebody, when what it is told changed, accounts that it ended',
    },
    purpose: {
      zh: '向已登记的平台提供名册而不暴露工号',
      en: 'To give registered systems rosters without staff numbers',
    },
    basis: 'management',
    clause: '个人信息保护法第十三条第二项、第二十三条',
    retention: {
      kept: {
        zh: '随账号保存，使平台始终认出同一个人',
        en: 'As long as the account, so that a system meets the same person',
      },
    },
    readers: ['platforms'],
    sensitivity: 'personal',
    tables: [
      { table: 'provisioning.subject', of: 'key', is: 'either' },
      { table: 'provisioning.change', of: 'key', is: 'either' },
      { table: 'provisioning.ended', of: 'account_id', is: 'account' },
    ],
  },
  {
    id: 'provisioning.sent',
    title: { zh: '向平台推送的变动消息', en: 'Word sent to other systems' },
    kinds: {
      zh: '消息类型、时间、送达情况（只含专用标识）',
      en: 'What kind, when, whether it arrived; by names of systems only',
    },
    purpose: {
      zh: '及时告知平台人员变动，便于开通和停用',
      en: 'To tell systems of changes, so that they open and close in time',
    },
    basis: 'management',
    clause: '个人信息保护法第十三条第二项、第二十三条',
    retention: {
      parameter: 'privacy.retention.provisioning',
      since: { zh: '自消息生成之日起', en: 'since it was written' },
    },
    readers: ['platforms', 'auditor'],
    sensitivity: 'personal',
    tables: [
      { table: 'provisioning.delivery', of: 'key', is: 'either', ends: 't.made_at' },
      { table: 'provisioning.event', of: 'key', is: 'either', closed: true, ends: 't.at' },
    ],
  },
  {
    id: 'provisioning.token',
    title: { zh: '系统对接令牌', en: 'Tokens of other systems' },
    kinds: {
      zh: '令牌名称、范围、制发和吊销经办人（令牌本身只存摘要）',
      en: 'Name, reach, who made and revoked it; of the token a hash',
    },
    purpose: { zh: '控制其他系统的访问', en: 'To control how other systems come in' },
    basis: 'duty',
    clause: '网络安全法第二十一条',
    retention: { kept: { zh: '随平台登记档案保存', en: 'As long as the register of platforms' } },
    readers: ['auditor'],
    sensitivity: 'ordinary',
    tables: [{ table: 'provisioning.token', of: 'made_by', is: 'account', without: ['hash'] }],
  },
]
