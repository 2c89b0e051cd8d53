/** What of training can be carried away as a credential: certificates of completion, as the register froze them. */
import { sql } from 'kysely'
import type { AchievementSource } from '../../../platform/credentials/index.ts'

const plain = (key: string) => sql`trim_scale((d.facts ->> ${key})::numeric)::text`

/** A corrected certificate is another one: the item is the paper. */
export const trainingAchievements: AchievementSource = {
  source: 'training.certificate',
  kind: 'completion',
  rows: sql`select d.person_id, d.id as subject_id,
      jsonb_build_object('zh', d.facts ->> 'class', 'en', coalesce(nullif(d.facts ->> 'classEn', ''), d.facts ->> 'class')) as name,
      jsonb_build_object('zh', '修完培训，计' || ${plain('hours')} || '学时，经考核合格，认定' || ${plain('credits')} || '学分',
        'en', 'Completed, ' || ${plain('hours')} || ' hours; ' || ${plain('credits')} || ' credits recognised') as about,
      d.facts ->> 'issuer' as awarder, (d.facts ->> 'day')::date as awarded_on, null::date as until, d.label as number, '' as mark,
      case d.revoked_reason when 'credits_corrected' then 'corrected' else case when d.revoked_at is not null then 'taken_back' end end as gone
    from documents.document d where d.kind = 'certificate' and d.subject_kind = 'training_class' and d.person_id is not null`,
}
