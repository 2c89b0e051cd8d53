/** What stands behind the facts of the records, counted, and where each is seen: the own record, or the sheet of the person. */
import { type RawBuilder, sql } from 'kysely'
import type { SourceAsk, SourceToShow } from '../../../platform/policy/index.ts'

type Rows = NonNullable<SourceToShow['rows']>

/** The record sheet; its course of service opened at one part. */
const sheet = (part?: string) => {
  const opened = part ? `?history=${part}` : ''
  return { own: `/my/record${opened}`, office: `/people/{person}${opened}` }
}
const SCHOOL = { own: '/organisations?org={org}', office: '/organisations?org={org}' }

const counted =
  (zh: string, one: string, several = `${one}s`): SourceToShow['says'] =>
  (n) => ({ zh: `${n} ${zh}`, en: `${n} ${n === 1 ? one : several}` })

/** What there is once or not at all. */
const single =
  (zh: string, en: string): SourceToShow['says'] =>
  (n) =>
    n === 0 ? { zh: `没有${zh}`, en: `nothing in ${en}` } : { zh, en }

/** Rows of a table of the people asked of. */
const rowsOf =
  (table: string, where: (asked: SourceAsk) => RawBuilder<unknown> = () => sql`true`): Rows =>
  (asked) =>
    sql`select t.person_id from ${asked.table(table)} t
      where t.person_id in (select q.person_id from ${asked.people} q) and ${where(asked)}`

const onTheDay = ({ asOf }: SourceAsk) => sql`t.during @> ${asOf}::date`
const byTheDay = ({ asOf }: SourceAsk) => sql`lower(t.during) <= ${asOf}::date`
const EMPLOYMENT = 'directory.employment'

export const PERSON: SourceToShow = {
  says: single('个人基本信息', 'the basic data'),
  rows: (asked) => sql`select p.id as person_id from ${asked.table('directory.person')} p
    where p.id in (select q.person_id from ${asked.people} q)`,
  see: sheet(),
}

/** When somebody began to work and to teach, and was first certified. */
export const SERVICE: SourceToShow = {
  says: single('参加工作和从教信息', 'the data on the start of service'),
  rows: rowsOf('records.service'),
  see: sheet(),
}

export const EMPLOYED: SourceToShow = {
  says: counted('条现任职记录', 'present employment'),
  rows: rowsOf(EMPLOYMENT, (asked) => sql`t.kind = 'main' and ${onTheDay(asked)}`),
  see: sheet('employment'),
}

export const EMPLOYMENTS: SourceToShow = {
  says: counted('段任职', 'employment'),
  rows: rowsOf(EMPLOYMENT, (asked) => sql`t.kind = 'main' and ${byTheDay(asked)}`),
  see: sheet('employment'),
}

export const AT_THIS_SCHOOL: SourceToShow = {
  says: counted('段现单位任职', 'employment at the present school', 'employments at the present school'),
  rows: rowsOf(
    EMPLOYMENT,
    (asked) => sql`t.kind = 'main' and ${byTheDay(asked)} and t.org_id in (
      select w.org_id from ${asked.table(EMPLOYMENT)} w where w.person_id = t.person_id and w.kind = 'main' and w.during @> ${asked.asOf}::date)`,
  ),
  see: sheet('employment'),
}

export const CLASS_TEACHER: SourceToShow = {
  says: counted('段班主任任职', 'period as class teacher', 'periods as class teacher'),
  rows: rowsOf('records.post', (asked) => sql`t.code = 'class_teacher' and ${byTheDay(asked)}`),
  see: sheet('post'),
}

export const TITLES: SourceToShow = {
  says: counted('条现职称记录', 'title held', 'titles held'),
  rows: rowsOf('records.title', onTheDay),
  see: sheet('title'),
}

export const TEACHING: SourceToShow = {
  says: counted('条现任教记录', 'subject taught', 'subjects taught'),
  rows: rowsOf('records.teaching', onTheDay),
  see: sheet('teaching'),
}

export const POSTS: SourceToShow = {
  says: counted('项现任职务', 'post held', 'posts held'),
  rows: rowsOf('records.post', onTheDay),
  see: sheet('post'),
}

export const HONOURS: SourceToShow = {
  says: counted('项荣誉', 'honour'),
  rows: rowsOf('records.honour', onTheDay),
  see: sheet('honour'),
}

export const EDUCATION: SourceToShow = {
  says: counted('段学历', 'stage of education', 'stages of education'),
  rows: rowsOf('records.education', ({ asOf }) => sql`(t.graduated_on is null or t.graduated_on <= ${asOf}::date)`),
  see: sheet('education'),
}

export const REGISTER: SourceToShow = {
  says: single('机构登记信息', 'the register of schools'),
  rows: (asked) => sql`select o.id from ${asked.table('directory.organisation')} o
    where o.id in (select q.org_id from ${asked.people} q)`,
  see: SCHOOL,
}

export const STAFF: SourceToShow = {
  says: counted('条现任职记录', 'present employment at the school', 'present employments at the school'),
  rows: (asked) => sql`select t.id from ${asked.table(EMPLOYMENT)} t
    where t.org_id in (select q.org_id from ${asked.people} q) and t.kind = 'main' and ${onTheDay(asked)}`,
  see: SCHOOL,
}
