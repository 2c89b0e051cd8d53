/** What experts read: a copy of each case without what names the applicant, under a number drawn from the seed of the call. */
import { sql } from 'kysely'
import { notFound, Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { identityKeys, openIdentity } from '../../directory/index.ts'
import { readFile } from '../../files/index.ts'
import type { ToldRow } from '../../forms/contract.ts'
import { type Form, formOf, redacted, told, withoutIdentifying } from '../../forms/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import { officeAt } from '../flow/enter.ts'
import { APPLICATION } from '../flow/rows.ts'
import type { Application } from '../tables.ts'
import { namesIn } from './names-in.ts'
import { type Round, roundOf } from './stage.ts'

/** A file of a paper: `held` back from experts; `names` null where it could not be read. */
export type PaperFile = {
  kind: string
  title: Bilingual
  fileId: string
  names: boolean | null
  held: boolean
}
/** Chinese, and beside it the same row in English. */
export type PaperRow = ToldRow & { en: Pick<ToldRow, 'title' | 'value' | 'table'> }

type Waiting = Application & {
  officeId: string
  officePath: string
  round: number
  orgName: string
  materials: { kind: string; fileId: string; names: boolean | null }[]
}
export type Prepared = { made: number; held: number; unread: number }

/**
 * Makes the copies for all cases that wait at the stage and have none. Whoever came back to the stage gets a new copy under a new number, and open
 * reviews of the old one end. Numbers follow the hash of seed, stage and case: anyone with the seed can draw them again, nobody can read a case from one.
 */
export async function preparePapers<T>(
  act: Act<T>,
  house: Pick<House, 'files' | 'key'>,
  { callId, stage: stageId }: { callId: string; stage: string },
): Promise<Prepared> {
  const round = await roundOf(act, callId, stageId)
  const waiting = await casesWithout(act, round)
  if (waiting.length === 0) return { made: 0, held: 0, unread: 0 }
  const words = await identifying(act, house, waiting)
  const forms = new Map<string, Form>()
  for (const version of new Set(waiting.map(({ formVersion }) => formVersion)))
    forms.set(version, await formOf(act, version))
  const papers = []
  for (const one of waiting) {
    const form = forms.get(one.formVersion)!
    const { content, taken } = contentOf(round, one, form, words.get(one.id) ?? [one.name])
    const files = await filesOf(act, house, round, one, taken)
    const field = fieldOf(round, form, one)
    papers.push({
      id: newId(),
      application_id: one.id,
      org_id: one.officeId,
      org_path: one.officePath,
      round: one.round,
      field,
      content,
      files,
    })
  }
  await keepPapers(act, round, papers)
  const files = papers.flatMap((paper) => paper.files)
  return {
    made: papers.length,
    held: files.filter(({ held }) => held).length,
    unread: files.filter(({ names }) => names === null).length,
  }
}

async function casesWithout<T>(act: Act<T>, { call, stage }: Round): Promise<Waiting[]> {
  const { rows } =
    await sql<Waiting>`select ${APPLICATION}, o.id as office_id, o.path::text as office_path, s.name as org_name,
      (select count(*) from cases.paper_of f join cases.paper p on p.id = f.paper_id where f.application_id = a.id and p.stage = a.stage)::int + 1 as round,
      coalesce((select jsonb_agg(jsonb_build_object('kind', m.kind, 'fileId', m.file_id, 'names', m.names_applicant) order by m.added_at, m.id)
        from cases.material m where m.application_id = a.id), '[]') as materials
    from cases.application a join directory.organisation s on s.id = a.org_id
    cross join lateral ${officeAt(sql`${stage.by.at}::text`, sql`a.org_path`)} o
    where a.call_id = ${call.id} and a.stage = ${stage.id} and a.state = 'waiting' and o.path <@ any (db.scope())
      and not exists (select from cases.paper_of f join cases.paper p on p.id = f.paper_id
        where f.application_id = a.id and p.stage = a.stage and p.made_at >= a.since)
    order by a.id for update of a`.execute(act.tx)
  return rows
}

/** By case: name, numbers, organisations. */
async function identifying<T>(act: Act<T>, house: Pick<House, 'key'>, cases: readonly Waiting[]) {
  const { rows } = await sql<{
    applicationId: string
    words: string[]
    idCipher: Buffer | null
  }>`select i.application_id, i.words, i.id_cipher
    from cases.identifying(${cases.map(({ id }) => id)}::uuid[]) i`.execute(act.tx)
  const keys = identityKeys(house.key)
  return new Map(
    rows.map(({ applicationId, words, idCipher }) => [
      applicationId,
      idCipher ? [...words, openIdentity(keys, idCipher)] : words,
    ]),
  )
}

/** The answers as experts read them, and all words that were taken out of them. */
function contentOf(
  { stage, call }: Round,
  { answers, known, name, orgName }: Waiting,
  form: Form,
  words: readonly string[],
): { content: PaperRow[]; taken: string[] } {
  const all = { ...answers, ...known }
  if (stage.blind === 'both') {
    const taken = [...words, ...saidOfOneself(form, all)]
    const blind = redacted(form, all, taken).answers
    const asked = withoutIdentifying(form)
    return { content: inBoth(told(asked, blind, 'zh-CN'), told(asked, blind, 'en')), taken }
  }
  const person = call.definition.applicant === 'person'
  const head = (title: string, value: string): ToldRow => ({ question: null, title, value, depth: 0 })
  return {
    content: inBoth(
      [...(person ? [head('申报人', name)] : []), head('单位', orgName), ...told(form, all, 'zh-CN')],
      [...(person ? [head('Applicant', name)] : []), head('Organisation', orgName), ...told(form, all, 'en')],
    ),
    taken: [],
  }
}

/** The same form told twice: row by row. */
const inBoth = (zh: ToldRow[], en: ToldRow[]): PaperRow[] =>
  zh.map((row, nth) => {
    const { title, value, table } = en[nth]!
    return { ...row, en: { title, value, ...(table ? { table } : {}) } }
  })

/** What the applicant wrote where the form asks for something that identifies: telephone, address, class. */
function saidOfOneself(form: Form, answers: Record<string, unknown>): string[] {
  const shown = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if ([...value].length >= 2 && [...value].length <= 60 && !/^\d{1,5}$/.test(value)) shown.add(value)
    } else if (Array.isArray(value)) for (const inner of value) walk(inner)
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner)
  }
  const identifies = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    const { identifies: marked, name, type, cellType, choices } = one as Record<string, unknown>
    // Words of a list, such as a sex or a subject, are everybody's.
    if (marked && typeof name === 'string' && (type ?? cellType) !== undefined && choices === undefined) {
      walk(answers[name])
      for (const value of Object.values(answers))
        if (Array.isArray(value))
          for (const row of value)
            if (typeof row === 'object' && row !== null) walk((row as Record<string, unknown>)[name])
    }
    for (const inner of Object.values(one)) if (typeof inner === 'object') identifies(inner)
  }
  identifies(form.pages)
  return [...shown]
}

/** The field by which experts are matched, as the form names it. */
function fieldOf({ stage }: Round, form: Form, { answers, known }: Waiting): string | null {
  if (stage.field === undefined) return null
  const all = { ...answers, ...known }
  const row = told(form, all, 'zh-CN').find(({ question }) => question === stage.field)
  if (row?.value) return row.value
  const value = all[stage.field]
  return typeof value === 'string' && value !== '' ? value : null
}

async function filesOf<T>(
  act: Act<T>,
  house: Pick<House, 'files'>,
  { stage, call }: Round,
  { materials }: Waiting,
  words: readonly string[],
): Promise<PaperFile[]> {
  const declared = new Map(call.definition.materials.map((one) => [one.id, one]))
  const files: PaperFile[] = []
  for (const { kind, fileId, names: known } of materials) {
    const material = declared.get(kind)
    if (!material || (stage.blind === 'both' && material.blind !== 'shown')) continue
    const names = stage.blind !== 'both' ? false : (known ?? (await named(act, house, fileId, words)))
    files.push({ kind, title: material.title, fileId, names, held: names === true })
  }
  return files
}

async function named<T>(act: Act<T>, house: Pick<House, 'files'>, fileId: string, words: readonly string[]) {
  try {
    const { facts, bytes } = await readFile(act, house.files, fileId)
    return namesIn(bytes, facts.mediaType, [...words])
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

type NewPaper = {
  id: string
  application_id: string
  org_id: string
  org_path: string
  round: number
  field: string | null
  content: PaperRow[]
  files: PaperFile[]
}

/** So many copies in one statement: with their texts they are large. */
const CHUNK = 250

async function keepPapers<T>(act: Act<T>, { call, stage }: Round, papers: NewPaper[]): Promise<void> {
  const ids = papers.map((paper) => paper.application_id)
  await sql`update cases.review r set state = 'dropped', changed_at = db.now() from cases.paper p join cases.paper_of f on f.paper_id = p.id
    where r.paper_id = p.id and p.stage = ${stage.id} and f.application_id = any (${ids}::uuid[]) and r.state = 'assigned'`.execute(
    act.tx,
  )
  // Two offices number by themselves; two acts of one office wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cases.paper:${call.id}:${stage.id}`}, 0))`.execute(act.tx)
  const heads = papers.map(({ id, application_id, org_id, round }) => ({ id, application_id, org_id, round }))
  const { rows: drawn } = await sql<{ id: string; nth: number }>`select r.id, (coalesce(
        (select max(p.nth) from cases.paper p where p.call_id = ${call.id} and p.stage = ${stage.id} and p.org_id = r.org_id), 0)
      + row_number() over (partition by r.org_id order by sha256(convert_to(${`${call.seed}:${stage.id}:`} || r.application_id::text || ':' || r.round, 'UTF8'))))::int as nth
    from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as r(id uuid, application_id uuid, org_id uuid, round int)`.execute(
    act.tx,
  )
  const nthOf = new Map(drawn.map(({ id, nth }) => [id, nth]))
  for (let from = 0; from < papers.length; from += CHUNK) {
    const some = papers.slice(from, from + CHUNK).map((paper) => ({ ...paper, nth: nthOf.get(paper.id) }))
    const rows = sql`jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as r(id uuid, application_id uuid, org_id uuid, org_path ltree, round int,
      nth int, field text, content jsonb, files jsonb)`
    await sql`insert into cases.paper (id, call_id, stage, org_id, org_path, nth, field, content, files)
      select r.id, ${call.id}, ${stage.id}, r.org_id, r.org_path, r.nth, r.field, r.content, r.files from ${rows}`.execute(
      act.tx,
    )
    await sql`insert into cases.paper_of (paper_id, application_id, round) select r.id, r.application_id, r.round from ${rows}`.execute(
      act.tx,
    )
  }
  await record(act, {
    action: 'cases.papers_prepared',
    subject: { kind: 'call', id: call.id },
    after: { stage: stage.id, papers: papers.length },
  })
}

/** @throws Refusal `not_found` */
export async function setPaperFile<T>(
  act: Act<T>,
  { paperId, nth, held }: { paperId: string; nth: number; held: boolean },
): Promise<void> {
  const { rows } = await sql<{ orgPath: string }>`update cases.paper p
    set files = jsonb_set(p.files, array[${String(nth - 1)}, 'held'], ${JSON.stringify(held)}::jsonb, false)
    where p.id = ${paperId} and p.org_path <@ any (db.scope()) and p.files -> ${sql.lit(nth - 1)} is not null returning p.org_path::text`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('paper')
  await record(act, {
    action: 'cases.paper_file_set',
    subject: { kind: 'paper', id: paperId },
    orgPath: rows[0].orgPath,
    after: { nth, held },
  })
}
