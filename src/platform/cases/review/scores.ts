/** The scores of a round as a workbook: one row a review, by the number of the paper; names only where they are asked for and may be seen. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { type ExportColumn, exportFile } from '../../sheets/index.ts'
import { standing } from './question.ts'
import { roundOf } from './stage.ts'

type Row = {
  nth: number
  field: string | null
  expert: string
  name: string | null
  org: string | null
  state: string
  round: number
  scores: Record<string, number>
  total: string | null
  words: string
  submittedAt: string | null
  score: string | null
  spread: string | null
}

type Ask = { callId: string; stage: string; locale: 'zh-CN' | 'en'; names: boolean }

const STATES = [
  { code: 'assigned', zh: '未交', en: 'Not handed in' },
  { code: 'submitted', zh: '已交', en: 'Handed in' },
  { code: 'declined', zh: '退回', en: 'Given back' },
]

/**
 * @param seesCases paths below which the asker sees cases by name: the names of others stay empty
 * @throws Refusal of `roundOf`
 */
export async function exportScores<T>(act: Act<T>, ask: Ask, seesCases: readonly string[]): Promise<File> {
  const round = await roundOf(act, ask.callId, ask.stage)
  const { call, stage } = round
  const named = sql`${ask.names}::boolean and a.org_path <@ any (${seesCases}::ltree[])`
  // Without names experts are told apart by numbers that are drawn for this call: another list of the pool does not give them away.
  const { rows } = await sql<Row>`select p.nth, p.field, r.state, r.round, r.scores, r.words, r.submitted_at,
      case when r.state = 'submitted' then r.total::text end as total, round(a.score, 2)::text as score, s.spread::text as spread,
      case when ${ask.names}::boolean then e.name
        else (dense_rank() over (order by sha256(convert_to(${`${call.seed}:scores:`} || r.account_id::text, 'UTF8'))))::text end as expert,
      case when ${named} then a.name end as name, case when ${named} then o.short_name end as org
    from cases.paper p join cases.paper_of f on f.paper_id = p.id join cases.application a on a.id = f.application_id
      join directory.organisation o on o.id = a.org_id join cases.review r on r.paper_id = p.id and r.state <> 'dropped'
      join cases.expert e on e.account_id = r.account_id cross join ${standing(round)}
    where p.call_id = ${call.id} and p.stage = ${stage.id} and p.org_path <@ any (db.scope())
      and not exists (select from cases.paper_of l join cases.paper q on q.id = l.paper_id
        where l.application_id = a.id and q.stage = p.stage and l.round > f.round)
    order by p.org_id, p.nth, r.round, expert`.execute(act.tx)
  const column = (key: string, zh: string, en: string, width?: number): ExportColumn => ({
    key,
    kind: 'text',
    header: { zh, en },
    ...(width ? { width } : {}),
  })
  const figure = (key: string, zh: string, en: string): ExportColumn => ({
    key,
    kind: 'decimal',
    scale: 2,
    header: { zh, en },
  })
  const expert = (one: string) => (ask.names ? one : ask.locale === 'en' ? `Expert ${one}` : `专家${one}`)
  return exportFile({
    title: {
      zh: `${call.title.zh} ${stage.title.zh} 评分`,
      en: `${call.title.en}, ${stage.title.en}, scores`,
    },
    columns: [
      { key: 'nth', kind: 'integer', header: { zh: '材料编号', en: 'Paper' } },
      ...(ask.names ? [column('name', '申报人', 'Applicant', 12), column('org', '单位', 'Organisation', 22)] : []),
      column('field', '学科', 'Field', 12),
      column('expert', '评审专家', 'Expert', 12),
      { key: 'round', kind: 'integer', header: { zh: '轮次', en: 'Round' } },
      { key: 'state', kind: 'code', table: STATES, header: { zh: '状态', en: 'State' } },
      ...stage.rubric.map(({ id, title, most }) =>
        figure(`item.${id}`, `${title.zh}（${most}分）`, `${title.en} (of ${most})`),
      ),
      figure('total', '总分', 'Total'),
      column('words', '评语', 'Words', 40),
      { key: 'submittedAt', kind: 'instant', header: { zh: '提交时间', en: 'Handed in' } },
      figure('score', '材料得分', 'Score of the paper'),
      figure('spread', '最大分差', 'Largest difference'),
    ],
    rows: rows.map(({ scores, words, ...row }) => {
      // What is being typed still is the expert's alone.
      const handedIn = row.state === 'submitted'
      return {
        ...row,
        expert: expert(row.expert),
        words: handedIn ? words : null,
        submittedAt: row.submittedAt ? new Date(row.submittedAt) : null,
        ...(handedIn ? Object.fromEntries(stage.rubric.map(({ id }) => [`item.${id}`, scores[id] ?? null])) : {}),
      }
    }),
    locale: ask.locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
}
