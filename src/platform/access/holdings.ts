/** What access holds about people. */
import type { Holding } from '../privacy/contract.ts'

const own = { of: 'account_id', is: 'account' } as const
const duty = { basis: 'duty', clause: '网络安全法第二十一条、第二十四条；GB/T 22239—2019' } as const
const lasts = { kept: { zh: '至账号注销为止', en: 'Until the account is closed' } }

export const accessHoldings: readonly Holding[] = [
  {
    id: 'access.account',
    title: { zh: '账号', en: 'Account' },
    kinds: { zh: '登录名、姓名、单位、角色与授权', en: 'Login, name, school, roles' },
    purpose: { zh: '登录并按职责授权', en: 'To sign in, and to act as one’s office has it' },
    ...duty,
    retention: {
      kept: {
        zh: '至账号注销；注销后只保留停用记录，用以说明历史操作是谁所为',
        en: 'Until the account is closed; then only who it was, for what was done with it',
      },
    },
    readers: ['school', 'district', 'auditor'],
    sensitivity: 'personal',
    tables: [
      { table: 'access.account', of: 'id', is: 'account', without: ['password_hash', 'failures', 'second_failures'] },
      { table: 'access.assignment', ...own },
      { table: 'access.emergency', ...own },
      { table: 'access.recovery', ...own },
    ],
    fields: { login: { zh: '登录名', en: 'Login' }, role: { zh: '角色', en: 'Role' } },
  },
  {
    id: 'access.second_factor',
    title: { zh: '二次验证方式', en: 'Second factors' },
    kinds: {
      zh: '动态口令、通行密钥的名称与使用时间，不含密钥本身',
      en: 'Names and use of authenticators, never their secrets',
    },
    purpose: { zh: '确认登录者是本人', en: 'To make sure that it is oneself who signs in' },
    ...duty,
    retention: lasts,
    readers: ['nobody'],
    sensitivity: 'sensitive',
    tables: [
      { table: 'access.totp', ...own, without: ['secret_cipher', 'last_step'] },
      { table: 'access.passkey', ...own, without: ['public_key', 'credential_id', 'counter'] },
      { table: 'access.recovery_code', ...own },
    ],
  },
  {
    id: 'access.sign_in',
    title: { zh: '登录记录', en: 'Sign-ins' },
    kinds: { zh: '登录时间、结果、方式、网络地址、设备', en: 'When, whether, how and from where somebody signed in' },
    purpose: { zh: '发现盗用账号的行为', en: 'To find out when an account is misused' },
    ...duty,
    retention: { parameter: 'privacy.retention.sign_ins', since: { zh: '自发生之日起', en: 'since it happened' } },
    readers: ['auditor'],
    sensitivity: 'personal',
    tables: [
      { table: 'access.sign_in', ...own, ends: 't.at' },
      { table: 'access.device', ...own, closed: true, ends: 't.last_at' },
      { table: 'access.session', ...own, closed: true, ends: 't.expires_at' },
      { table: 'access.session_ended', ...own, closed: true, ends: 't.at' },
      { table: 'access.challenge', ...own, closed: true, without: ['challenge'], ends: 't.expires_at' },
    ],
  },
]
