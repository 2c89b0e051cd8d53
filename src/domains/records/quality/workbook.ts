/** The round trip by Excel: faulty rows go out with their cells marked, come back corrected, and are shown beside the records before anything is written. */
import { sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import type { IdentityKeys } from '../../../platform/directory/index.ts'
import type { Listed } from '../../../platform/privacy/index.ts'
import {
  type Column,
  defineSheet,
  exportWorkbook,
  type Fault,
  faultAt,
  faultWorkbook,
  type Locale,
  readSheet,
  type Words,
  wording,
  workbookFile,
} from '../../../platform/sheets/index.ts'
import { codeEntries } from '../codes.ts'
import en from '../messages/en.json' with { type: 'json' }
import zh from '../messages/zh-CN.json' with { type: 'json' }
import { ALIASES, listOf } from '../service/roster/words.ts'
import { BOOK, ruleOf } from './book.ts'
import { BETWEEN, cellsOf, FIELDS, type Field } from './fields.ts'
import { type Cells, type GridRow, gridRows, standing } from './grid.ts'
import { type MendRow, planned, type Refused } from './mend.ts'

/** As many as one workbook and one screen hold. */
export const MOST = 10_000

const CODE = 'quality'
const titles = (locale: 'zh' | 'en') =>
  Object.fromEntries(BOOK.map(({ id, title }) => [`${CODE}.${id}`, title[locale].replaceAll("'", "''")]))
const messages = { 'zh-CN': { ...zh, ...titles('zh') }, en: { ...en, ...titles('en') } }

async function declare() {
  const all = await codeEntries()
  const tableOf = (name: string) =>
    all
      .filter(({ table }) => table === name)
      .map(({ code, zh, en }) => ({ code, zh, en, aliases: ALIASES[name]?.[code] ?? [] }))
  const columnOf = ({ key, header, kind, table, sensitive }: Field): Column => {
    if (kind === 'date') return { key, header, kind, min: '1900-01-01' }
    if (kind === 'code') return { key, header, kind, table: tableOf(table!) }
    if (kind === 'codes') return { key, header, kind: 'custom', parse: listOf(tableOf(table!)) }
    return {
      key,
      header,
      kind,
      maxLength: 60,
      ...(key === 'name' ? { personName: true } : {}),
      ...(sensitive ? { sensitive, halfWidth: true, width: 24 } : {}),
    }
  }
  const sheet = defineSheet({
    name: 'records.corrections',
    title: { zh: '待更正档案', en: 'Records to correct' },
    columns: [
      {
        key: 'number',
        kind: 'text',
        header: { zh: '教职工号', en: 'Teacher number' },
        required: true,
        unique: true,
        halfWidth: true,
        maxLength: 32,
      },
      { key: 'orgName', kind: 'text', header: { zh: '学校', en: 'School' }, width: 24 },
      ...FIELDS.map(columnOf),
      {
        key: 'version',
        kind: 'text',
        header: { zh: '核对码', en: 'Check code' },
        hint: { zh: '请勿改动：用来发现导出以后的改动', en: 'leave as it is: it tells of changes made since' },
        maxLength: 40,
        width: 12,
      },
    ],
    messages,
  })
  const label = new Map(
    FIELDS.filter(({ kind }) => kind === 'codes').map(({ key, table }) => [
      key,
      new Map(tableOf(table!).map((entry) => [entry.code, entry])),
    ]),
  )
  return { sheet, label }
}

let made: ReturnType<typeof declare> | undefined
const corrections = () => (made ??= declare())

/** The faulty rows of an organisation as a workbook, the cells marked. Identity numbers are never written; a new one is filled in. */
export async function correctionBook<T>(
  act: Act<T>,
  ask: { orgId?: string | undefined; rule?: string | undefined; locale: Locale },
): Promise<Listed> {
  const { sheet, label } = await corrections()
  const { rows } = await gridRows(act, { orgId: ask.orgId, rule: ask.rule, limit: MOST })
  const shown = (row: GridRow) => {
    const cells: Cells = { ...row.values, idNumber: null }
    for (const [key, words] of label)
      cells[key] =
        cells[key]
          ?.split(BETWEEN)
          .map((code) => words.get(code)?.[ask.locale === 'en' ? 'en' : 'zh'] ?? code)
          .join(ask.locale === 'en' ? '; ' : BETWEEN) ?? null
    return { ...cells, number: row.number, orgName: row.orgName, version: row.version }
  }
  const bytes = await exportWorkbook({
    title: sheet.title,
    columns: sheet.columns,
    rows: rows.map(shown),
    locale: ask.locale,
    at: new Date(act.now),
  })
  const reading = await readSheet(bytes, sheet, { asOf: act.today })
  const faults = rows.flatMap(({ found }, at) =>
    found.flatMap((rule) =>
      cellsOf(ruleOf(rule)?.cell.field ?? '').map((key) => faultAt(reading, at + 2, key, `${CODE}.${rule}`)),
    ),
  )
  const name = ask.locale === 'en' ? 'Records to correct' : '待更正档案'
  const file = workbookFile(
    faults.length > 0 ? await faultWorkbook(bytes, sheet, faults, ask.locale) : bytes,
    `${name}-${act.today}.xlsx`,
  )
  return { file, personIds: rows.map(({ personId }) => personId) }
}

export type Correction = MendRow & {
  number: string
  name: string
  orgName: string
  stands: Cells
  changed: string[]
  since: boolean
}
export type Corrections = { rows: Correction[]; refused: Refused[]; unchanged: number; faults: (Fault & Words)[] }

/** Reads a corrected workbook and lays it beside the records. Changes nothing: what is shown is what the grid then writes. */
export async function readCorrections<T>(act: Act<T>, file: File, keys: IdentityKeys): Promise<Corrections> {
  const { sheet } = await corrections()
  const reading = await readSheet(new Uint8Array(await file.arrayBuffer()), sheet, { asOf: act.today })
  if (reading.rowsRead === 0) throw invalid('records.roster_empty')
  if (reading.rowsRead > MOST) throw invalid('records.too_many_rows', { most: MOST })
  const given = reading.rows.map(({ row, values }) => ({
    row,
    values: values as Record<string, string | string[] | null>,
  }))
  const { rows: held } = await sql<{
    personId: string
    number: string
    name: string
    orgName: string
    version: string
    values: Cells
  }>`
    select s.person_id, s.number, s.name, o.short_name as org_name, s.version, s."values" from (${standing(sql`select p.id from directory.person p
      where p.number = any(${given.map(({ values }) => String(values.number))}::text[]) and p.org_path <@ any (db.scope())`)}) s
    join directory.organisation o on o.id = s.org_id`.execute(act.tx)
  const of = new Map(held.map((one) => [one.number, one]))
  const faults: Fault[] = [...reading.faults]
  const rows: Correction[] = []
  for (const { row, values } of given) {
    const one = of.get(String(values.number))
    if (!one) {
      faults.push(faultAt(reading, row, 'number', 'records.number_unknown', { number: String(values.number) }))
      continue
    }
    const cells: Cells = {}
    for (const { key, sensitive } of FIELDS) {
      const value = values[key]
      const text = Array.isArray(value) ? [...value].sort().join(BETWEEN) : (value ?? null)
      if (text && (sensitive || text !== one.values[key])) cells[key] = text
    }
    const { personId, number, name, orgName, version } = one
    if (Object.keys(cells).length > 0)
      rows.push({
        personId,
        number,
        name,
        orgName,
        version,
        values: cells,
        stands: one.values,
        changed: Object.keys(cells),
        since: values.version !== null && values.version !== version,
      })
  }
  const { refused } = await planned(act, rows, keys)
  return {
    rows,
    refused,
    unchanged: given.length - rows.length - faults.filter(({ code }) => code === 'records.number_unknown').length,
    faults: faults.slice(0, 500).map((fault) => ({
      ...fault,
      zh: wording(fault, 'zh-CN', sheet.messages),
      en: wording(fault, 'en', sheet.messages),
    })),
  }
}
