/** What a row of a roster changes, field by field, in words: before and after. */
import { sql } from 'kysely'
import type { Act } from '../../../../platform/db/index.ts'
import type { CodeEntry, Words } from '../../../../platform/sheets/index.ts'
import { roster, type Tables } from './sheet.ts'

/** Null is nothing: no value before, or none after. */
export type Difference = { key: string; header: Words; was: Words | null; becomes: Words | null }
type Values = Record<string, unknown> | null
type Changed = { changes: readonly string[] | null; was: Values; becomes: Values }
type Say = (value: unknown) => Words | null

/** Changes that are no column of their own. */
const HEADERS: Record<string, Words> = {
  teaching: { zh: '任教', en: 'Teaches' },
  employment: { zh: '任职', en: 'Employment' },
}
/** The order in which people read them. */
const ORDER =
  'name idNumber sex birthDate school employment entered category basis workSince teaching title posts'.split(' ')

const same = (text: string): Words => ({ zh: text, en: text })
const plain: Say = (value) => (value === null || value === undefined || value === '' ? null : same(String(value)))

function joined(parts: readonly (Words | null)[]): Words | null {
  const some = parts.filter((part) => part !== null)
  if (some.length === 0) return null
  return { zh: some.map(({ zh }) => zh).join('、'), en: some.map(({ en }) => en).join(', ') }
}

function coded(table: readonly CodeEntry[]): Say {
  const names = new Map(table.map(({ code, zh, en }) => [code, { zh, en }]))
  const one: Say = (code) => (typeof code === 'string' ? (names.get(code) ?? same(code)) : null)
  return (value) => (Array.isArray(value) ? joined([...new Set(value)].map(one)) : one(value))
}

function saying(t: Tables, schools: ReadonlyMap<string, string>): Record<string, Say> {
  const [stage, subject] = [coded(t.RKXD), coded(t.ZXXKC)]
  return {
    sex: coded(t.SEX),
    category: coded(t.JZGLB),
    basis: coded(t.BASIS),
    title: coded(t.TITLE),
    posts: coded(t.POST),
    school: (id) => (typeof id === 'string' ? same(schools.get(id) ?? '—') : null),
    teaching: (value) => {
      const [stages, subjects] = (Array.isArray(value) ? value : []).map((codes, i) =>
        (i === 0 ? stage : subject)(codes),
      )
      return stages && subjects ? { zh: `${stages.zh} ${subjects.zh}`, en: `${stages.en}: ${subjects.en}` } : null
    },
  }
}

/** Words for what staged rows change, in the order of the rows. */
export async function differencesOf<T>(act: Act<T>, rows: readonly Changed[]): Promise<Difference[][]> {
  const { sheet, tables } = await roster()
  const ids = new Set(rows.flatMap(({ was, becomes }) => [was?.school, becomes?.school]).filter((id) => !!id))
  const { rows: named } = await sql<{ id: string; name: string }>`select o.id, o.short_name as name
    from directory.organisation o where o.id = any(${[...ids]}::uuid[])`.execute(act.tx)
  const say = saying(tables, new Map(named.map(({ id, name }) => [id, name])))
  const headers = new Map<string, Words>(sheet.columns.map(({ key, header }) => [key, header]))
  return rows.map(({ changes, was, becomes }) =>
    (changes ?? [])
      .toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
      .map((key) => {
        const words = say[key] ?? plain
        return {
          key,
          header: HEADERS[key] ?? headers.get(key)!,
          was: words(was?.[key]),
          becomes: words(becomes?.[key]),
        }
      }),
  )
}
