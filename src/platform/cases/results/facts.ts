/** What somebody, or a school, holds on a day: facts that conditions of other calls ask for. Nothing held is an empty list, not unknown. */
import { sql } from 'kysely'
import type { FactSource, SourceAsk, SourceToShow } from '../../policy/index.ts'

const ask = { zh: '区县教育行政部门', en: 'the district education office' }
const owner = { role: 'commission', at: 'district' } as const
const SEE = { own: '/my/designations', office: '/designations?q={number}' }

const held = (asked: SourceAsk) => sql`${asked.table('cases.designation')} f
  where f.during @> ${asked.asOf}::date and (f.removed_on is null or f.removed_on > ${asked.asOf}::date)`
const joined = (
  asked: SourceAsk,
) => sql`${asked.table('cases.member')} f join ${asked.table('cases.designation')} d on d.holder_id = f.holder_id and d.id = f.designation_id
  where f.during @> ${asked.asOf}::date and f.person_id in (select q.person_id from ${asked.people} q)`

const HELD: SourceToShow = {
  says: (n) => ({
    zh: `${n} 项在任期内的称号`,
    en: `${n} ${n === 1 ? 'designation' : 'designations'} within the term`,
  }),
  rows: (asked) => sql`select f.id from ${held(asked)} and f.person_id in (select q.person_id from ${asked.people} q)`,
  see: SEE,
}
const OF_SCHOOL: SourceToShow = {
  says: HELD.says,
  rows: (asked) =>
    sql`select f.id from ${held(asked)} and f.person_id is null and f.holder_id in (select q.org_id from ${asked.people} q)`,
  see: { own: '/designations', office: '/designations' },
}
const JOINED: SourceToShow = {
  says: (n) => ({ zh: `${n} 个所在工作室`, en: `${n} ${n === 1 ? 'studio' : 'studios'} joined` }),
  rows: (asked) => sql`select f.id from ${joined(asked)}`,
  see: SEE,
}

const none = sql`'{}'::text[]`

const person: FactSource = {
  facts: {
    'designation.kinds': {
      type: 'texts',
      title: { zh: '在任期内的称号', en: 'Designations held' },
      ask,
      owner,
      source: HELD,
    },
  },
  empty: { 'designation.kinds': none },
  rows: (
    asked,
  ) => sql`select f.person_id, array_agg(distinct f.kind order by f.kind) as designation_kinds from ${held(asked)}
    and f.person_id in (select q.person_id from ${asked.people} q) group by f.person_id`,
}

const studios: FactSource = {
  facts: {
    'designation.studios': {
      type: 'texts',
      title: { zh: '作为成员参加的工作室', en: 'Studios one belongs to' },
      ask,
      owner,
      source: JOINED,
    },
  },
  empty: { 'designation.studios': none },
  rows: (asked) =>
    sql`select f.person_id, array_agg(distinct d.kind order by d.kind) as designation_studios from ${joined(asked)} group by f.person_id`,
}

const school: FactSource = {
  about: 'organisation',
  facts: {
    'school.designations': {
      type: 'texts',
      title: { zh: '学校在有效期内的称号', en: 'Designations of the school' },
      ask,
      owner,
      source: OF_SCHOOL,
    },
  },
  empty: { 'school.designations': none },
  rows: (
    asked,
  ) => sql`select f.holder_id as org_id, array_agg(distinct f.kind order by f.kind) as school_designations from ${held(asked)}
    and f.person_id is null and f.holder_id in (select q.org_id from ${asked.people} q) group by f.holder_id`,
}

export const casesFacts: FactSource[] = [person, studios, school]
