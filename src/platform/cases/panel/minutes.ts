/** Minutes of a meeting: numbered when it closes, the same for ever after, signed in the product by everybody who was present. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { conflict, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import {
  englishDate,
  figureDate,
  issueNumbers,
  newVerifyCode,
  registerDocuments,
  type renderPdf,
} from '../../documents/index.ts'
import { notify } from '../../inbox/index.ts'
import { titleAt } from '../flow/enter.ts'
import en from '../messages/en.json' with { type: 'json' }
import zh from '../messages/zh-CN.json' with { type: 'json' }
import { lockedMeeting, type Meeting, meetingOf } from './convene.ts'
import { clauseOf, panelOf, type Quorum, quorumsOf, type RecusalKind, seatsOf } from './queries.ts'
import { shareInWords } from './words.ts'

export type Locale = 'zh-CN' | 'en'

/** What the minutes say; its hash is what members sign. Cases that were read blind stand there by their number. */
type Content = {
  panel: { id: string; name: string; heldOn: string; place: string; org: string; call: string; stage: string }
  rule: { attendance: readonly [number, number]; pass: readonly [number, number] }
  members: { name: string; employer: string; chair: boolean; present: boolean }[]
  cases: {
    nth: number
    case: string
    org: string | null
    recused: { name: string; kind: RecusalKind; why: string }[]
    state: string
    entitled: number | null
    ayes: number | null
    noes: number | null
    blanks: number | null
    passed: boolean | null
  }[]
}

/** What is signed, and how the quorum of each of its cases was counted: that follows from who came and who was recused, and is not signed again. */
async function contentOf<T>(
  act: Act<T>,
  { panel, call, stage }: Meeting,
): Promise<{ content: Content; quorums: Quorum[] }> {
  const seats = await seatsOf(act, panel.id)
  const names = new Map(seats.map(({ accountId, name }) => [accountId, name]))
  const { rows: org } = await sql<{
    name: string
  }>`select o.name from directory.organisation o where o.id = ${panel.orgId}`.execute(act.tx)
  const { rows } = await sql<{
    applicationId: string
    nth: number
    shown: { name?: string; org?: string; number?: number }
    state: string
    entitled: number | null
    ayes: number | null
    noes: number | null
    blanks: number | null
    passed: boolean | null
    recused: { accountId: string; kind: RecusalKind; why: string }[]
  }>`select g.application_id, g.nth, g.shown, g.state, g.entitled, g.ayes, g.noes, g.blanks, g.passed, (
      select coalesce(jsonb_agg(jsonb_build_object('accountId', r.account_id, 'kind', r.kind, 'why', r.why) order by r.account_id), '[]') from cases.recusal r
      where r.panel_id = g.panel_id and r.application_id = g.application_id) as recused
    from cases.agenda g where g.panel_id = ${panel.id} order by g.nth`.execute(act.tx)
  const quorums = await quorumsOf(act, panel.id, stage.attendance)
  const content = {
    panel: {
      id: panel.id,
      name: panel.name,
      heldOn: panel.heldOn,
      place: panel.place,
      org: org[0]!.name,
      call: call.title.zh,
      stage: stage.title.zh,
    },
    rule: { attendance: stage.attendance, pass: stage.pass },
    members: seats.map(({ name, employer, chair, present }) => ({ name, employer, chair, present: present ?? false })),
    cases: rows.map(({ applicationId: _, shown, recused, ...counts }) => ({
      ...counts,
      case: shown.name ?? `№ ${shown.number}`,
      org: shown.org ?? null,
      recused: recused.map(({ accountId, kind, why }) => ({ name: names.get(accountId) ?? '', kind, why })),
    })),
  }
  return { content, quorums: rows.map(({ applicationId }) => quorums.get(applicationId)!) }
}

const digestOf = (content: Content): string => createHash('sha256').update(JSON.stringify(content)).digest('hex')

/**
 * Nothing of the meeting changes after this but signatures. Cases that were not voted on wait for another meeting.
 * @throws Refusal as `lockedMeeting`, `cases.vote_still_open`, `cases.nothing_voted`
 */
export async function closePanel<T>(act: Act<T>, panelId: string): Promise<{ label: string }> {
  const meeting = await lockedMeeting(act, panelId, 'sitting')
  const { content } = await contentOf(act, meeting)
  if (content.cases.some(({ state }) => state === 'voting')) throw conflict('cases.vote_still_open')
  if (!content.cases.some(({ state }) => state === 'counted')) throw conflict('cases.nothing_voted')
  const { panel, call, stage } = meeting
  const year = Number(act.today.slice(0, 4))
  const number = await issueNumbers(act.tx, 'panel_minutes', year)
  const minutes = {
    documentId: newId(),
    label: `评审纪要〔${year}〕${number}号`,
    verifyCode: newVerifyCode(),
    digest: digestOf(content),
    issuedAt: act.now,
  }
  await registerDocuments(act.tx, [
    {
      id: minutes.documentId,
      series: 'panel_minutes',
      year,
      number,
      label: minutes.label,
      kind: 'panel_minutes',
      subjectKind: 'panel',
      subjectId: panelId,
      orgId: panel.orgId,
      verifyCode: minutes.verifyCode,
      issuedAt: minutes.issuedAt,
      facts: {
        title: `${call.title.zh}·${stage.title.zh}`,
        held: panel.heldOn,
        issuer: content.panel.org,
        digest: minutes.digest,
      },
    },
  ])
  await sql`update cases.panel p set state = 'closed', minutes = ${JSON.stringify(minutes)}::jsonb, revision = p.revision + 1 where p.id = ${panelId}`.execute(
    act.tx,
  )
  const seats = await seatsOf(act, panelId)
  await notify(
    act,
    seats
      .filter(({ present }) => present)
      .map(({ accountId }) => ({
        accountId,
        kind: 'todo' as const,
        code: 'cases.todo.sign_minutes',
        data: titleAt(call, stage),
        link: `/my/panels/${panelId}`,
        key: `cases.minutes:${panelId}`,
      })),
  )
  await record(act, { action: 'cases.panel_closed', subject: { kind: 'panel', id: panelId }, after: minutes })
  return { label: minutes.label }
}

/** The minutes as they read, for signing: null before the meeting is closed. */
export async function minutesRead<T>(
  act: Act<T>,
  meeting: Meeting,
): Promise<{ content: Content; quorums: Quorum[]; intact: boolean } | null> {
  if (!meeting.panel.minutes) return null
  const { content, quorums } = await contentOf(act, meeting)
  return { content, quorums, intact: digestOf(content) === meeting.panel.minutes.digest }
}

const template = readFileSync(new URL('./minutes.typ', import.meta.url), 'utf8')
const CATALOGS: Record<Locale, Record<string, string>> = { 'zh-CN': zh, en }
const china = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/**
 * The minutes as PDF with the signatures there are. With `key`, for the office: which numbers stand for whom.
 * @throws Refusal `not_found` before the meeting is closed
 */
export async function minutesPdf<T>(
  act: Act<T>,
  print: typeof renderPdf,
  panelId: string,
  locale: Locale,
  publicUrl: string,
  key: boolean,
): Promise<File> {
  const meeting = await meetingOf(act, panelId)
  const { minutes } = meeting.panel
  const read = await minutesRead(act, meeting)
  if (!minutes || !read) throw notFound('minutes')
  const words = CATALOGS[locale]
  const say = (name: string) => words[`panel.minutes.${name}`] ?? name
  const { content, quorums } = read
  const clause = clauseOf(meeting)
  const seats = await seatsOf(act, panelId)
  const whose = key ? (await panelOf(act, panelId)).agenda.filter(({ number }) => number !== null) : []
  const data = {
    locale,
    words: Object.fromEntries(
      Object.entries(words).flatMap(([name, text]) =>
        name.startsWith('panel.minutes.') ? [[name.slice(14), text]] : [],
      ),
    ),
    title: say('title'),
    subtitle:
      locale === 'en'
        ? `${meeting.call.title.en} · ${meeting.stage.title.en}`
        : `${content.panel.call}·${content.panel.stage}`,
    number: minutes.label,
    issuer: content.panel.org,
    date: locale === 'en' ? englishDate(content.panel.heldOn) : figureDate(content.panel.heldOn),
    meeting: content.panel,
    attendance: fraction(content.rule.attendance, locale),
    pass: fraction(content.rule.pass, locale),
    clause: [clause.document, clause.number, clause.article].filter(Boolean).join(locale === 'en' ? ' · ' : '　'),
    members: content.members,
    cases: content.cases.map((one, at) => ({
      ...one,
      quorum: quorums[at],
      recused: one.recused
        .map(({ name, kind, why }) => `${name}（${words[`panel.recusal.${kind}`] ?? kind}${why ? `：${why}` : ''}）`)
        .join(locale === 'en' ? '; ' : '；'),
    })),
    signatures: seats
      .filter(({ present }) => present)
      .map(({ name, signedAt }) => ({ name, at: signedAt ? china.format(new Date(signedAt)) : null })),
    whose: whose.map(({ number, applicant, school }) => ({ number: `№ ${number}`, applicant, school })),
    digest: minutes.digest,
    intact: read.intact,
    verify: {
      code: minutes.verifyCode,
      address: `${publicUrl}/verify`.replace(/^https?:\/\//, ''),
      url: `${publicUrl}/verify/${minutes.verifyCode}`,
    },
  }
  const pdf = await print(template, data, { at: minutes.issuedAt, codes: { verify: data.verify.url } })
  return new File([new Uint8Array(pdf)], `${minutes.label}.pdf`, { type: 'application/pdf' })
}

const fraction = (share: readonly [number, number], locale: Locale): string =>
  locale === 'en' ? `${share[0]}/${share[1]}` : shareInWords(share)
