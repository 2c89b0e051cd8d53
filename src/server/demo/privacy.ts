/** Personal data in the demonstration: who looked, requests, assessments of impact, and a leak from its entry to the people told. */
import { sql } from 'kysely'
import { looksWritten } from '../../platform/privacy/index.ts'
import type { OpenHouse } from '../house.ts'
import type { Cast } from '../year/cast.ts'

const ASSESSMENTS = [
  {
    title: '名优教师评审使用系统核对申报条件',
    grounds: ['automated', 'sensitive'] as const,
    lawful: '为履行教师评审管理职责所必需；系统只核对条件并逐条说明依据，由人作出决定。',
    risks: '条件口径有误时可能影响申报人权益；申报材料含考核、处分等敏感信息。',
    measures: '逐条展示依据和数据来源，申报人可提出异议并由人工复核；处分信息单独授权，查看留痕。',
    verdict: 'conditions' as const,
    assessedOn: '2022-09-20',
  },
  {
    title: '统一登录接入教师研修平台（第三方运营）',
    grounds: ['entrusted'] as const,
    lawful: '为组织教师研修所必需，只提供姓名、单位和任教学科。',
    risks: '平台可能超出约定用途使用，或在合同到期后继续留存。',
    measures: '合同约定用途、期限与删除义务；不提供证件号码和联系方式；每年清理接入平台。',
    verdict: 'go' as const,
    assessedOn: '2022-10-11',
  },
]
const LEAK = {
  title: '培训签到名册误发至家长群',
  foundAt: '2023-02-20T16:40:00+08:00',
  kinds: '3名教师的姓名、单位和手机号码',
  causes: '工作人员转发文件时选错群组',
  harm: '可能接到推销或诈骗电话',
  measures: '两分钟内撤回文件，并请已下载者删除；对当事人员进行提醒，名册改为不含手机号码',
  advice: '接到自称培训机构的来电时注意核实，不要提供验证码；如有异常请及时联系我们',
  contact: '区教委信息科（演示）',
}

/** Once, by the district's own people. */
export async function demoPrivacy(house: OpenHouse, { districtId, commission, clerkOf, teacher }: Cast): Promise<void> {
  const { rows } = await sql<{ done: boolean }>`select exists (select from privacy.assessment) as done`.execute(
    house.owner,
  )
  // Whoever is offered at the door, and three colleagues.
  const { rows: people } = await sql<{ personId: string; number: string; orgId: string }>`
    select p.id as person_id, p.number, p.org_id from directory.person p join access.account a on a.person_id = p.id
    where p.org_id = (select x.org_id from access.account y join directory.person x on x.id = y.person_id where y.login = 'teacher')
    order by a.login <> 'teacher', p.number limit 5`.execute(house.owner)
  const [shown, asking, ...colleagues] = people
  if (rows[0]!.done || !shown || !asking) return
  for (const { grounds, ...assessment } of ASSESSMENTS)
    await commission.privacy.keepAssessment({ ...assessment, grounds: [...grounds], orgId: districtId })
  const { id: incidentId } = await commission.privacy.keepIncident({ ...LEAK, orgId: districtId })
  await commission.privacy.noteAuthority({
    incidentId,
    authority: '市教委、区网信办（演示）',
    at: '2023-02-20T17:30:00+08:00',
  })
  await commission.privacy.tellAffected({ incidentId, numbers: colleagues.map(({ number }) => number) })
  const own = await teacher(shown.personId)
  const { id } = await own.privacy.ask({ kind: 'explain', words: '请说明培训学时由哪些数据算出' })
  const { rows: waiting } = await sql<{
    accountId: string
  }>`select r.account_id from privacy.request r where r.id = ${id}`.execute(house.owner)
  await commission.privacy.answer({
    accountId: waiting[0]!.accountId,
    id,
    grant: true,
    answer: '由区继教中心登记的培训和学校校本研修按认定办法折算，逐条明细见“我的学分”。',
  })
  await (await teacher(asking.personId)).privacy.ask({ kind: 'object', words: '不希望姓名出现在对外公布的培训风采中' })
  await (await clerkOf(shown.orgId)).records.person({ personId: shown.personId })
  await commission.records.person({ personId: shown.personId })
  await looksWritten(house)
}
