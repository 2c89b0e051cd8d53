/** Platforms of the demonstration, entered with one click: each leads back to a page here that stands for it, so that nothing needs the network. */
import { sql } from 'kysely'
import { actorOfAccount } from '../../platform/access/index.ts'
import { callAs } from '../caller.ts'
import type { OpenHouse } from '../house.ts'

const PLATFORMS = [
  {
    name: '渝东网络教研平台（演示）',
    nameEn: 'Yudong teaching research (demonstration)',
    about: '集体备课、听评课与区域教研活动',
    icon: '研',
    colour: 'qing',
    category: 'teaching',
    operator: '渝东师范学院（演示）',
    purpose: '组织区域教研活动，按学段和学科分组',
    basis: 'consent',
    basisText: '',
    contractUntil: '2024-07-31',
    scopes: ['profile', 'school', 'teaching'],
    roles: [],
    pairwise: true,
  },
  {
    name: '学业质量监测系统（演示）',
    nameEn: 'Assessment of learning (demonstration)',
    about: '考务组织、网上阅卷与质量分析',
    icon: '测',
    colour: 'indigo',
    category: 'evaluation',
    operator: '西南教育研究院（演示）',
    purpose: '安排阅卷任务，向学校反馈学业质量',
    basis: 'duty',
    basisText: '区教委关于义务教育质量监测工作的通知（演示）',
    contractUntil: '2023-08-31',
    scopes: ['profile', 'number', 'school', 'roles', 'teaching'],
    roles: ['teacher', 'principal', 'trainer', 'commission'],
    pairwise: false,
  },
  {
    name: '教师心理服务（演示）',
    nameEn: 'Counselling for teachers (demonstration)',
    about: '预约咨询与自助课程，学校看不到谁在使用',
    icon: '心',
    colour: 'plum',
    category: 'service',
    operator: '邻市教育科学研究所（演示）',
    purpose: '为教师提供心理咨询与自助课程',
    basis: 'consent',
    basisText: '',
    contractUntil: null,
    scopes: ['profile'],
    roles: ['teacher'],
    pairwise: true,
  },
] as const

/** A challenge as a platform would send it; nobody redeems the code. */
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** Registers them once, by the administrator of the demonstration. */
export async function demoPlatforms(house: OpenHouse): Promise<void> {
  const { rows } = await sql<{
    accountId: string
    orgId: string
  }>`select a.id as account_id, s.org_id from access.account a
    join access.assignment s on s.account_id = a.id and s.role = 'administrator' and s.during @> db.today()
    where a.login = 'admin' and not exists (select from sso.platform)`.execute(house.owner)
  const actor = rows[0] && (await actorOfAccount(house.db, rows[0].accountId))
  if (!actor) return
  const { sso } = callAs(house, actor)
  const { publicUrl } = house.settings
  const here = /^(https:|http:\/\/(localhost|127\.0\.0\.1)(:|$))/.test(publicUrl)
  const there = here ? `${publicUrl}/connect/there` : 'https://platform.example/connect/there'
  for (const platform of PLATFORMS) {
    const entered = {
      ...platform,
      scopes: [...platform.scopes],
      roles: [...platform.roles],
      ownerLogin: 'admin',
      contractFrom: '2022-09-01',
      startUrl: null as string | null,
      redirectUris: [there],
      signOutUris: [],
      logoutUri: null,
      pkce: true,
      offline: false,
    }
    const { platformId, clientId } = await sso.register({ ...entered, orgId: rows[0]!.orgId, confidential: true })
    if (!here) continue
    const ask = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: ['openid', ...platform.scopes].join(' '),
      redirect_uri: there,
      state: platform.name,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    })
    await sso.change({ ...entered, platformId, revision: 1, startUrl: `${publicUrl}/oidc/auth?${ask}` })
  }
}
