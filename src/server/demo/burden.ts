/** The burden register of the demonstration: lists, entries of two terms, one that waits for a second person, what the product answers, reports of schools. */
import { sql } from 'kysely'
import type { OpenHouse } from '../house.ts'
import type { Cast } from '../year/cast.ts'

const EVENTS = ['防溺水专题教育', '国家安全教育', '交通安全宣传', '垃圾分类宣传', '禁毒宣传教育', '普法进校园']
const INSPECTIONS = ['春季开学工作检查', '校园食品安全检查', '义务教育质量监测']
const DOCUMENT = '区减轻中小学教师负担工作专班年度清单（演示）'

const entry = (
  kind: 'data' | 'inspection' | 'event' | 'app' | 'secondment' | 'meeting',
  title: string,
  asker: string,
  from: string,
  until: string,
  work: readonly [number, number, number],
) => ({
  kind,
  title,
  asker,
  document: DOCUMENT,
  number: '演教〔2023〕1号',
  from,
  until,
  items: work[0],
  minutes: work[1],
  people: work[2],
})

/** Once, by the district's own people. Lists stand since the autumn: they are announced a month ahead of what they allow. */
export async function demoBurden(
  house: OpenHouse,
  { districtId, trainer, commission, clerkOf, schools }: Cast,
): Promise<void> {
  const { rows } = await sql<{ done: boolean }>`select exists (select from burden.item) as done`.execute(house.owner)
  if (rows[0]!.done || schools.length === 0) return
  await commission.burden.setBase({ items: 18 })
  const lists = [
    ...EVENTS.map((title) => ['event', title] as const),
    ...INSPECTIONS.map((title) => ['inspection', title] as const),
  ]
  await sql`insert into burden.listed (id, org_id, org_path, kind, title, document, number, announced_on, from_on)
    select gen_random_uuid(), o.id, o.path, l.kind, l.title, ${DOCUMENT}, '演教〔2022〕18号', '2022-07-15', '2022-09-01'
    from directory.organisation o, jsonb_to_recordset(${JSON.stringify(lists.map(([kind, title]) => ({ kind, title })))}::jsonb) l (kind text, title text)
    where o.id = ${districtId}`.execute(house.owner)
  const listed = new Map((await commission.burden.lists()).rows.map(({ title, id }) => [title, id]))
  const some = (from: number, to: number) => ({ schoolIds: schools.slice(from, to).map(({ orgId }) => orgId) })
  const { register } = trainer.burden
  const own = schools[0]!.orgId
  const { rows: kinds } = await sql<{
    id: string
  }>`select o.id from directory.organisation o where o.id = any (${schools.map(({ orgId }) => orgId)}::uuid[]) and o.kind = 'school'`.execute(
    house.owner,
  )
  const real = new Set(kinds.map(({ id }) => id))
  const reach = (from: number, to: number) => ({ schoolIds: some(from, to).schoolIds.filter((id) => real.has(id)) })
  const all = { underId: districtId }
  // Last term.
  await register({
    ...entry('event', '国家安全教育', '区委宣传部', '2022-11-15', '2022-11-15', [1, 40, 12]),
    ...all,
    listedId: listed.get('国家安全教育')!,
  })
  await register({
    ...entry('inspection', '义务教育质量监测', '区教育质量监测中心', '2022-12-01', '2022-12-03', [3, 60, 6]),
    ...all,
    listedId: listed.get('义务教育质量监测')!,
  })
  await register({ ...entry('meeting', '期末工作会', '区教委办公室', '2023-01-05', '2023-01-05', [1, 90, 2]), ...all })
  // This term.
  for (const [nth, title] of EVENTS.entries())
    await register({
      ...entry(
        'event',
        title,
        ['区应急管理局', '区委宣传部', '区公安分局', '区城市管理局', '区禁毒办', '区司法局'][nth]!,
        `2023-0${3 + (nth % 4)}-1${nth}`,
        `2023-0${3 + (nth % 4)}-1${nth}`,
        [1, 40, 8],
      ),
      ...(nth < 3 ? all : reach(0, 6)),
      listedId: listed.get(title)!,
    })
  await register({
    ...entry('inspection', '春季开学工作检查', '区教委督导科', '2023-03-06', '2023-03-10', [4, 60, 5]),
    ...all,
    listedId: listed.get('春季开学工作检查')!,
  })
  const survey = await register({
    ...entry('data', '课后服务开展情况', '区教委基教科', '2023-03-01', '2023-03-15', [6, 45, 2]),
    ...all,
    asks: ['课后服务参加人数', '收费标准', '任教学科'],
  })
  await register({
    ...entry('data', '教师学历与任教情况统计', '区教委人事科', '2023-03-01', '2023-03-20', [0, 0, 0]),
    ...all,
    asks: ['姓名', '性别', '最高学历', '毕业院校', '任教学科', '参加工作时间'],
  })
  await register({
    ...entry('data', '心理健康教师配备情况', '区教科院', '2023-03-08', '2023-03-31', [3, 30, 1]),
    ...reach(0, 8),
    asks: ['心理辅导室面积', '每周开放时数'],
  })
  await register({ ...entry('app', '安全教育平台', '区教委安稳科', '2023-03-01', '2023-07-10', [1, 20, 40]), ...all })
  await register({
    ...entry('app', '食堂满意度小程序（演示）', '区市场监管局', '2023-03-01', '2023-12-31', [1, 5, 60]),
    ...reach(0, 8),
  })
  await register({ ...entry('meeting', '教学工作会', '区教科院', '2023-03-22', '2023-03-22', [1, 120, 2]), ...all })
  if (real.has(own))
    await register({
      ...entry('secondment', '借调参与督导评估', '区政府教育督导室', '2023-03-01', '2023-06-30', [1, 0, 1]),
      schoolIds: [own],
      schoolConsents: true,
      personConsents: true,
    })
  await register({
    ...entry('event', '反诈知识进校园', '区反诈中心', '2023-04-20', '2023-04-20', [1, 40, 10]),
    ...reach(0, 6),
    reason: '近期针对学生的诈骗案件多发',
  })
  for (const [nth, { orgId }] of schools
    .filter(({ orgId: id }) => real.has(id))
    .slice(0, 4)
    .entries()) {
    const clerk = (await clerkOf(orgId)).burden
    if (survey.state === 'open' && nth % 2 === 0) await clerk.markDone({ itemId: survey.itemId, schoolId: orgId })
    if (nth > 1) continue
    await clerk.report({
      toId: districtId,
      named: nth === 0,
      kind: nth === 0 ? 'data' : 'inspection',
      title: nth === 0 ? '微信群收集家庭住址' : '临时台账检查',
      asker: nth === 0 ? '街道某科室' : '某部门工作组',
      words:
        nth === 0 ? '要求班主任当天在群接龙填报全班家庭住址，未出示文件。' : '未见通知，到校要求补做三年过程台账。',
      cameOn: nth === 0 ? '2023-02-27' : '2023-02-28',
    })
  }
}
