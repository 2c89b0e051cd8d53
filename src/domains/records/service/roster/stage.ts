/** Reads a roster and lays its rows beside the records: what would change, and every fault with its cell. Changes no record. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { invalid, notFound } from '../../../../base/errors.ts'
import { newId } from '../../../../base/ids.ts'
import { takenLogins } from '../../../../platform/access/index.ts'
import { type Act, setBased } from '../../../../platform/db/index.ts'
import { type IdentityKeys, readPersonName, sealIdentity } from '../../../../platform/directory/index.ts'
import {
  type Fault,
  faultAt,
  type Notice,
  type Readings,
  type ReadOptions,
  readSheets,
  type Source,
} from '../../../../platform/sheets/index.ts'
import { lineOf, type Page, pagesOf, placeOf } from '../../rules/pages.ts'
import { completed, contradictions, type Line, type RosterValues, repeated } from '../../rules/roster.ts'
import { planned } from './plan.ts'
import { schoolFinder } from './schools.ts'
import { type RosterSheet, roster } from './sheet.ts'

export type RosterReading = Readings<RosterSheet['columns']>
export type Counts = { rows: number; added: number; changed: number; moved: number; unchanged: number; faulty: number }

const CHUNK = 5_000
/** As many notices about single rows as somebody reads. */
const NOTED = 50

/** Reads the workbook, all worksheets that are rosters. @throws Refusal where it is no roster at all, or one without a single row */
export async function readRoster(source: Source, options: ReadOptions): Promise<RosterReading> {
  const reading = await readSheets(source, (await roster()).sheet, options)
  if (reading.rowsRead === 0) throw invalid('records.roster_empty')
  return reading
}

type Staging = {
  importId: string
  keys: IdentityKeys
  signal?: AbortSignal
  onStaged?: (rows: number, of: number) => void
}

/** Reads and stages in one go. The import must exist; staging it again replaces what was staged. */
export async function stageRoster<T>(
  act: Act<T>,
  source: Source,
  {
    importId,
    fileName,
    keys,
    signal,
    onProgress,
  }: {
    importId: string
    fileName: string
    keys: IdentityKeys
    signal?: AbortSignal
    onProgress?: ReadOptions['onProgress']
  },
): Promise<Counts> {
  const reading = await readRoster(source, {
    asOf: act.today,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  })
  await openImport(act, { importId, fileName, fileId: null })
  return stageReading(act, reading, { importId, keys, ...(signal && { signal }) })
}

export async function openImport<T>(
  act: Act<T>,
  { importId, fileName, fileId }: { importId: string; fileName: string; fileId: string | null },
): Promise<void> {
  await sql`insert into records.import (id, account_id, file_id, file_name) values (${importId}, ${act.actor.account}, ${fileId}, ${fileName}) on conflict (id) do nothing`.execute(
    act.tx,
  )
}

/** Stages what was read: judges it, compares it with the records in one statement, and keeps counts and faults with the import. */
export async function stageReading<T>(
  act: Act<T>,
  reading: RosterReading,
  { importId, keys, signal, onStaged = () => {} }: Staging,
): Promise<Counts> {
  const { rows: before } = await sql<
    Counts & { state: string }
  >`select i.state, i.rows, i.added, i.changed, i.moved, i.unchanged, i.faulty
    from records.import i where i.id = ${importId} for update`.execute(act.tx)
  if (!before[0]) throw notFound('import')
  const { state, ...counted } = before[0]
  // Started again after a crash, when the first start had come to its end and the roster was applied.
  if (state === 'applied') return counted
  const sent = new Set(Object.keys(reading.pages[0]!.columns))
  const places = placesOf(reading)
  const { lines, faults } = await judge(act, places, sent)
  await clear(act, importId)
  await insertRows(act, lines, new Set(faults.map(places.lineOf)), {
    importId,
    keys,
    ...(signal && { signal }),
    onStaged,
  })
  signal?.throwIfAborted()
  await setBased(act, lines.length)
  const { rows: found } = await sql<{
    rowNo: number
    key: string
    code: string
    data: Fault['data']
  }>`${planned({ importId, today: act.today, sent: [...sent] })},
    kept as (
      update records.import_row i set action = p.action, person_id = p.person_id, changes = p.changes, was = p.was, becomes = p.becomes, stint_id = p.stint_id, first_id = p.first_id
      from plan p where i.import_id = ${importId} and i.row_no = p.row_no
    ) select f.row_no, f.key, f.code, f.data from fault f`.execute(act.tx)
  for (const { rowNo, key, code, data } of found) faults.push(places.faultAt(rowNo, key, code, data))
  await keepFaults(act, importId, faults, places)
  return keepCounts(act, importId, places, [...sent])
}

type Places = {
  reading: RosterReading
  pages: Page[]
  /** The line of a fault. */
  lineOf: (fault: Fault) => number
  /** A fault in a line; `other` among its data is a line too. */
  faultAt: (line: number, key: string | null, code: string, data?: Fault['data'], value?: string | null) => Fault
}

/** Lines count on over the worksheets of the file; what people see is worksheet and row. */
function placesOf(reading: RosterReading): Places {
  const last = ({ rows, faulty }: RosterReading['pages'][number]) =>
    Math.max(rows.at(-1)?.row ?? 0, faulty.at(-1)?.row ?? 0)
  const pages = pagesOf(reading.pages.map((page) => ({ sheet: page.sheet, last: last(page) })))
  const named = new Map(reading.pages.map((page) => [page.sheet, page]))
  return {
    reading,
    pages,
    lineOf: ({ sheet, row }) => lineOf(pages, sheet, row),
    faultAt: (line, key, code, data = {}, value = null) => {
      const { sheet, row } = placeOf(pages, line)
      const other = typeof data.other === 'number' ? placeOf(pages, data.other) : undefined
      const told = other && {
        ...data,
        other: other.row,
        ...(other.sheet !== sheet && { otherSheet: other.sheet }),
      }
      return faultAt(named.get(sheet)!, row, key, code, told ?? data, value)
    },
  }
}

type Judged = Line & { orgPath: string | null }

async function judge<T>(
  act: Act<T>,
  places: Places,
  sent: ReadonlySet<string>,
): Promise<{ lines: Judged[]; faults: Fault[] }> {
  const find = await schoolFinder(act)
  const { reading, pages } = places
  const faults = reading.pages.flatMap((page) => page.faults)
  const blamed = new Set(faults.map((fault) => `${places.lineOf(fault)} ${fault.column?.key}`))
  const blame = (
    row: number,
    key: string | null,
    code: string,
    data: Fault['data'] = {},
    value: string | null = null,
  ) => {
    // A cell that could not be read is not blamed for what follows from it.
    if (!blamed.has(`${row} ${key}`)) faults.push(places.faultAt(row, key, code, data, value))
  }
  const lines = reading.pages
    .flatMap(({ rows, faulty }, at) => {
      const before = pages[at]!.before
      return [...rows, ...faulty].map(({ row, values }) => ({ row: before + row, values }))
    })
    .toSorted((a, b) => a.row - b.row)
    .map(({ row, values: read }): Judged => {
      const values = completed({
        ...read,
        idNumber: read.idNumber?.replace(/\s/g, '').toUpperCase() ?? null,
        number: read.number?.toUpperCase() ?? null,
      } as RosterValues)
      for (const { key, code, data } of contradictions(
        { ...values, birthDate: read.birthDate, sex: read.sex },
        sent,
        act.today,
      )) {
        const shown = key === null ? null : values[key]
        blame(row, key, code, data, shown === null ? null : String(shown))
      }
      const school = values.school === null ? null : find(values.school)
      if (school && 'code' in school) blame(row, 'school', school.code, school.data, values.school)
      return {
        row,
        values,
        orgId: school && 'id' in school ? school.id : null,
        orgPath: school && 'id' in school ? school.path : null,
      }
    })
  for (const { row, key, code, data } of repeated(lines)) blame(row, key, code, data)
  return { lines, faults }
}

/** What was staged for this import before, and what belongs to applied or old imports of the same account. */
async function clear<T>(act: Act<T>, importId: string): Promise<void> {
  for (const table of ['import_row', 'import_fault']) {
    await sql`delete from ${sql.table(`records.${table}`)} x using records.import i where x.import_id = i.id
      and (i.id = ${importId} or i.state = 'applied' or i.created_at < db.now() - interval '30 days')`.execute(act.tx)
  }
}

async function insertRows<T>(
  act: Act<T>,
  lines: readonly Judged[],
  broken: ReadonlySet<number>,
  { importId, keys, signal, onStaged }: Required<Pick<Staging, 'onStaged'>> & Staging,
): Promise<void> {
  const sounds = new Map<string, { pinyin: string; initials: string }>()
  const soundOf = (name: string) => {
    const known = sounds.get(name) ?? readPersonName(name)
    sounds.set(name, known)
    return known
  }
  // While the database takes in one part, the next is made.
  let taking: Promise<unknown> = Promise.resolve()
  for (let at = 0; at < lines.length; at += CHUNK) {
    signal?.throwIfAborted()
    const rows = lines.slice(at, at + CHUNK).map(({ row, values, orgId, orgPath }) => {
      const { name, idNumber } = values
      const identity = idNumber === null ? null : sealIdentity(keys, idNumber)
      return {
        row_no: row,
        broken: broken.has(row),
        new_id: newId(),
        number: values.number,
        name,
        ...(name === null ? { pinyin: '', initials: '' } : soundOf(name)),
        sex: values.sex,
        birth_date: values.birthDate,
        id_type: identity && (values.idType ?? '1'),
        id_cipher: identity?.idCipher.toString('hex'),
        id_hash: identity?.idHash.toString('hex'),
        id_masked: identity?.idMasked,
        org_id: orgId,
        org_path: orgPath,
        category: values.category,
        basis: values.basis,
        work_since: values.workSince,
        entered: values.entered,
        stages: values.stages,
        subjects: values.subjects,
        titles: values.title,
        posts: values.posts,
      }
    })
    await taking
    taking =
      sql`insert into records.import_row (import_id, account_id, row_no, broken, new_id, number, name, pinyin, initials, sex, birth_date, id_type, id_cipher, id_hash, id_masked,
        org_id, org_path, category, basis, work_since, entered, stages, subjects, titles, posts)
      select ${importId}, db.account(), r.row_no, r.broken, r.new_id, r.number, r.name, r.pinyin, r.initials, r.sex, r.birth_date, r.id_type, decode(r.id_cipher, 'hex'), decode(r.id_hash, 'hex'), r.id_masked,
        r.org_id, r.org_path, r.category, r.basis, r.work_since, r.entered, r.stages, r.subjects, r.titles, r.posts
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(row_no int, broken boolean, new_id uuid, number text, name text, pinyin text, initials text, sex text, birth_date date,
        id_type text, id_cipher text, id_hash text, id_masked text, org_id uuid, org_path ltree, category text, basis text, work_since date, entered date, stages text[], subjects text[], titles text[], posts text[])`.execute(
        act.tx,
      )
    onStaged(Math.min(at + CHUNK, lines.length), lines.length)
    // Sends it off before the next part is made; a failure is met at the next turn of the loop.
    taking.catch(() => {})
    await nextTurn()
  }
  await taking
}

async function keepFaults<T>(
  act: Act<T>,
  importId: string,
  faults: readonly Fault[],
  { lineOf }: Places,
): Promise<void> {
  const inOrder = faults
    .map((fault) => ({ row_no: lineOf(fault), fault }))
    .toSorted((a, b) => a.row_no - b.row_no)
    .map((fault, ord) => ({ ord, ...fault }))
  for (let at = 0; at < inOrder.length; at += CHUNK) {
    const rows = inOrder.slice(at, at + CHUNK)
    await sql`insert into records.import_fault (import_id, account_id, ord, row_no, fault) select ${importId}, db.account(), r.ord, r.row_no, r.fault
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(ord int, row_no int, fault jsonb)`.execute(act.tx)
  }
}

/** New people whose number is somebody's login already: the rows, and the login that each will get instead. */
async function otherLogins<T>(act: Act<T>, importId: string, pages: readonly Page[]): Promise<Notice[]> {
  const added = sql`records.import_row i where i.import_id = ${importId} and i.action = 'added'`
  const taken = await takenLogins(act, sql`(select array_agg(lower(i.number)) from ${added})`)
  if (taken.size === 0) return []
  const { rows } = await sql<{
    row: number
    name: string
    login: string
  }>`select i.row_no as "row", i.name, lower(i.number) as login
    from ${added} and lower(i.number) = any(${[...taken.keys()]}::text[]) order by i.row_no limit ${NOTED}`.execute(
    act.tx,
  )
  return rows.map(({ row: line, name, login }) => {
    const { sheet, row } = placeOf(pages, line)
    return { sheet, code: 'records.login_taken', data: { row, name, login, other: taken.get(login)! } }
  })
}

async function keepCounts<T>(
  act: Act<T>,
  importId: string,
  { reading, pages }: Places,
  sent: string[],
): Promise<Counts> {
  const notices: Notice[] = [...reading.notices]
  if (sent.includes('stages') !== sent.includes('subjects'))
    notices.push({ sheet: pages[0]!.sheet, code: 'records.teaching_unused', data: {} })
  notices.push(...(await otherLogins(act, importId, pages)))
  const { rows } =
    await sql<Counts>`update records.import i set state = 'checked', checked_on = ${act.today}, sent = ${sent}::text[], notices = ${JSON.stringify(notices)}::jsonb, pages = ${JSON.stringify(pages)}::jsonb, rows = n.rows,
      added = n.added, changed = n.changed, moved = n.moved, unchanged = n.unchanged, faulty = n.faulty
    from (select count(*)::int as rows, ${sql.join((['added', 'changed', 'moved', 'unchanged', 'faulty'] as const).map((action) => sql`(count(*) filter (where r.action = ${sql.lit(action)}))::int as ${sql.ref(action)}`))}
      from records.import_row r where r.import_id = ${importId}) n
    where i.id = ${importId} returning i.rows, i.added, i.changed, i.moved, i.unchanged, i.faulty`.execute(act.tx)
  return rows[0]!
}
