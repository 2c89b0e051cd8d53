/** What a notice shows: the cases that wait at its stage for one office, by the columns that the call names and nothing else. */
import { sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { type Form, formOf, told } from '../../forms/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import type { StageOf } from '../contract/definition.ts'
import type { ListedNotice } from '../contract/notices.ts'
import { officeAt } from '../flow/enter.ts'
import { figureOf, workingDaysAfter } from '../flow/figures.ts'
import { openCall } from '../flow/rows.ts'
import { inReach } from '../office/rows.ts'
import { hashOf } from '../rules/canonical.ts'
import { stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'

export type Subject = { callId: string; stage: string; orgId: string }

/** Of a case `a` and a notice `n`: it has not left the stage since it was listed; stopping and going on again are no leaving. */
export const stillListed = sql`n.stage = a.stage and not exists (select from cases.step s where s.application_id = a.id and s.at > n.published_at
  and s.act not in ('pause', 'resume') and (s.from_state, s.from_stage) is distinct from (s.to_state, s.to_stage))`

/** Cases `a` that wait at the stage and stand in no notice yet. */
export const toList = sql`a.state = 'waiting' and not exists (select from cases.notice_entry e join cases.notice n on n.id = e.notice_id
  where e.application_id = a.id and n.state <> 'withdrawn' and ${stillListed})`

type Waiting = Pick<Application, 'id' | 'name' | 'track' | 'answers' | 'formVersion'> & {
  orgName: string
  orgNameEn: string | null
}
export type Prepared = {
  call: Call
  stage: StageOf<'notice'>
  org: { id: string; path: string }
  listed: Omit<ListedNotice, 'code'>
  ids: string[]
  mark: string
}

/**
 * The list as it would be published now. `mark` is of the list without its code.
 * @throws Refusal `not_found` where the asker does not act for this organisation, `cases.notice_empty`, `cases.call_not_open`, figures
 */
export async function prepare<T>(
  act: Act<T>,
  held: readonly Held[],
  { callId, stage, orgId }: Subject,
): Promise<Prepared> {
  const call = await openCall(act, callId)
  const here = stageAt(call.definition, stage)
  if (here?.kind !== 'notice' || !held.some((one) => one.role === here.by.role && one.orgId === orgId))
    throw notFound('notice')
  const { rows: orgs } = await sql<{
    id: string
    path: string
    name: string
    nameEn: string | null
  }>`select o.id, o.path::text, o.name, o.name_en
    from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  const org = orgs[0]
  if (!org) throw notFound('notice')
  const { rows } =
    await sql<Waiting>`select a.id, a.name, a.track, a.answers, a.form_version, s.short_name as org_name, s.name_en as org_name_en
    from cases.application a join directory.organisation s on s.id = a.org_id cross join lateral ${officeAt(sql`${here.by.at}::text`, sql`a.org_path`)} o
    where a.call_id = ${callId} and a.stage = ${stage} and o.id = ${orgId} and ${inReach} and ${toList}
    order by s.path, a.name collate "zh-x-icu", a.id`.execute(act.tx)
  if (rows.length === 0) throw refused('cases.notice_empty')
  const days = (await figureOf(act, call.authority, here.days)).value
  const forms = new Map<string, Form>()
  for (const { formVersion } of rows)
    if (!forms.has(formVersion)) forms.set(formVersion, await formOf(act, formVersion))
  const listed = {
    call: call.title,
    stage: here.title,
    org: { zh: org.name, en: org.nameEn ?? org.name },
    from: act.today,
    until: await workingDaysAfter(act, call.authority, act.today, days),
    days,
    ...tableOf(call, here, rows, forms),
  }
  return {
    call,
    stage: here,
    org,
    listed,
    ids: rows.map(({ id }) => id),
    mark: hashOf({ listed, ids: rows.map(({ id }) => id) }),
  }
}

const TITLES: Record<string, Bilingual> = {
  name: { zh: '姓名', en: 'Name' },
  organisation: { zh: '申报单位', en: 'Applicant' },
  school: { zh: '单位', en: 'School' },
  track: { zh: '申报类别', en: 'Track' },
}

function tableOf(
  { definition }: Call,
  { shows }: StageOf<'notice'>,
  rows: readonly Waiting[],
  forms: ReadonlyMap<string, Form>,
) {
  const asked = new Map<string, Bilingual>()
  const lines = rows.map((row, at) => {
    const form = forms.get(row.formVersion)!
    const [zh, en] = (['zh-CN', 'en'] as const).map((locale) => told(form, row.answers, locale))
    const shown = shows.map((key): [string, Bilingual] => {
      if (key === 'name') return [key, { zh: row.name, en: row.name }]
      if (key === 'school') return [key, { zh: row.orgName, en: row.orgNameEn ?? row.orgName }]
      if (key === 'track')
        return [key, definition.tracks.find(({ id }) => id === row.track)?.title ?? { zh: '', en: '' }]
      const nth = zh!.findIndex(({ question }) => question === key)
      if (nth < 0) return [key, { zh: '', en: '' }]
      asked.set(key, { zh: zh![nth]!.title, en: en![nth]!.title })
      return [key, { zh: zh![nth]!.value ?? '', en: en![nth]!.value ?? '' }]
    })
    return { nth: at + 1, shown: Object.fromEntries(shown) }
  })
  const titleOf = (key: string) =>
    (key === 'name' && definition.applicant === 'organisation' ? TITLES.organisation : TITLES[key]) ??
    asked.get(key) ?? { zh: key, en: key }
  return { columns: shows.map((key) => ({ key, title: titleOf(key) })), rows: lines }
}
