/** A copy of one's own data as one zip: everything as JSON for machines, and a workbook for each part for people. */
import { ZipArchive } from '@cj-tech-master/excelts/archive'
import { type ExportColumn, exportWorkbook, type Locale } from '../../sheets/index.ts'
import type { Collected, Line, Part } from './collect.ts'
import { wordFor } from './columns.ts'

export type About = { name: string; account: string; madeAt: string; locale: Locale }
export type Bundle = { bytes: Uint8Array; rows: number }

export async function bundle(collected: Collected, about: About): Promise<Bundle> {
  const archive = new ZipArchive()
  archive.add('data.json', JSON.stringify(asData(collected, about), null, 2))
  let nth = 0
  let rows = 0
  for (const { holding, parts } of collected) {
    const filled = parts.filter((part) => part.rows.length > 0)
    nth++
    for (const [place, part] of filled.entries()) {
      rows += part.rows.length
      const title = about.locale === 'en' ? holding.title.en : holding.title.zh
      const name = [String(nth).padStart(2, '0'), safe(title), ...(filled.length > 1 ? [String(place + 1)] : [])].join(
        '-',
      )
      archive.add(`${name}.xlsx`, await workbookOf(part, holding, about))
    }
  }
  return { bytes: await archive.bytes(), rows }
}

const asData = (collected: Collected, { name, account, madeAt }: About) => ({
  format: 'qiangshi.own-data/1',
  madeAt,
  name,
  account,
  holdings: collected.map(({ holding: { id, title, purpose, basis, clause, sensitivity, readers }, parts }) => ({
    id,
    title,
    purpose,
    basis,
    clause,
    sensitivity,
    readers,
    tables: parts,
  })),
})

async function workbookOf(
  part: Part,
  { title, fields = {} }: Collected[number]['holding'],
  about: About,
): Promise<Buffer> {
  const keys = [...new Set(part.rows.flatMap((row) => Object.keys(row)))].filter((key) => !KEYS.test(key))
  const columns = keys.map((key): ExportColumn => {
    const clear = key.replace(/_in_clear$/, '_cipher')
    return { key, kind: 'text', header: fields[clear] ?? fields[key] ?? wordFor(key), width: 22 }
  })
  return exportWorkbook({
    title,
    columns: columns.length > 0 ? columns : [{ key: 'id', kind: 'text', header: wordFor('id') }],
    rows: part.rows.map(asText),
    locale: about.locale,
    at: new Date(about.madeAt),
    note: about.name,
  })
}

/** Keys that lead from table to table say nothing to people; they stand in the data. */
const KEYS = /^(id|person_id|account_id|.*_id|version)$/

const asText = (row: Line): Line =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )

const safe = (title: string): string => title.replace(/[<>:"/\\|?*\s]+/g, '')
