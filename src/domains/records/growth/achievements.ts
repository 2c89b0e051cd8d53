/** What of the record can be carried away as a credential: titles and honours. That a title was followed by a higher one takes nothing from it. */
import { sql } from 'kysely'
import type { AchievementSource } from '../../../platform/credentials/index.ts'

const TITLES: AchievementSource = {
  source: 'records.title',
  kind: 'title',
  rows: sql`select t.person_id, t.id as subject_id, jsonb_build_object('zh', c.zh, 'en', c.en) as name,
      jsonb_build_object('zh', '取得专业技术职务任职资格', 'en', 'Qualified for the professional title') as about, null::text as awarder,
      lower(t.during) as awarded_on, null::date as until, t.certificate_no as number, concat_ws('|', t.level, lower(t.during), t.certificate_no) as mark, null::text as gone
    from records.title t join records.code c on c."table" = 'TITLE' and c.code = t.level`,
}

const HONOURS: AchievementSource = {
  source: 'records.honour',
  kind: 'honour',
  rows: sql`select h.person_id, h.id as subject_id, jsonb_build_object('zh', h.name, 'en', h.name) as name,
      case when l.zh is not null then jsonb_build_object('zh', l.zh || '荣誉', 'en', 'Honour, ' || l.en) end as about, null::text as awarder,
      coalesce(h.awarded_on, lower(h.during)) as awarded_on, upper(h.during) - 1 as until, null::text as number,
      concat_ws('|', h.code, h.name, h.level, h.awarded_on, lower(h.during), upper(h.during)) as mark, null::text as gone
    from records.honour h left join records.code l on l."table" = 'JB' and l.code = h.level`,
}

export const recordsAchievements: readonly AchievementSource[] = [TITLES, HONOURS]
