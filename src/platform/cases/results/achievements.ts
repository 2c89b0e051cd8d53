/** What of selections can be carried away as a credential: designations of people, while nobody has taken them away. */
import { sql } from 'kysely'
import type { AchievementSource } from '../../credentials/index.ts'

export const designationAchievements: AchievementSource = {
  source: 'cases.designation',
  kind: 'designation',
  rows: sql`select d.person_id, d.id as subject_id, d.title as name, case when d.circular is not null then jsonb_build_object('zh', '经评审、公示和审定（' || d.circular || '）授予',
      'en', 'Awarded after review and public notice (' || d.circular || ')') else jsonb_build_object('zh', '经评审、公示和审定授予', 'en', 'Awarded after review and public notice') end as about,
      f.facts ->> 'issuer' as awarder, lower(d.during) as awarded_on, upper(d.during) - 1 as until, f.label as number,
      concat_ws('|', d.title ->> 'zh', lower(d.during), upper(d.during), f.label) as mark,
      case when d.removed_on <= (select db.today()) then 'removed' end as gone
    from cases.designation d left join documents.document f on f.id = d.document_id where d.person_id is not null`,
}
