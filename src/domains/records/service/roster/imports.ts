/** Rosters of the account: sending one in, seeing what it would change, getting the faulty rows back. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../../base/errors.ts'
import { newId } from '../../../../base/ids.ts'
import type { House } from '../../../../platform/access/index.ts'
import type { Act } from '../../../../platform/db/index.ts'
import { type Purpose, putFile, readFile } from '../../../../platform/files/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import {
  type Fault,
  faultWorkbook,
  type Locale,
  type Notice,
  reasonOf,
  type Words,
  wording,
  wordingOfNotice,
  workbookFile,
} from '../../../../platform/sheets/index.ts'
import { applyJob, rosterJob } from '../../jobs.ts'
import { type Page, type Place, placeOf } from '../../rules/pages.ts'
import { type Outcome, ready } from './apply.ts'
import { type Difference, differencesOf } from './differences.ts'
import { roster } from './sheet.ts'
import { openImport } from './stage.ts'

const upload: Purpose = { id: 'records.roster', maxBytes: 64 * 2 ** 20, kinds: ['xlsx'], permission: 'records.import' }

/** What a screen shows at once; the rest is in the workbook of faulty rows and in the counts. */
const SHOWN = 500

/** Keeps the upload and asks for it to be read in the background. The run's result carries the id of the import and its counts. */
export async function checkRoster<T>(act: Act<T>, house: House, file: File): Promise<{ runId: string }> {
  // No organisation: the file may hold more people than those who read its school's files may see.
  const facts = await putFile(act, house.files, {
    name: file.name,
    purpose: upload,
    bytes: new Uint8Array(await file.arrayBuffer()),
  })
  const importId = newId()
  await openImport(act, { importId, fileName: facts.name, fileId: facts.id })
  return { runId: await enqueue(act, rosterJob, { importId }) }
}

/** Asks for a checked roster to be applied in the background; refuses at once what cannot be. The run's result are the counts. */
export async function askToApply<T>(act: Act<T>, importId: string): Promise<{ runId: string }> {
  await ready(act, importId)
  return { runId: await enqueue(act, applyJob, { importId }) }
}

type Listed = Outcome & { fileName: string; createdAt: string }
const listed = sql`i.id as import_id, i.file_name, i.created_at, i.rows, i.added, i.changed, i.moved, i.unchanged, i.faulty, i.state = 'applied' as applied`

export async function importsOf<T>(act: Act<T>): Promise<Listed[]> {
  const { rows } = await sql<Listed>`select ${listed} from records.import i where i.state <> 'waiting'
    order by i.created_at desc, i.id desc limit 100`.execute(act.tx)
  return rows
}

export type Preview = Outcome & {
  fileName: string
  faults: (Fault & Words & { reason: Words })[]
  notices: (Notice & Words)[]
  changes: (Place & { name: string; number: string | null; action: string; differences: Difference[] })[]
}

/** What the roster would change or has changed, and its faults in words; of each the first 500. */
export async function importOf<T>(act: Act<T>, importId: string): Promise<Preview> {
  const { rows } = await sql<
    Outcome & { fileName: string; notices: Notice[]; pages: Page[] }
  >`select ${listed}, i.notices, i.pages from records.import i where i.id = ${importId}`.execute(act.tx)
  const found = rows[0]
  if (!found) throw notFound('import')
  const { sheet } = await roster()
  const { rows: staged } = await sql<{
    line: number
    name: string
    number: string | null
    action: string
    changes: string[] | null
    was: Record<string, unknown> | null
    becomes: Record<string, unknown> | null
  }>`select r.row_no as line, coalesce(r.name, '') as name, r.number, r.action, r.changes, r.was, r.becomes from records.import_row r
    where r.import_id = ${importId} and r.action in ('added', 'changed', 'moved') order by r.row_no limit ${SHOWN}`.execute(
    act.tx,
  )
  const differences = await differencesOf(act, staged)
  const changes = staged.map(({ line, name, number, action }, i) => ({
    ...placeOf(found.pages, line),
    name,
    number,
    action,
    differences: differences[i]!,
  }))
  const named = { named: true }
  const faults = (await faultsOf(act, importId, SHOWN)).map((fault) => ({
    ...fault,
    zh: wording(fault, 'zh-CN', sheet.messages, named),
    en: wording(fault, 'en', sheet.messages, named),
    reason: { zh: reasonOf(fault, 'zh-CN', sheet.messages), en: reasonOf(fault, 'en', sheet.messages) },
  }))
  const several = { named: found.pages.length > 1 }
  const notices = found.notices.map((notice) => ({
    ...notice,
    zh: wordingOfNotice(notice, 'zh-CN', sheet.messages, several),
    en: wordingOfNotice(notice, 'en', sheet.messages, several),
  }))
  const { importId: id, fileName, rows: count, added, changed, moved, unchanged, faulty, applied } = found
  return {
    importId: id,
    fileName,
    rows: count,
    added,
    changed,
    moved,
    unchanged,
    faulty,
    applied,
    faults,
    notices,
    changes,
  }
}

async function faultsOf<T>(act: Act<T>, importId: string, most: number | null): Promise<Fault[]> {
  const { rows } = await sql<{
    fault: Fault
  }>`select f.fault from records.import_fault f where f.import_id = ${importId} order by f.ord limit ${most}`.execute(
    act.tx,
  )
  return rows.map(({ fault }) => fault)
}

/** The faulty rows in the shape of the file that was sent, the cells marked. @throws Refusal `records.nothing_faulty` */
export async function faultyRows<T>(act: Act<T>, house: House, importId: string, locale: Locale): Promise<File> {
  const { rows } = await sql<{
    fileId: string | null
    fileName: string
    state: string
  }>`select i.file_id, i.file_name, i.state from records.import i where i.id = ${importId}`.execute(act.tx)
  const found = rows[0]
  if (!found?.fileId) throw notFound('import')
  if (found.state === 'waiting') throw conflict('records.import_not_checked')
  const faults = await faultsOf(act, importId, null)
  if (faults.length === 0) throw refused('records.nothing_faulty')
  const { sheet } = await roster()
  const { bytes } = await readFile(act, house.files, found.fileId)
  const name = found.fileName.replace(/\.xlsx$/i, '')
  return workbookFile(
    await faultWorkbook(bytes, sheet, faults, locale),
    locale === 'en' ? `${name} - to correct.xlsx` : `${name}-待更正.xlsx`,
  )
}
