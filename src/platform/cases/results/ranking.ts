/** Cases in the order of their scores, and the decision on them: yes within the places there are, no with its reason. */
import { sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import { moveAll } from '../flow/move.ts'
import { casesAt, officeOf, standingAt } from '../panel/standing.ts'
import type { Call } from '../tables.ts'

type Votes = { ayes: number; noes: number; blanks: number; entitled: number }
export type Candidate = {
  applicationId: string
  name: string
  org: string
  track: string | null
  score: string | null
  rank: number
  votes: Votes | null
}

/** The last vote that was counted on `cases.application a`, if any. */
export const LAST_VOTE = sql`left join lateral (select g.ayes, g.noes, g.blanks, g.entitled from cases.agenda g join cases.panel p on p.id = g.panel_id
  where g.application_id = a.id and g.state = 'counted' order by p.held_on desc, p.id desc limit 1) v on true`
export const VOTES = sql`case when v.entitled is not null
  then jsonb_build_object('ayes', v.ayes, 'noes', v.noes, 'blanks', v.blanks, 'entitled', v.entitled) end as votes`

/** Ranks within a track by score, then by the share of ayes: over all that the office has or has had at the stage, so that none moves when others are decided. */
const ranked = (
  call: Call,
  stageId: string,
  at: 'school' | 'district' | 'municipality',
  orgIds: readonly string[],
) => sql`
  select a.id, a.name, a.org_id, a.track, a.score, a.state, a.stage, ${VOTES},
    (rank() over (partition by a.track order by a.score desc nulls last, v.ayes::numeric / nullif(v.entitled, 0) desc nulls last))::int as rank
  from cases.application a ${LAST_VOTE}
  where a.call_id = ${call.id} and ${officeOf(at)} = any (${orgIds}::uuid[])
    and (a.state = 'waiting' and a.stage = ${stageId}
      or exists (select from cases.step s where s.application_id = a.id and s.from_stage = ${stageId} and s.act in ('pass', 'refuse')))`

export const trackTitle = ({ definition }: Call, track: string | null): Bilingual | null =>
  definition.tracks.find(({ id }) => id === track)?.title ?? null

export async function ranking<T>(act: Act<T>, held: readonly Held[], callId: string, stageId: string) {
  const { call, stage, orgIds } = await standingAt(act, held, callId, stageId, 'decide')
  const { rows } = await sql<
    Candidate & { decided: 'yes' | 'no' | null; words: string | null }
  >`with r as (${ranked(call, stage.id, stage.by.at, orgIds)})
    select r.id as application_id, r.name, coalesce(o.short_name, '') as org, r.track, r.score, r.rank, r.votes,
      case when r.state = 'waiting' and r.stage = ${stage.id} then null when d.act = 'pass' then 'yes' when d.act = 'refuse' then 'no' end as decided, d.words
    from r left join directory.organisation o on o.id = r.org_id
      left join lateral (select s.act, s.words from cases.step s where s.application_id = r.id and s.from_stage = ${stage.id} and s.act in ('pass', 'refuse')
        order by s.nth desc limit 1) d on true
    order by r.track nulls first, r.rank, r.name collate "zh-x-icu", r.id limit 20000`.execute(act.tx)
  const { rows: quotas } = await sql<{ org: string; track: string | null; places: number; taken: number }>`
    select o.short_name as org, q.track, q.places, q.taken from cases.quota q join directory.organisation o on o.id = q.org_id
    where q.call_id = ${callId} and q.stage = ${stage.id}
      and (q.org_path @> any ((select db.scope())::ltree[]) or q.org_path <@ any ((select db.scope())::ltree[]))
    order by nlevel(q.org_path), o.short_name, q.track nulls first`.execute(act.tx)
  return {
    callId,
    stage: stage.id,
    callTitle: call.definition.title,
    stageTitle: stage.title,
    quotas: quotas.map((quota) => ({ ...quota, track: trackTitle(call, quota.track) })),
    rows: rows.map((row) => ({ ...row, trackTitle: trackTitle(call, row.track) })),
  }
}

/**
 * The rank under which it was decided stays with the case.
 * @throws Refusal as `casesAt` and `moveAll` (`cases.quota_full`), `cases.words_needed` for a no without its reason
 */
export async function decideCases<T>(
  act: Act<T>,
  held: readonly Held[],
  input: { callId: string; stage: string; applicationIds: string[]; verdict: 'yes' | 'no'; words?: string | undefined },
): Promise<{ decided: number }> {
  if (input.verdict === 'no' && (input.words?.length ?? 0) < 2) throw invalid('cases.words_needed')
  const { call, stage, orgIds, applications } = await casesAt(act, held, input, 'decide')
  await sql`with r as (${ranked(call, stage.id, stage.by.at, orgIds)})
    update cases.application a set rank = r.rank from r where r.id = a.id and a.id = any (${input.applicationIds}::uuid[])`.execute(
    act.tx,
  )
  await moveAll(
    act,
    call,
    applications,
    { act: input.verdict === 'yes' ? 'pass' : 'refuse' },
    { words: input.words || undefined },
  )
  return { decided: applications.length }
}
