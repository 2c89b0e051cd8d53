/** The papers of training: the certificate of a completion and a school's circular, set from what the register froze. */
import { sql } from 'kysely'
import { add } from '../../base/decimal.ts'
import { notFound } from '../../base/errors.ts'
import type { Act } from '../../platform/db/index.ts'
import {
  englishDate,
  figureDate,
  type Locale,
  renderCertificate,
  renderCircular,
} from '../../platform/documents/index.ts'
import { circularsInSight } from './queries/findings.ts'
import { DEFINITIONS } from './queries/indicators.ts'
import type { Rate } from './queries/scorecards.ts'

type Registered = {
  label: string
  verifyCode: string
  issuedAt: string
  day: string
  facts: Record<string, string>
  revoked: boolean
}

async function registered<T>(act: Act<T>, documentId: string, kind: string): Promise<Registered> {
  const { rows } =
    await sql<Registered>`select d.label, d.verify_code, d.issued_at, ((d.issued_at at time zone 'Asia/Shanghai')::date)::text as day, d.facts, d.revoked_at is not null as revoked
    from documents.document d where d.id = ${documentId} and d.kind = ${kind}`.execute(act.tx)
  if (!rows[0] || rows[0].revoked) throw notFound('document')
  return rows[0]
}

const pdf = (bytes: Uint8Array, name: string): File =>
  new File([new Uint8Array(bytes)], `${name}.pdf`, { type: 'application/pdf' })

/** What a certificate says of a completion; hours and credits without zeros at the end, the class by its name alone. */
export function certificateWords(facts: Record<string, string>, locale: Locale): string {
  const [hours, credits] = [add(facts.hours!, '0'), add(facts.credits!, '0')]
  return locale === 'zh-CN'
    ? `于${figureDate(facts.day!)}修完“${facts.class}”，计${hours}学时，经考核合格，准予结业，认定${credits}学分，特发此证。`
    : `completed “${facts.classEn || facts.class}” on ${englishDate(facts.day!)}, ${hours} hours, and was found to have passed; ${credits} credits are recognised.`
}

/** The certificate as PDF; the same register entry gives the same paper. */
export async function certificatePdf<T>(
  act: Act<T>,
  documentId: string,
  locale: Locale,
  publicUrl: string,
): Promise<File> {
  const paper = await registered(act, documentId, 'certificate')
  const { facts } = paper
  const zh = locale === 'zh-CN'
  const { pdf: bytes } = await renderCertificate(
    {
      locale,
      title: zh ? '培训结业证书' : 'Certificate of Completion',
      titleOther: zh ? 'Certificate of Completion' : '培训结业证书',
      issuer: facts.issuer!,
      number: paper.label,
      date: paper.day,
      name: facts.name!,
      ...(facts.idMasked ? { idMasked: facts.idMasked } : {}),
      paragraphs: [`${facts.org}`, certificateWords(facts, locale)],
      verify: { page: `${publicUrl}/verify`, code: paper.verifyCode },
    },
    paper.issuedAt,
  )
  return pdf(bytes, paper.label)
}

const percent = ({ numerator, denominator }: Rate): string =>
  denominator === 0 ? '—' : `${((numerator / denominator) * 100).toFixed(1)}%`

/** A school's circular as PDF: its own figures in words, all schools in a table with its own row marked. */
export async function circularPdf<T>(
  act: Act<T>,
  circularId: string,
  locale: Locale,
  publicUrl: string,
): Promise<File> {
  const [circular] = await circularsInSight(act, { circularId })
  if (!circular) throw notFound('circular')
  const paper = await registered(act, circular.documentId, 'circular')
  const zh = locale === 'zh-CN'
  const all = (circular.figures as unknown as { all: { orgId: string; orgName: string; rates: Rate[] }[] }).all
  const own = circular.figures.rates
  const named = (id: string) => DEFINITIONS.find((indicator) => indicator.id === id)!
  const items = own.map((rate) => {
    const indicator = named(rate.id)
    return zh
      ? `${indicator.zh}${percent(rate)}（${rate.numerator}/${rate.denominator}）。口径：${indicator.definitionZh}。依据：${indicator.clause.number}${indicator.clause.article}。`
      : `${indicator.en}: ${percent(rate)} (${rate.numerator}/${rate.denominator}). Definition: ${indicator.definitionEn}. Source: ${indicator.clause.number}, ${indicator.clause.article}.`
  })
  const issuer = paper.facts.issuer!
  const { pdf: bytes } = await renderCircular(
    {
      locale,
      head: zh ? `${issuer}文件` : issuer,
      title: zh ? `关于${circular.title}实施情况的通报` : `Findings on ${circular.titleEn || circular.title}`,
      issuer,
      number: paper.label,
      date: paper.day,
      to: zh ? `${circular.orgName}：` : circular.orgName,
      verify: { page: `${publicUrl}/verify`, code: paper.verifyCode },
      blocks: [
        {
          kind: 'paragraph',
          text: zh
            ? '现将本年度教师培训的出勤、学习和考核结果通报如下，请对照查找差距，认真整改。'
            : 'Attendance, learning and results of this year’s teacher training are as follows. Please compare and improve.',
        },
        { kind: 'heading', text: zh ? '你校情况' : 'Your school' },
        { kind: 'numbered', items },
        { kind: 'heading', text: zh ? '全区情况' : 'All schools' },
        {
          kind: 'table',
          caption: zh ? '各校培训工作指标' : 'Indicators by school',
          columns: [
            { title: zh ? '学校' : 'School', weight: 3 },
            ...own.map(({ id }) => ({ title: zh ? named(id).zh : named(id).en, align: 'right' as const, weight: 1.4 })),
          ],
          rows: all.map(({ orgId, orgName, rates }) => ({
            cells: [orgName, ...rates.map(percent)],
            marked: orgId === circular.orgId,
          })),
        },
      ],
    },
    paper.issuedAt,
  )
  return pdf(bytes, paper.label)
}
