/** Calls of the demonstration: one with cases in several schools, one that takes applications, one that is still being written; and experts. */
import { sql } from 'kysely'
import type { OpenHouse } from '../house.ts'
import type { Cast } from '../year/cast.ts'

const BACKBONE = 'talent.district_backbone.candidates_7'
const CLOSES = '2023-04-28T10:00:00Z'
const SCHOOLS = 4
const PER_SCHOOL = 3

/** Who is asked to review: from elsewhere, so that nothing stands between them and the district's teachers. */
const EXPERTS: [name: string, employer: string, fields: Record<string, number>][] = [
  ['陈明远', '西南教育研究院（演示）', { 语文: 3, 道德与法治: 2 }],
  ['周静怡', '西南教育研究院（演示）', { 数学: 3, 科学: 2 }],
  ['何文博', '渝东师范学院（演示）', { 语文: 2, 英语: 3 }],
  ['罗雅琴', '渝东师范学院（演示）', { 数学: 2, 信息科技: 2 }],
  ['谭立新', '邻市教育科学研究所（演示）', { 语文: 2, 数学: 2 }],
  ['冯晓岚', '邻市教育科学研究所（演示）', { 英语: 2, 语文: 1 }],
]

const WORK = [
  '三年来一直担任毕业年级教学和班主任工作，坚持从学情出发设计课堂，带领备课组完成单元作业的重新设计，所教班级学生的学习习惯和自主阅读量有明显改善，家长满意度逐年提高；每学期承担两节校级公开课，课例在教研活动中讨论并改进。',
  '近三年承担两个平行班的教学，围绕计算能力与解决问题开展行动研究，建立错题归因记录，按学生差异布置分层作业；同时负责年级组的集体备课，组织观课议课二十余次，帮助两名新教师站稳讲台，所形成的课堂观察表在全校使用。',
  '坚持把育人放在首位，三年中接手两个基础较弱的班级，从建立课堂规则和小组合作入手，逐步提高学生参与度；结合本地资源开发综合实践课程，组织学生走进社区和博物馆，课程方案获得区级交流，并向两所村小送教。',
]
const PLAN = [
  '第一年系统研修学科课程标准并完成一项校级课题；第二年带教两名青年教师，每月听评课不少于两次，形成成长档案；第三年到乡村学校送教不少于四次，并整理一套可供同行使用的单元教学设计。',
  '培养期内每年读两本专业著作并撰写研修报告，与一名新教师结成师徒，共同备课、上课、反思；每学期面向全区开放一节研究课；与一所村小建立教研联系，每学期到校一周，参与备课和听评课活动。',
]
const DONE = [
  { year: 2021, what: '区级优质课评选一等奖', level: 'district', part: '独立完成' },
  { year: 2022, what: '单元作业设计案例', level: 'province', part: '第一作者' },
  { year: 2020, what: '校级课题结题', level: 'school', part: '主持人' },
]

/** A lesson plan of one page. */
const lesson = (nth: number): File =>
  new File(
    [
      `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 62>>stream
BT /F1 18 Tf 72 760 Td (Lesson plan ${String(nth).padStart(2, '0')}: reading in context) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
`,
    ],
    '教学设计.pdf',
    { type: 'application/pdf' },
  )

/** @param password hash of the demonstration's password, for the expert whose account is offered at the door */
export async function demoCalls(house: OpenHouse, cast: Cast, password: string): Promise<void> {
  const { trainer, districtId: orgId } = cast
  // A load that was cut off goes on where it was.
  const { rows: there } = await sql<{
    login: string
  }>`select a.login from access.account a where a.login like 'expert%'`.execute(house.owner)
  for (const [nth, [name, employer, fields]] of EXPERTS.entries()) {
    const login = nth === 0 ? 'expert' : `expert-${nth + 1}`
    if (!there.some((one) => one.login === login))
      await trainer.cases.addExpert({ outside: { name, employer, login }, fields })
  }
  await sql`update access.account set password_hash = ${password}, must_change = false where login = 'expert'`.execute(
    house.owner,
  )
  await published(cast, 'talent.studio')
  await trainer.cases.createCall({ orgId, from: { template: 'title.senior' } })
  await applications(house, cast, await published(cast, BACKBONE))
}

async function published({ trainer, districtId: orgId }: Cast, template: string): Promise<string> {
  const { callId } = await trainer.cases.createCall({ orgId, from: { template } })
  const deadlines = [{ stage: 'submit', closesAt: CLOSES }]
  let { revision } = await trainer.cases.saveCall({ callId, revision: 1, deadlines })
  const { definition } = await trainer.cases.call({ callId })
  if (definition.quotas.length > 0) {
    ;({ revision } = await trainer.cases.sharePlaces({ callId, revision }))
    const rows = definition.quotas.flatMap(({ places }, quota) =>
      'total' in places && places.by === 'given' && typeof places.total === 'number'
        ? [{ quota, orgId, places: places.total }]
        : [],
    )
    if (rows.length > 0) ({ revision } = await trainer.cases.setPlaces({ callId, revision, rows }))
  }
  await trainer.cases.publishCall({ callId, revision })
  return callId
}

/** Teachers of some schools have applied; the first school has not looked at them yet, of the others some have reached the district or come back. */
async function applications(house: OpenHouse, cast: Cast, callId: string): Promise<void> {
  const chosen = await applicants(house, callId)
  for (const [nth, { personId, subject, orgId }] of chosen.entries()) {
    const { cases } = await cast.teacher(personId)
    const { applicationId } = await cases.startApplication({ callId })
    await cases.addMaterial({ applicationId, material: 'lesson', file: lesson(nth) })
    const { revision } = await cases.ownApplication({ applicationId })
    const answers = {
      subject,
      work: WORK[nth % WORK.length]!,
      plan: PLAN[nth % PLAN.length]!,
      achievements: DONE.slice(0, 1 + (nth % DONE.length)),
      promise: ['true', 'ethics'],
    }
    // The last one is still being written.
    if (nth === chosen.length - 1) {
      await cases.saveAnswers({ applicationId, revision, answers: { ...answers, promise: [] } })
      continue
    }
    await cases.submitApplication({ applicationId, revision, answers })
    if (orgId !== chosen[0]!.orgId) await signedBySchool(cast, orgId, applicationId)
  }
  const { rows } = await cast.trainer.cases.myTasks({ callId })
  const ids = rows.map(({ id }) => id)
  if (ids.length > 2) {
    await cast.trainer.cases.signCases({ ids: ids.slice(2), verdict: 'signed' })
    await cast.trainer.cases.sendBackCases({
      ids: ids.slice(0, 1),
      to: null,
      words: '请补充带教青年教师的安排',
      points: [{ question: 'plan', says: '写明带教对象和每学期听评课次数' }],
    })
  }
}

const signedBySchool = async (cast: Cast, orgId: string, applicationId: string) =>
  (await cast.principalOf(orgId)).cases.signCases({ ids: [applicationId], verdict: 'signed' })

type Applicant = { personId: string; orgId: string; subject: string }

/** Of the school whose accounts are offered at the door, and of others with places; without those accounts themselves. */
async function applicants(house: OpenHouse, callId: string): Promise<Applicant[]> {
  const { rows } = await sql<Applicant>`with school as (
      select q.org_id, exists (select from access.account x where x.login = 'clerk' and x.org_id = q.org_id) as shown
      from cases.quota q where q.call_id = ${callId} and q.stage = 'school' and q.places >= ${PER_SCHOOL}
      order by shown desc, q.places desc, q.org_id limit ${SCHOOLS}
    )
    select p.id as person_id, s.org_id, p.subject from school s cross join lateral (
      select p.id, t.subject from directory.person p join records.teaching t on t.person_id = p.id and t.subject in ('13', '14', '41')
        join access.account x on x.person_id = p.id and x.password_hash is null
      where p.org_id = s.org_id and exists (select from records.title l where l.person_id = p.id and l.level in ('level_1', 'senior'))
        and not exists (select from records.post o where o.person_id = p.id and o.code in ('principal', 'vice_principal'))
      order by p.number limit ${PER_SCHOOL}) p order by s.shown desc, s.org_id, p.id`.execute(house.owner)
  return rows
}
