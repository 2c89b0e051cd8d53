/** A call with conditions, prefilled questions and materials, and people who meet the conditions or do not, for tests of applying. */
import { sql } from 'kysely'
import type { World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import type { OpenHouse } from '../../../server/house.ts'
import type { Definition } from '../contract/definition.ts'
import { simple } from '../flow/cases.fixture.ts'

const title = (zh: string) => ({ default: zh, en: `In English ${zh.length}` })

/** Asks for the name and the years of teaching, which the product knows, a plan, and a degree, which it may know. */
export const ASKING = {
  pages: [
    {
      name: 'main',
      title: title('申报内容'),
      elements: [
        { type: 'text', name: 'name', title: title('姓名'), from: 'person.name', isRequired: true, identifies: true },
        { type: 'text', name: 'school', title: title('单位'), from: 'org.name', isRequired: true, identifies: true },
        { type: 'text', name: 'since', title: title('从教日期'), from: 'service.since', inputType: 'date' },
        { type: 'text', name: 'level', title: title('现任职称'), from: 'title.level' },
        { type: 'comment', name: 'plan', title: title('工作设想'), isRequired: true, maxLength: 500 },
      ],
    },
  ],
}

/** Conditions of the senior title, an honour that bars, one material that is needed. */
export const asking = (over: Partial<Record<keyof Definition, unknown>> = {}): Definition =>
  simple({
    form: ASKING,
    eligibility: {
      sets: ['title.senior'],
      excludes: [
        {
          kind: 'test.barring',
          says: { zh: '已获此称号', en: 'Holds it already' },
          clause: { document: '测试办法', article: '第三条' },
        },
      ],
    },
    materials: [
      { id: 'lesson', title: { zh: '教学设计', en: 'A lesson' }, required: true, most: 2, kinds: ['pdf', 'png'] },
    ],
    ...over,
  })

export type Standing = 'met' | 'unmet' | 'unknown'

/** Records of a teacher from which the conditions of the senior title come out so. */
export async function recordsFor(
  { owner }: Pick<OpenHouse, 'owner'>,
  personId: string,
  standing: Standing,
): Promise<void> {
  if (standing === 'unknown') return
  const level = standing === 'met' ? 'level_1' : 'level_2'
  await sql`insert into records.title (person_id, id, level, during) values (${personId}, ${newId()}, ${level}, '[2012-09-01,)')`.execute(
    owner,
  )
  await sql`insert into records.education (person_id, id, level, degree) values (${personId}, ${newId()}, '21', '4')`.execute(
    owner,
  )
}

/** Rural schools, where nothing is asked of service elsewhere. */
export async function makeRural({ owner }: Pick<OpenHouse, 'owner'>, world: World): Promise<void> {
  await sql`update directory.organisation set locality = '220' where id = any (${world.schools.map(({ id }) => id)}::uuid[])`.execute(
    owner,
  )
}

export const PDF = (name = '教学设计.pdf') =>
  new File(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF'], name, { type: 'application/pdf' })

export async function designate(
  { owner }: Pick<OpenHouse, 'owner'>,
  personId: string,
  kind: string,
  during: string,
): Promise<void> {
  await sql`insert into cases.designation (holder_id, id, person_id, org_id, org_path, kind, title, level, during)
    select p.id, ${newId()}, p.id, p.org_id, p.org_path, ${kind}, '{"zh":"测试称号","en":"A test title"}', 'district', ${during}::daterange
    from directory.person p where p.id = ${personId}`.execute(owner)
}
