/** What an expert sees: numbers, the copy that was made for them, and their own scores. Nothing here joins a case, a person or another expert. */
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { FileStore } from '../../files/index.ts'
import type { Definition } from '../contract/definition.ts'
import type { MyReview } from '../contract/review.ts'
import { stageAt } from '../rules/flow.ts'
import type { PaperFile, PaperRow } from './papers.ts'
import { givenReview } from './service.ts'

type Row = Omit<MyReview, 'stageTitle' | 'of'> & { stage: string; definition: Definition }

const ROW = sql`r.id as review_id, p.call_id, c.title as call, c.definition, p.stage, p.nth, p.field, r.state, m.open, r.due_on,
  r.state = 'assigned' and coalesce(r.due_on < db.today(), false) as late, (select count(*) from jsonb_object_keys(r.scores))::int as scored, r.total
  from cases.my_reviews() m join cases.review r on r.id = m.review_id and r.paper_id = m.paper_id
    join cases.paper p on p.id = r.paper_id join cases.call c on c.id = p.call_id`

const toReview = ({ definition, stage: id, ...row }: Row): MyReview => {
  const stage = stageAt(definition, id)
  return { ...row, stageTitle: stage?.title ?? row.call, of: stage?.kind === 'review' ? stage.rubric.length : 0 }
}

/** What waits first, by its due date; then what was handed in. */
export async function myReviews<T>(act: Act<T>): Promise<MyReview[]> {
  const { rows } =
    await sql<Row>`select ${ROW} order by r.state, not m.open, r.due_on nulls last, p.call_id, p.stage, p.nth limit 1000`.execute(
      act.tx,
    )
  return rows.map(toReview)
}

/** @throws Refusal `not_found` */
export async function myPaper<T>(act: Act<T>, reviewId: string, locale: 'zh-CN' | 'en') {
  const { given, stage } = await givenReview(act, reviewId)
  const { rows } = await sql<
    Row & { content: PaperRow[]; shown: { nth: number; title: PaperFile['title'] }[] }
  >`select p.content,
      coalesce((select jsonb_agg(jsonb_build_object('nth', n, 'title', f.value -> 'title') order by n)
        from jsonb_array_elements(p.files) with ordinality f(value, n) where not (f.value ->> 'held')::boolean), '[]') as shown, ${ROW}
    where r.id = ${reviewId}`.execute(act.tx)
  const { content, shown, ...row } = rows[0]!
  const files = []
  for (const { nth, title } of shown) {
    const found = await fileAt(act, given.paperId, nth)
    if (found) files.push({ nth, title, mediaType: found.mediaType })
  }
  return {
    ...toReview(row as Row),
    content: content.map(({ en, ...zh }) => (locale === 'en' ? { ...zh, ...en } : zh)),
    files,
    rubric: stage.rubric.map(({ id, title, says, most }) => ({ id, title, says: says ?? null, most })),
    scores: given.scores,
    words: given.words,
  }
}

async function fileAt<T>(act: Act<T>, paperId: string, nth: number) {
  const { rows } = await sql<{ sha256: string; mediaType: string }>`select f.sha256, f.media_type
    from cases.paper_file(${paperId}, ${nth}) f`.execute(act.tx)
  return rows[0] ?? null
}

const ENDINGS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }

/** A file under a name that says nothing: the one it came with may be the applicant's. @throws Refusal `not_found` */
export async function myPaperFile<T>(act: Act<T>, store: FileStore, reviewId: string, nth: number): Promise<File> {
  const { given } = await givenReview(act, reviewId)
  const found = await fileAt(act, given.paperId, nth)
  if (!found) throw notFound('file')
  const bytes = await buffer(await store.open(found.sha256))
  return new File([new Uint8Array(bytes)], `${nth}.${ENDINGS[found.mediaType] ?? 'bin'}`, { type: found.mediaType })
}
