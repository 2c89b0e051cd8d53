/** Applies a checked roster, whole or not at all: one transaction, one set of statements for all its people. */
import { type RawBuilder, sql } from 'kysely'
import { conflict, notFound, refused } from '../../../../base/errors.ts'
import { type Moved, moveAccounts, openAccountsFor, renameAccountsFor } from '../../../../platform/access/index.ts'
import { type Entry, record } from '../../../../platform/audit/index.ts'
import { type Act, countAnew, setBased } from '../../../../platform/db/index.ts'
import { correctAll, moveAll, recastAll, redateAll, takeOnAll } from '../../../../platform/directory/index.ts'
import { type Page, placeOf } from '../../rules/pages.ts'
import { writeFacts, writeService } from './facts.ts'
import { planned, type Staged } from './plan.ts'
import type { Counts } from './stage.ts'

export type Outcome = Counts & { importId: string; applied: boolean }

/** What it is at: comparing once more, writing people and employments, their facts, their accounts, the trail. */
export const STEPS = ['comparing', 'people', 'facts', 'accounts', 'trail'] as const
type OnStep = (step: (typeof STEPS)[number]) => void

type Import = Counts & {
  state: 'waiting' | 'checked' | 'applied'
  fileId: string | null
  fileName: string
  sent: string[]
  pages: Page[]
}

const CHUNK = 5_000
/** What a roster may write a row a person into. */
const WRITTEN = [
  'directory.person',
  'directory.employment',
  'access.account',
  'access.assignment',
  ...['service', 'teaching', 'title', 'post'].map((name) => `records.${name}`),
]
/** Unique and exclusion violations: somebody wrote the same people between the comparison and now. */
const OVERTAKEN = new Set(['23505', '23P01'])

/**
 * Applies it. Applying it again changes nothing and gives the same counts.
 * @throws Refusal `records.import_faulty` while any row has a fault, `records.import_outdated` where the records have changed since the check
 */
export async function applyRoster<T>(act: Act<T>, importId: string, onStep: OnStep = () => {}): Promise<Outcome> {
  const { state, fileId, fileName, sent, pages, ...counts } = await ready(act, importId)
  if (state === 'applied') return { importId, ...counts, applied: true }
  await setBased(act, counts.rows)
  try {
    if (counts.rows > counts.unchanged) {
      onStep('comparing')
      await assertCurrent(act, { importId, today: act.today, sent })
      await write(act, importId, onStep)
    }
  } catch (error) {
    if (OVERTAKEN.has(String((error as { code?: unknown }).code))) throw conflict('records.import_outdated')
    throw error
  }
  await sql`update records.import i set state = 'applied', applied_at = db.now() where i.id = ${importId}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'records.roster_applied',
    subject: { kind: 'import', id: importId },
    after: { fileId, fileName, sent, ...counts },
  })
  onStep('trail')
  await recordEach(act, importId, pages)
  await countAnew(act, WRITTEN, counts.rows - counts.unchanged)
  return { importId, ...counts, applied: true }
}

/** The import, held; refused while it is not to be applied. */
export async function ready<T>(act: Act<T>, importId: string): Promise<Import> {
  const { rows } =
    await sql<Import>`select i.state, i.file_id, i.file_name, i.sent, i.pages, i.rows, i.added, i.changed, i.moved, i.unchanged, i.faulty
    from records.import i where i.id = ${importId} for update`.execute(act.tx)
  const found = rows[0]
  if (!found) throw notFound('import')
  if (found.state === 'waiting') throw conflict('records.import_not_checked')
  if (found.state === 'checked' && found.faulty > 0) throw refused('records.import_faulty', { faulty: found.faulty })
  return found
}

/** Holds the people that are to change, then compares again: what was shown at the check must be what happens. */
async function assertCurrent<T>(act: Act<T>, staged: Staged): Promise<void> {
  const { importId } = staged
  await sql`select p.id from directory.person p where p.id in (
      select i.person_id from records.import_row i where i.import_id = ${importId} and i.action in ('changed', 'moved')) order by p.id for update`.execute(
    act.tx,
  )
  const { rows } = await sql<{ differing: number }>`${planned(staged)}
    select count(*)::int as differing from records.import_row i left join plan p on p.row_no = i.row_no where i.import_id = ${importId}
      and (i.action, i.person_id, i.changes, i.was, i.stint_id, i.first_id) is distinct from (p.action, p.person_id, p.changes, p.was, p.stint_id, p.first_id)`.execute(
    act.tx,
  )
  if (rows[0]!.differing > 0) throw conflict('records.import_outdated', { rows: rows[0]!.differing })
}

async function write<T>(act: Act<T>, importId: string, onStep: OnStep): Promise<void> {
  onStep('people')
  const rows = (which: RawBuilder<unknown>, columns: RawBuilder<unknown>) =>
    sql`select ${columns} from records.import_row i where i.import_id = ${importId} and ${which}`
  const changes = (...keys: string[]) => sql`i.changes && ${keys}::text[]`
  const moved = changes('school', 'employment')
  await takeOnAll(
    act,
    rows(
      sql`i.action = 'added'`,
      sql`i.new_id as person_id, i.number, i.name, i.pinyin, i.initials, i.sex, i.birth_date, i.id_type, i.id_cipher, i.id_hash, i.id_masked,
    i.org_id, i.org_path, i.category, i.basis, i.entered as since`,
    ),
  )
  await correctAll(
    act,
    rows(
      changes('name', 'sex', 'birthDate', 'idNumber'),
      sql`i.person_id, i.name, i.pinyin, i.initials, i.sex, i.birth_date,
    i.id_type, i.id_cipher, i.id_hash, i.id_masked`,
    ),
  )
  await moveAll(
    act,
    rows(
      moved,
      sql`i.person_id, i.stint_id, i.org_id, i.org_path, i.category, i.basis, i.entered as since, '名册导入：调入其他学校'::text as reason`,
    ),
  )
  await redateAll(act, rows(changes('entered'), sql`i.person_id, i.first_id as stint_id, i.entered as since`))
  await recastAll(
    act,
    rows(
      sql`not (${moved}) and ${changes('category', 'basis')}`,
      sql`i.person_id, i.stint_id, i.category, i.basis, ${act.today}::date as since`,
    ),
  )
  onStep('facts')
  await writeService(act, importId)
  await writeFacts(act, importId)
  onStep('accounts')
  await openAccountsFor(
    act,
    sql`select p.id as person_id, p.number as login, p.name, p.org_id, p.org_path from directory.person p where p.id in (${rows(sql`i.action = 'added'`, sql`i.new_id`)})`,
  )
  await renameAccountsFor(act, rows(changes('name'), sql`i.person_id, i.name`))
  const { rows: moves } =
    await sql<Moved>`${rows(changes('school'), sql`i.person_id, i.org_id, i.org_path::text`)}`.execute(act.tx)
  await moveAccounts(act, moves)
}

/** An entry for everybody whose record changed; who is new stands in the roster's own entry with its file. */
async function recordEach<T>(act: Act<T>, importId: string, pages: readonly Page[]): Promise<void> {
  type Row = {
    rowNo: number
    personId: string
    action: 'changed' | 'moved'
    orgPath: string
    was: unknown
    becomes: unknown
  }
  const { rows } =
    await sql<Row>`select i.row_no, i.person_id, i.action, i.org_path::text, i.was, i.becomes from records.import_row i
    where i.import_id = ${importId} and i.action in ('changed', 'moved') order by i.row_no`.execute(act.tx)
  const entries = rows.map(
    ({ rowNo, personId, action, orgPath, was, becomes }): Entry => ({
      action: `records.person_${action}`,
      subject: { kind: 'person', id: personId },
      about: personId,
      orgPath,
      before: was,
      after: { ...(becomes as object), import: importId, ...placeOf(pages, rowNo) },
    }),
  )
  for (let at = 0; at < entries.length; at += CHUNK) await record(act, ...entries.slice(at, at + CHUNK))
}
