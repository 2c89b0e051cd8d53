/** What stands behind the facts of one person or school, counted by one query, with the pages on which it is seen. */
import { type RawBuilder, sql } from 'kysely'
import { type Act, prepared } from '../db/index.ts'
import type { Explanation } from './contract.ts'
import { employersOf, type FactAsk, type FactBook, type SourceAsk, type SourceToShow, sourceAsk } from './facts.ts'
import type { About } from './rules/requirements/declared.ts'

/** By fact; absent where nobody records it. */
export type Sources = ReadonlyMap<string, NonNullable<Explanation['facts'][number]['source']>>

type Asked = Omit<FactAsk, 'people'> & { about: { kind: About; id: string } }

/** Everything that is counted and filled into addresses, for each source once. */
export async function sourcesOf<T>(
  act: Act<T>,
  book: FactBook,
  wanted: ReadonlySet<string>,
  { about, ...asked }: Asked,
): Promise<Sources> {
  const shown = new Map<SourceToShow, About>()
  for (const id of wanted) {
    const { source, about: of } = book.declared(id) ?? {}
    if (source && of) shown.set(source, of)
  }
  if (shown.size === 0) return new Map()
  const ask = sourceAsk({ ...asked, people: sql`people` }, wanted)
  const found = await counted(act, ask, about, shown)
  const order = [...shown.keys()]
  const places = { person: found.personId, number: found.number, org: found.orgId, year: ask.asOf.slice(0, 4) }
  return new Map(
    [...wanted].flatMap((id) => {
      const { source } = book.declared(id) ?? {}
      if (!source) return []
      const count = found.counts[order.indexOf(source)] ?? null
      const see = source.see && {
        own: filled(source.see.own, places),
        office: filled(source.see.office, places),
      }
      return [[id, { says: source.says(count ?? 0), count, see: see ?? null }] as const]
    }),
  )
}

type Found = { counts: (number | null)[]; personId: string | null; number: string | null; orgId: string | null }

async function counted<T>(
  act: Act<T>,
  ask: SourceAsk,
  { kind, id }: Asked['about'],
  shown: ReadonlyMap<SourceToShow, About>,
): Promise<Found> {
  const ofPerson = kind === 'person'
  const schools = !ofPerson || [...shown.values()].includes('organisation')
  const count = ({ rows }: SourceToShow, about: About): RawBuilder<unknown> =>
    rows
      ? sql`(select count(*)::int from (${rows(about === 'organisation' ? { ...ask, people: sql`schools` } : ask)}) r)`
      : sql`null::int`
  const asked = ofPerson
    ? sql`people as materialized (select p.id as person_id, p.number from directory.person p where p.id = ${id})`
    : sql`schools as materialized (select o.id as org_id from directory.organisation o where o.id = ${id})`
  const employers = ofPerson && schools ? sql`, schools as materialized (${employersOf(ask)})` : sql``
  const { rows } = await sql<Found>`${prepared}with ${asked}${employers}
    select array[${sql.join([...shown].map(([source, about]) => count(source, about)))}] as counts,
      ${ofPerson ? sql`(select p.person_id from people p)` : sql`null::uuid`} as person_id,
      ${ofPerson ? sql`(select p.number from people p)` : sql`null::text`} as number,
      ${schools ? sql`(select s.org_id from schools s limit 1)` : sql`null::uuid`} as org_id`.execute(act.tx)
  return rows[0]!
}

/** Nothing where something to be filled in is not there. */
function filled(address: string, places: Readonly<Record<string, string | null>>): string | null {
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  if (names.some((name) => !places[name])) return null
  return address.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name]!))
}
