/** The papers every domain can issue: certificate, circular, statement. Domains fill in the facts, in one language per paper. */
import { readFileSync } from 'node:fs'
import type { CivilDate } from '../../base/dates.ts'
import { chineseDate, englishDate, figureDate } from './dates.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { type Rendered, renderDocument } from './render.ts'

export type Locale = 'zh-CN' | 'en'

/** Where a paper can be checked: the public page and the code. The QR code leads to `<page>/<code>`. */
export type Verification = { page: string; code: string }

type Paper = { locale: Locale; title: string; issuer: string; number: string; date: CivilDate; verify?: Verification }

/** `…Other`: the same in the other language, in small type. `idMasked`: already masked by the caller. */
export type Certificate = Paper & {
  titleOther?: string
  name: string
  idMasked?: string | null
  paragraphs: string[]
  issuerOther?: string
}

/** `weight`: share of the width; a column without one is as wide as its text. */
export type Column = { title: string; align?: 'left' | 'center' | 'right'; weight?: number }
/** `marked`: stands out for the addressee (tinted, barred and bold). */
export type Row = { cells: (string | number | null)[]; marked?: boolean }
export type Sheet = { columns: Column[]; rows: Row[]; total?: (string | number | null)[]; note?: string }

export type Block =
  | { kind: 'heading'; level?: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'numbered'; items: string[] }
  | ({ kind: 'table'; caption?: string } & Sheet)

/** `head`: the red line, for instance “重庆市黔江区教育委员会文件”. Headings number themselves (一、 （一） or 1. (a)). */
export type Circular = Paper & {
  head: string
  to?: string
  blocks: Block[]
  copies?: string
  printed?: { by: string; on: CivilDate }
}

export type Statement = Paper & {
  subtitle?: string
  facts: { label: string; value: string }[]
  sections: (Sheet & { title: string })[]
  totals?: { label: string; value: string; unit?: string }[]
  notes?: string[]
}

const template = (name: string): string => readFileSync(new URL(`./templates/${name}.typ`, import.meta.url), 'utf8')
const templates = {
  certificate: template('certificate'),
  circular: template('circular'),
  statement: template('statement'),
}

const shorn = (catalog: Record<string, string>) =>
  Object.fromEntries(Object.entries(catalog).map(([key, text]) => [key.replace('documents.', ''), text]))
const WORDS: Record<Locale, Record<string, string>> = { 'zh-CN': shorn(zh), en: shorn(en) }

/** Certificate on landscape A4, on one page, with the date in Chinese and in English. `at`: instant, ISO 8601. */
export function renderCertificate(paper: Certificate, at: string): Promise<Rendered> {
  const dates = [chineseDate(paper.date), englishDate(paper.date)]
  const [date, dateOther] = paper.locale === 'en' ? dates.reverse() : dates
  return render(templates.certificate, paper, { date, dateOther }, at)
}

/** Red-head circular after GB/T 9704-2012; tables break over pages with their head repeated. */
export function renderCircular(paper: Circular, at: string): Promise<Rendered> {
  const on = paper.printed && WORDS[paper.locale].printedOn!.replace('{date}', dated(paper.locale, paper.printed.on))
  const printed = paper.printed && { by: paper.printed.by, on }
  return render(templates.circular, paper, { date: dated(paper.locale, paper.date), printed }, at)
}

/** Statement of a record: facts, tables by section, totals. */
export function renderStatement(paper: Statement, at: string): Promise<Rendered> {
  return render(templates.statement, paper, { date: dated(paper.locale, paper.date) }, at)
}

const dated = (locale: Locale, date: CivilDate) => (locale === 'en' ? englishDate(date) : figureDate(date))

function render(source: string, paper: Paper, more: object, at: string): Promise<Rendered> {
  const { verify, locale } = paper
  const url = verify && `${verify.page}/${verify.code}`
  const shown = verify && { url, code: verify.code, address: verify.page.replace(/^https?:\/\//, '') }
  const data = { ...paper, ...more, verify: shown, words: WORDS[locale] }
  return renderDocument(source, data, { at, codes: url ? { verify: url } : {} })
}
