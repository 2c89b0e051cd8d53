/** What the one sign-in holds about people. */
import type { Holding } from '../privacy/contract.ts'

const own = { of: 'account_id', is: 'account' } as const

export const ssoHoldings: readonly Holding[] = [
  {
    id: 'sso.consent',
    title: { zh: '应用平台授权', en: 'What platforms may learn' },
    kinds: {
      zh: '进入过的平台、提供的信息项、授权与撤回时间',
      en: 'Platforms entered, what they learn, consent and its end',
    },
    purpose: {
      zh: '一键登录各平台，并记录授权',
      en: 'To enter platforms with one sign-in, and to keep what was allowed',
    },
    basis: 'consent',
    clause: '个人信息保护法第十三条第一项、第二十三条',
    retention: {
      kept: {
        zh: '撤回后停止提供，授权记录保留以备查验（法定不少于三年）',
        en: 'Nothing is told once it is taken back; that it was given is kept (three years at least by law)',
      },
    },
    readers: ['platforms', 'auditor'],
    sensitivity: 'personal',
    tables: [{ table: 'sso.consent', ...own }],
  },
  {
    id: 'sso.session',
    title: { zh: '平台登录状态', en: 'Sign-ins at platforms' },
    kinds: { zh: '平台会话与令牌（仅存摘要）', en: 'Sessions and tokens of platforms, as hashes' },
    purpose: { zh: '保持平台登录，并能一并退出', en: 'To stay signed in at platforms, and to leave all at once' },
    basis: 'consent',
    clause: '个人信息保护法第十三条第一项',
    retention: { kept: { zh: '至会话到期或退出登录', en: 'Until the session ends' } },
    readers: ['platforms'],
    sensitivity: 'personal',
    tables: [
      { table: 'sso.session', ...own, closed: true, without: ['payload', 'uid'] },
      { table: 'sso.artifact', ...own, closed: true, without: ['payload', 'grant_id', 'session_uid'] },
      { table: 'sso.sign_out', ...own, closed: true },
    ],
  },
  {
    id: 'sso.review',
    title: { zh: '平台清理经办', en: 'Decisions on platforms' },
    kinds: { zh: '经办人作出的平台清理结论', en: 'What somebody decided in the yearly clean-up' },
    purpose: { zh: '记录公务决定', en: 'To keep decisions of offices' },
    basis: 'duty',
    clause: '个人信息保护法第十三条第三项',
    retention: { kept: { zh: '随平台登记档案保存', en: 'As long as the register of platforms' } },
    readers: ['district', 'auditor'],
    sensitivity: 'ordinary',
    tables: [{ table: 'sso.review', ...own }],
  },
]
