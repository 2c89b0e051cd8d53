/** What one may apply for and why, and what one has applied for. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { FactBook } from '../../policy/index.ts'
import { stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { type Applicant, applicantOf, handInStage, isWithApplicant } from './applicant.ts'
import { standingsOf } from './standing.ts'

/** The deadline that holds for a stage of a call `c`; `submit` for applications. */
export const closing = (
  stage: string,
) => sql`(select d.closes_at from cases.deadline d where d.call_id = c.id and d.stage = ${stage}
  order by d.nth desc limit 1)`

export type HeadRow = Pick<Call, 'definition' | 'authority' | 'title' | 'opensOn' | 'judgedOn'> & {
  callId: string
  orgName: string
  orgNameEn: string | null
  closesAt: string | null
}
export const HEAD = sql`c.id as call_id, c.definition, c.authority, c.title, c.opens_on, c.judged_on, o.name as org_name, o.name_en as org_name_en,
  ${closing('submit')} as closes_at`

export const headOf = ({ callId, definition, title, opensOn, judgedOn, orgName, orgNameEn, closesAt }: HeadRow) => ({
  callId,
  title,
  about: definition.about ?? null,
  clause: definition.clause,
  org: { name: orgName, nameEn: orgNameEn },
  opensOn,
  judgedOn,
  closesAt,
})

export const trackOf = ({ tracks }: Call['definition'], track: string | null) => {
  const found = tracks.find(({ id }) => id === track)
  return found ? { id: found.id, title: found.title, clause: found.clause ?? null } : null
}

/** Calls above the applicant that take applications or will, the nearest deadline first; with what the applicant has begun. */
export async function openCalls<T>(act: Act<T>, book: FactBook, orgId?: string) {
  const applicant = await applicantOf(act, orgId)
  const { rows } = await sql<HeadRow & { own: { id: string; state: string } | null }>`select ${HEAD},
      (select jsonb_build_object('id', a.id, 'state', a.state) from cases.application a
        where a.call_id = c.id and a.state not in ('withdrawn', 'lapsed') and ${isOf(applicant)}) as own
    from cases.call c join directory.organisation o on o.id = c.org_id
    where c.state = 'published' and c.org_path @> ${applicant.orgPath}::ltree and c.definition ->> 'applicant' = ${applicant.kind}
      and coalesce(${closing('submit')} >= db.now(), true)
    order by closes_at nulls last, c.opens_on, c.id`.execute(act.tx)
  const calls = []
  for (const { own, ...row } of rows) {
    const { tracks, materials } = row.definition
    const ways = tracks.length === 0 ? [null] : tracks.map(({ id }) => id)
    const standings = await standingsOf(act, book, row, applicant, ways)
    calls.push({
      ...headOf(row),
      ways: ways.map((way, nth) => ({ track: trackOf(row.definition, way), standing: standings[nth]! })),
      materials: materials.map(({ title, required }) => ({ title, required })),
      own,
    })
  }
  return calls
}

const isOf = ({ personId, orgId }: Applicant) =>
  personId === null ? sql`a.person_id is null and a.org_id = ${orgId}` : sql`a.person_id = ${personId}`

type Row = Pick<Application, 'id' | 'callId' | 'track' | 'state' | 'stage' | 'since' | 'dueOn' | 'submittedAt'> &
  Pick<Call, 'title' | 'definition'> & { closes: Record<string, string> }

/** The latest first. */
export async function ownApplications<T>(act: Act<T>, orgId?: string) {
  const applicant = await applicantOf(act, orgId)
  const { rows } =
    await sql<Row>`select a.id, a.call_id, a.track, a.state, a.stage, a.since, a.due_on, a.submitted_at, c.title, c.definition,
      (select coalesce(jsonb_object_agg(d.stage, d.closes_at), '{}') from (select distinct on (x.stage) x.stage, x.closes_at
        from cases.deadline x where x.call_id = c.id order by x.stage, x.nth desc) d) as closes
    from cases.application a join cases.call c on c.id = a.call_id where ${isOf(applicant)}
    order by a.changed_at desc, a.id desc limit 100`.execute(act.tx)
  return rows.map(({ definition, closes, track, stage, ...row }) => ({
    ...row,
    track: trackOf(definition, track)?.title ?? null,
    stage: stageAt(definition, stage)?.title ?? null,
    closesAt: isWithApplicant(row) ? (closes[handInStage({ stage })] ?? null) : null,
  }))
}
