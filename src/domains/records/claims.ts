/** What the record tells platforms that people enter with one sign-in: what they teach, by the national codes. */
import { sql } from 'kysely'
import type { ClaimSource } from '../../platform/sso/index.ts'

type Coded = { code: string; name: string }

export const recordsClaims: ClaimSource = {
  scope: 'teaching',
  claims: ['stages', 'subjects'],
  read: async (act, { person }) => {
    if (!person) return {}
    const { rows } = await sql<{ stages: Coded[] | null; subjects: Coded[] | null }>`
      select (select jsonb_agg(distinct jsonb_build_object('code', t.stage, 'name', c.zh)) from records.teaching t join records.code c on c."table" = 'RKXD' and c.code = t.stage
          where t.person_id = ${person} and t.during @> db.today()) as stages,
        (select jsonb_agg(distinct jsonb_build_object('code', t.subject, 'name', c.zh)) from records.teaching t join records.code c on c."table" = 'ZXXKC' and c.code = t.subject
          where t.person_id = ${person} and t.during @> db.today()) as subjects`.execute(act.tx)
    return rows[0] ?? {}
  },
}
