/** The certificate of a designation, set from what the register froze when it was filed. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { englishDate, figureDate, type Locale, renderCertificate } from '../../documents/index.ts'
import type { Key } from './tenure.ts'

type Facts = {
  name: string
  org?: string
  title: string
  titleEn: string
  from: string
  until: string | null
  issuer: string
}
type Paper = { label: string; verifyCode: string; issuedAt: string; day: string; facts: Facts; circular: string | null }

function wordsOf({ title, titleEn, from, until }: Facts, circular: string | null, locale: Locale): string {
  if (locale === 'en')
    return `is awarded “${titleEn}” ${until ? `from ${englishDate(from)} to ${englishDate(until)}` : `with effect from ${englishDate(from)}`}${circular ? ` (${circular})` : ''}.`
  const term = until ? `任期自${figureDate(from)}至${figureDate(until)}` : `自${figureDate(from)}起生效`
  return `经评审、公示和审定${circular ? `（${circular}）` : ''}，授予“${title}”称号，${term}。特发此证。`
}

/** @throws Refusal `not_found` where there is none, or it was revoked */
export async function certificatePdf<T>(
  act: Act<T>,
  { holderId, designationId }: Key,
  locale: Locale,
  publicUrl: string,
): Promise<File> {
  const { rows } =
    await sql<Paper>`select x.label, x.verify_code, x.issued_at, ((x.issued_at at time zone 'Asia/Shanghai')::date)::text as day, x.facts, d.circular
    from cases.designation d join documents.document x on x.id = d.document_id
    where d.holder_id = ${holderId} and d.id = ${designationId} and x.revoked_at is null`.execute(act.tx)
  const paper = rows[0]
  if (!paper) throw notFound('certificate')
  const { facts } = paper
  const titles = [facts.title, facts.titleEn]
  const [title, titleOther] = locale === 'en' ? titles.reverse() : titles
  const { pdf } = await renderCertificate(
    {
      locale,
      title: title!,
      titleOther: titleOther!,
      issuer: facts.issuer,
      number: paper.label,
      date: paper.day,
      name: facts.name,
      paragraphs: [...(facts.org ? [facts.org] : []), wordsOf(facts, paper.circular, locale)],
      verify: { page: `${publicUrl}/verify`, code: paper.verifyCode },
    },
    paper.issuedAt,
  )
  return new File([new Uint8Array(pdf)], `${paper.label}.pdf`, { type: 'application/pdf' })
}
