/** The growth file that leaves the product: as data, signed, and as a paper that the register knows. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../../platform/access/index.ts'
import { record } from '../../../platform/audit/index.ts'
import { signStatement } from '../../../platform/credentials/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import {
  englishDate,
  figureDate,
  issueNumbers,
  newVerifyCode,
  registerDocuments,
  renderPdf,
} from '../../../platform/documents/index.ts'
import en from '../messages/en.json' with { type: 'json' }
import zh from '../messages/zh-CN.json' with { type: 'json' }
import { figuresOf, type Growth, growthOf } from './entries.ts'

type Locale = 'zh-CN' | 'en'
const CONTEXTS = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2']
const CATALOGS: Record<Locale, Record<string, string>> = { 'zh-CN': zh, en }
const template = readFileSync(new URL('./growth.typ', import.meta.url), 'utf8')

/** The same content gives the same hash, whoever exports it. */
export const digestOf = (growth: Growth): string => createHash('sha256').update(JSON.stringify(growth)).digest('hex')

/** As JSON, or in a credential that anybody can check with the published key. It says what was on record on the day; it is on no list of revoked ones. */
export async function growthData<T>(act: Act<T>, house: House, personId: string, as: 'json' | 'jwt'): Promise<File> {
  const growth = await growthOf(act, personId)
  const name = fileName(growth)
  await exported(act, personId, as, growth)
  if (as === 'json')
    return new File([`${JSON.stringify(growth, null, 2)}\n`], `${name}.json`, { type: 'application/json' })
  const { holder, ...rest } = growth
  const jwt = await signStatement(act, house, {
    '@context': CONTEXTS,
    type: ['VerifiableCredential', 'GrowthFileCredential'],
    name: '教师成长档案',
    validFrom: act.now,
    credentialSubject: { type: 'GrowthFile', ...rest, holder },
  })
  return new File([jwt], `${name}.vc.jwt`, { type: 'application/vc+jwt' })
}

/** What says the same as the last paper is the same paper. */
export async function growthPaper<T>(act: Act<T>, house: House, personId: string, locale: Locale): Promise<File> {
  const growth = await growthOf(act, personId)
  const digest = digestOf(growth)
  const paper = (await registeredAs(act, personId, digest)) ?? (await register(act, personId, growth, digest))
  await exported(act, personId, 'pdf', growth, paper.label)
  const words = CATALOGS[locale]
  const pick = (text: { zh: string; en: string } | null) => text && (locale === 'en' ? text.en : text.zh)
  const day = (civil: string | null) => (civil ? (locale === 'en' ? englishDate(civil) : figureDate(civil)) : '')
  const { publicUrl } = house.settings
  const data = {
    locale,
    words: Object.fromEntries(
      Object.entries(words).flatMap(([key, text]) => (key.startsWith('growth.print.') ? [[key.slice(13), text]] : [])),
    ),
    title: words['growth.print.title'],
    number: paper.label,
    issuer: paper.issuer,
    name: growth.holder.name,
    holder: [growth.holder.number, pick(growth.holder.district), pick(growth.holder.school)].filter(Boolean).join('　'),
    asOf: day(growth.asOf),
    figures: figuresOf(growth).flatMap(({ key, value }) =>
      value === null ? [] : [{ label: words[`growth.${key}`], value: String(value) }],
    ),
    years: byYear(growth).map(({ year, entries }) => ({
      year: year === null ? words['growth.undated'] : String(year),
      entries: entries.map((entry) => ({
        when: entry.from === null ? '' : entry.from.slice(5).replace('-', '.'),
        kind: words[`growth.kind.${entry.kind}`],
        title: pick(entry.title),
        detail: [pick(entry.detail), entry.until ? `${words['growth.print.until']}${day(entry.until)}` : null]
          .filter(Boolean)
          .join('　'),
        struck: entry.state !== 'holds',
        state:
          entry.state === 'holds'
            ? ''
            : `${words[`growth.${entry.state}`]}${entry.stateOn ? ` ${day(entry.stateOn)}` : ''}`,
      })),
    })),
    digest,
    verify: {
      code: paper.verifyCode,
      address: `${publicUrl}/verify`.replace(/^https?:\/\//, ''),
      url: `${publicUrl}/verify/${paper.verifyCode}`,
    },
  }
  const pdf = await renderPdf(template, data, { at: paper.issuedAt, codes: { verify: data.verify.url } })
  return new File([new Uint8Array(pdf)], `${fileName(growth)}.pdf`, { type: 'application/pdf' })
}

function byYear({ entries }: Growth): { year: number | null; entries: Growth['entries'] }[] {
  const years = [...new Set(entries.map(({ year }) => year))]
  return years.map((year) => ({ year, entries: entries.filter((entry) => entry.year === year) }))
}

const fileName = ({ holder, asOf }: Growth): string =>
  `${holder.name}-成长档案-${asOf}`.replaceAll(/[\\/:*?"<>|]/g, ' ')

const exported = <T>(
  act: Act<T>,
  personId: string,
  as: string,
  { asOf, entries }: Growth,
  label?: string,
): Promise<void> =>
  record(act, {
    action: 'records.growth_exported',
    subject: { kind: 'person', id: personId },
    about: personId,
    after: { as, asOf, entries: entries.length, ...(label ? { label } : {}) },
  })

type Paper = { label: string; verifyCode: string; issuedAt: string; issuer: string }

async function registeredAs<T>(act: Act<T>, personId: string, digest: string): Promise<Paper | undefined> {
  const { rows } =
    await sql<Paper>`select d.label, d.verify_code, d.issued_at, d.facts ->> 'issuer' as issuer from documents.document d
    where d.kind = 'growth_file' and d.person_id = ${personId} and d.subject_id = ${personId} and d.facts ->> 'digest' = ${digest}
      and d.revoked_at is null order by d.issued_at desc limit 1`.execute(act.tx)
  return rows[0]
}

async function register<T>(act: Act<T>, personId: string, growth: Growth, digest: string): Promise<Paper> {
  const year = Number(act.today.slice(0, 4))
  const number = await issueNumbers(act.tx, 'growth_file', year)
  const { name, school, district } = growth.holder
  const paper = {
    label: `成长档案〔${year}〕${number}号`,
    verifyCode: newVerifyCode(),
    issuedAt: act.now,
    issuer: district?.zh ?? school.zh,
  }
  await registerDocuments(act.tx, [
    {
      id: newId(),
      series: 'growth_file',
      year,
      number,
      label: paper.label,
      kind: 'growth_file',
      subjectKind: 'person',
      subjectId: personId,
      personId,
      verifyCode: paper.verifyCode,
      issuedAt: paper.issuedAt,
      facts: { name, org: school.zh, day: growth.asOf, digest, issuer: paper.issuer },
    },
  ])
  return paper
}
