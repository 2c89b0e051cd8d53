/** Filing: designations with their term, certificates in a block, the circular by which they were made known. */
import { sql } from 'kysely'
import { addDays, addYears, type CivilDate } from '../../../base/dates.ts'
import { conflict, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { issueNumbers, newVerifyCode, registerDocuments } from '../../documents/index.ts'
import type { Held } from '../../inbox/index.ts'
import { figureOf } from '../flow/figures.ts'
import { moveAll } from '../flow/move.ts'
import { casesAt, officeOf, standingAt } from '../panel/standing.ts'
import type { Application, Call } from '../tables.ts'
import { type Candidate, LAST_VOTE, trackTitle, VOTES } from './ranking.ts'

/** The kind of paper in the register. */
export const CERTIFICATE = 'designation_certificate'

async function yearsOf<T>(act: Act<T>, { authority, definition }: Call): Promise<number | null> {
  const { years } = definition.result
  return years === undefined ? null : (await figureOf(act, authority, years)).value
}

/** As PostgreSQL writes it: from the first day to before the day after the last. */
const termFrom = (from: CivilDate, years: number | null): string =>
  years === null ? `[${from},)` : `[${from},${addYears(from, years)})`

/** The designations of the call's kind that meet the term, of whoever holds them. */
const clashing = (call: Call, term: string) => sql`select d.holder_id, d.during from cases.designation d
  where d.kind = ${call.definition.result.kind} and d.during && ${term}::daterange`

export async function filing<T>(
  act: Act<T>,
  held: readonly Held[],
  { callId, stage: stageId, from = act.today }: { callId: string; stage: string; from?: string | undefined },
) {
  const { call, stage, orgIds } = await standingAt(act, held, callId, stageId, 'file')
  const years = await yearsOf(act, call)
  const { rows } = await sql<Candidate & { held: { until: string | null } | null }>`
    select a.id as application_id, a.name, coalesce(o.short_name, '') as org, a.track, a.score, coalesce(a.rank, 0) as rank, ${VOTES},
      case when d.holder_id is not null then jsonb_build_object('until', (upper(d.during) - 1)::text) end as held
    from cases.application a left join directory.organisation o on o.id = a.org_id ${LAST_VOTE}
      left join lateral (select c.* from (${clashing(call, termFrom(from, years))}) c
        where c.holder_id = coalesce(a.person_id, a.org_id) order by upper(c.during) desc nulls first limit 1) d on true
    where a.call_id = ${callId} and a.state = 'waiting' and a.stage = ${stage.id} and ${officeOf(stage.by.at)} = any (${orgIds}::uuid[])
    order by a.track nulls first, a.rank nulls last, a.score desc nulls last, a.name collate "zh-x-icu", a.id limit 20000`.execute(
    act.tx,
  )
  const { kind, title, level, duties, certificate } = call.definition.result
  return {
    callId,
    stage: stage.id,
    callTitle: call.definition.title,
    stageTitle: stage.title,
    result: { kind, title, level, duties, certificate, years },
    rows: rows.map((row) => ({ ...row, trackTitle: trackTitle(call, row.track) })),
  }
}

type Filed = { id: string; holderId: string; application: Application; documentId: string | null; label: string | null }

/**
 * Files cases: each becomes a designation from a given day, for the years the call says.
 * @throws Refusal as `casesAt` and `moveAll`, `cases.designation_held` with the names of those who hold the same kind in that time
 */
export async function fileCases<T>(
  act: Act<T>,
  held: readonly Held[],
  input: { callId: string; stage: string; applicationIds: string[]; from: string; circular?: string | undefined },
): Promise<{ filed: number; firstCertificate: string | null; lastCertificate: string | null }> {
  const { call, applications } = await casesAt(act, held, input, 'file')
  const years = await yearsOf(act, call)
  const term = termFrom(input.from, years)
  await assertFree(act, call, applications, term)
  const filed = await withCertificates(act, call, applications, { from: input.from, years })
  await enter(act, call, filed, term, input.circular)
  await moveAll(
    act,
    call,
    applications,
    { act: 'pass' },
    {
      data: { from: input.from, ...(input.circular ? { circular: input.circular } : {}) },
      ...(input.circular ? { words: input.circular } : {}),
    },
  )
  await record(
    act,
    ...filed.map(({ id, holderId, application }) => ({
      action: 'cases.designation_given',
      subject: { kind: 'designation', id },
      ...(application.personId ? { about: application.personId } : {}),
      orgPath: application.orgPath,
      after: {
        holderId,
        kind: call.definition.result.kind,
        term,
        ...(input.circular ? { circular: input.circular } : {}),
      },
    })),
  )
  const labels = filed.flatMap(({ label }) => (label ? [label] : []))
  return { filed: filed.length, firstCertificate: labels[0] ?? null, lastCertificate: labels.at(-1) ?? null }
}

const holderOf = ({ personId, orgId }: Application): string => personId ?? orgId

async function assertFree<T>(act: Act<T>, call: Call, applications: readonly Application[], term: string) {
  const { rows } = await sql<{ holderId: string }>`select distinct c.holder_id from (${clashing(call, term)}) c
    where c.holder_id = any (${applications.map(holderOf)}::uuid[])`.execute(act.tx)
  if (rows.length === 0) return
  const holding = new Set(rows.map(({ holderId }) => holderId))
  throw heldAlready(
    call,
    applications.filter((one) => holding.has(holderOf(one))).map(({ name }) => name),
  )
}
const heldAlready = ({ definition }: Call, names: string[]) =>
  refused('cases.designation_held', { ...definition.result.title, names: names.slice(0, 5), count: names.length })

/** Certificates bear consecutive numbers in the order in which the cases are given. */
async function withCertificates<T>(
  act: Act<T>,
  call: Call,
  applications: readonly Application[],
  { from, years }: { from: CivilDate; years: number | null },
): Promise<Filed[]> {
  const { result } = call.definition
  const plain = applications.map((application) => ({ id: newId(), holderId: holderOf(application), application }))
  if (!result.certificate) return plain.map((one) => ({ ...one, documentId: null, label: null }))
  const year = Number(act.today.slice(0, 4))
  const series = seriesOf(result.number ?? COMMON)
  const first = await issueNumbers(act.tx, series, year, plain.length)
  const { rows: names } = await sql<{ id: string; name: string }>`select o.id, o.name from directory.organisation o
    where o.id = any (${[call.orgId, ...applications.map(({ orgId }) => orgId)]}::uuid[])`.execute(act.tx)
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const filed = plain.map((one, at) => ({
    ...one,
    documentId: newId(),
    label: labelled(result.number ?? COMMON, year, first + at),
  }))
  await registerDocuments(
    act.tx,
    filed.map(({ id, application, documentId, label }, at) => ({
      id: documentId,
      series,
      year,
      number: first + at,
      label,
      kind: CERTIFICATE,
      subjectKind: 'designation',
      subjectId: id,
      personId: application.personId,
      orgId: application.orgId,
      verifyCode: newVerifyCode(),
      issuedAt: act.now,
      facts: {
        name: application.name,
        ...(application.personId ? { org: nameOf.get(application.orgId) ?? '' } : {}),
        title: result.title.zh,
        titleEn: result.title.en,
        term: years === null ? from : `${from} – ${addDays(addYears(from, years), -1)}`,
        from,
        until: years === null ? null : addDays(addYears(from, years), -1),
        level: result.level,
        issuer: nameOf.get(call.orgId) ?? '',
      },
    })),
  )
  return filed
}

const COMMON = '证字〔{year}〕{number}号'

/** What is numbered in the same way is numbered on: no two certificates bear the same. */
const seriesOf = (pattern: string): string => (pattern === COMMON ? 'designation' : `designation:${pattern}`)

const labelled = (pattern: string, year: number, nth: number): string =>
  pattern.replace('{year}', String(year)).replace('{number}', String(nth).padStart(5, '0'))

async function enter<T>(act: Act<T>, call: Call, filed: readonly Filed[], term: string, circular: string | undefined) {
  const { kind, title, level, duties } = call.definition.result
  const rows = filed.map(({ id, holderId, application, documentId }) => ({
    id,
    holder_id: holderId,
    person_id: application.personId,
    org_id: application.orgId,
    application_id: application.id,
    document_id: documentId,
  }))
  try {
    await sql`insert into cases.designation (holder_id, id, person_id, org_id, org_path, kind, title, level, duties, during, call_id, application_id, circular, document_id)
      select w.holder_id, w.id, w.person_id, w.org_id, a.org_path, ${kind}, ${JSON.stringify(title)}::jsonb, ${level}, ${JSON.stringify(duties)}::jsonb,
        ${term}::daterange, ${call.id}, w.application_id, ${circular ?? null}, w.document_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, holder_id uuid, person_id uuid, org_id uuid, application_id uuid, document_id uuid)
        join cases.application a on a.id = w.application_id`.execute(act.tx)
  } catch (error) {
    // Held in a place that the asker does not see, or given at the same moment: the database knows all of them.
    if ((error as { code?: string }).code === '23P01')
      throw conflict('cases.designation_held', { ...title, names: ['—'], count: 1 })
    throw error
  }
}
