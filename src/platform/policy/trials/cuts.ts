/** By what those judged in a trial are told apart: school, district, type of school; people also by stage taught and age. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { Cut } from '../contract/trial.ts'
import type { Bilingual } from '../contract.ts'
import { columnOf, type FactBook } from '../facts.ts'
import type { About } from '../rules/requirements/declared.ts'

/** Whole years from which the age bands of the yearly education statistics (教育事业统计) go up. */
const AGES = [25, 30, 35, 40, 45, 50, 55, 60] as const

/** The facts that a cut needs beside those of the rule. */
export const factsOfCut = (book: FactBook, cut: Cut): ReadonlySet<string> =>
  new Set(book.list().flatMap(({ id, declared }) => (declared.cut === cut ? [id] : [])))

/** Of a judged row joined by `whoseCut`: the key of the part it belongs to; empty where unknown. */
export function keyOfCut(book: FactBook, cut: Cut, asOf: CivilDate): RawBuilder<string> {
  switch (cut) {
    case 'school':
      return sql<string>`o.id`
    case 'district':
      // A city's own institutions belong to no district: they stand for themselves.
      return sql<string>`coalesce(d.id, o.id)`
    case 'age': {
      const years = sql`extract(year from age(${asOf}::date, p.birth_date))`
      const bands = AGES.toReversed().map(
        (from) => sql`when ${years} >= ${sql.lit(from)} then ${sql.lit(String(from))}`,
      )
      return sql<string>`case when p.birth_date is null then '' ${sql.join(bands, sql` `)} else '0' end`
    }
    case 'type':
    case 'stage': {
      const [fact] = factsOfCut(book, cut)
      if (fact === undefined) return sql<string>`''`
      const column = sql.ref(`j.${columnOf(fact)}`)
      return book.declared(fact)!.type === 'texts'
        ? sql<string>`coalesce(array_to_string(${column}, ' '), '')`
        : sql<string>`coalesce(${column}, '')`
    }
  }
}

/** Joins judged people or schools `j` to what their part is found by: the person `p`, organisation `o`, and its district `d`. */
export const whoseCut = (cut: Cut, about: About): RawBuilder<unknown> =>
  sql`${
    about === 'organisation'
      ? sql`join directory.organisation o on o.id = j.org_id`
      : sql`cross join lateral (select j.of_number as number, j.of_name as name, j.of_birth as birth_date, j.of_org as org_id) p join directory.organisation o on o.id = p.org_id`
  }${
    cut === 'district'
      ? sql` left join (select s.id as school, a.id from directory.organisation s join directory.organisation a
          on a.kind = 'district' and a.path @> s.path) d on d.school = o.id`
      : sql``
  }`

/** What the parts are called. */
export async function namesOfCut<T>(
  act: Act<T>,
  book: FactBook,
  cut: Cut,
  parts: readonly { key: string }[],
): Promise<(key: string) => Bilingual> {
  if (cut === 'age') return ageBand
  const coded = cut === 'stage' || cut === 'type'
  const keys = [...new Set(parts.flatMap(({ key }) => (coded ? key.split(' ') : [key])))]
  const [fact] = factsOfCut(book, cut)
  const table = fact && book.declared(fact)?.unit?.replace('code:', '')
  const { rows } = await (coded
    ? sql<{ key: string } & Bilingual>`select c.code as key, c.zh, coalesce(c.en, c.zh) as en from ${book.codes} c
        where c."table" = ${table ?? ''} and c.code = any (${keys})`
    : sql<{ key: string } & Bilingual>`select o.id as key, o.short_name as zh, coalesce(o.name_en, o.short_name) as en
        from directory.organisation o where o.id = any (${keys}::uuid[])`
  ).execute(act.tx)
  const known = new Map(rows.map(({ key, zh, en }) => [key, { zh, en }]))
  return (key) => {
    const names = key.split(' ').map((one) => known.get(one) ?? (one === '' ? UNKNOWN : { zh: one, en: one }))
    return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
  }
}

const UNKNOWN = { zh: '未知', en: 'Unknown' }

function ageBand(key: string): Bilingual {
  if (key === '') return UNKNOWN
  const from = Number(key)
  const next = AGES.find((age) => age > from)
  if (from === 0) return { zh: `${AGES[0] - 1}岁及以下`, en: `${AGES[0] - 1} and younger` }
  return next === undefined
    ? { zh: `${from}岁及以上`, en: `${from} and older` }
    : { zh: `${from}—${next - 1}岁`, en: `${from}–${next - 1}` }
}
