/** Which school a roster means: by code, full or short name, among those open and in the importer's scope. */
import { sql } from 'kysely'
import type { Act } from '../../../../platform/db/index.ts'
import { simplified } from './words.ts'

type School = { id: string; path: string; name: string; code: string | null; inScope: boolean; open: boolean }
export type Found = { id: string; path: string } | { code: string; data?: Record<string, string> }

/** A finder over all organisations as of the act's day; the answer is a school or the code of what is wrong. */
export async function schoolFinder<T>(act: Act<T>): Promise<(text: string) => Found> {
  const { rows } = await sql<School & { shortName: string }>`select o.id, o.path::text, o.name, o.short_name, o.code,
      o.path <@ any (db.scope()) as in_scope, (upper_inf(o.during) or upper(o.during) > db.today()) as open
    from directory.organisation o where o.kind <> 'municipality'`.execute(act.tx)
  const byName = new Map<string, School[]>()
  for (const school of rows) {
    for (const name of new Set([school.name, school.shortName, school.code ?? school.name].map(simplified))) {
      const same = byName.get(name)
      if (same) same.push(school)
      else byName.set(name, [school])
    }
  }
  const answers = new Map<string, Found>()
  return (text) => {
    const known = answers.get(text)
    if (known) return known
    const answer = choose(byName.get(simplified(text)) ?? [])
    answers.set(text, answer)
    return answer
  }
}

function choose(named: readonly School[]): Found {
  if (named.length === 0) return { code: 'records.school_unknown' }
  const own = named.filter(({ inScope }) => inScope)
  if (own.length === 0) return { code: 'records.school_out_of_scope' }
  const open = own.filter((school) => school.open)
  if (open.length === 0) return { code: 'records.school_closed' }
  if (open.length > 1)
    return {
      code: 'records.school_ambiguous',
      data: { schools: open.map(({ name, code }) => (code ? `${name}（${code}）` : name)).join('、') },
    }
  return { id: open[0]!.id, path: open[0]!.path }
}
