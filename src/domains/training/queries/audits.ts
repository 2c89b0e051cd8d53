/** The yearly audit of credits: where every school stands, and the people drawn into a sample. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import type { Figures } from '../service/figures.ts'
import { entryTitleEn } from './credits.ts'
import { endOf, standings } from './standing.ts'

export type AuditRow = {
  orgId: string
  orgName: string
  state: string | null
  teachers: number
  compliant: number
  entries: number
  credits: string
  openObjections: number
  sampled: number
  checked: number
  faults: number
  lockedAt: string | null
  seal: string | null
  sealedCredits: string | null
}

/**
 * Where everybody belonged in a credit year, as far as it has gone: the last main post of those who had one in it. Whoever has no
 * post on record at all counts where they are.
 */
export const placed = (year: number, { yearStart }: Pick<Figures, 'yearStart'>) => {
  const next = `${year + 1}-${yearStart}`
  return sql`training.placed(${`${year}-${yearStart}`}::date, ${next}::date)`
}

/** Open objections by school: to an entry where it was entered, to a missing one where the person is. */
export const openObjectionsOf = (year: number) => sql`
  select coalesce(e.org_id, p.org_id) as org_id, count(*)::int as open
  from training.objection x join directory.person p on p.id = x.person_id left join ledger.entry e on e.person_id = x.person_id and e.id = x.entry_id
  where x.state = 'open' and x.year = ${year} group by 1`

/** People, compliant people, entries and credits of every school in scope, as they stand. */
export async function countsOf<T>(act: Act<T>, book: FactBook, year: number, figures: Figures) {
  const stand = await standings(act, book, { below: null, asOf: endOf(year) })
  return sql`
    select l.org_id, count(*)::int as teachers, count(*) filter (where s.on_pace)::int as compliant,
      sum(s.entries)::int as entries, sum(s.year) as credits
    from (${stand}) s join ${placed(year, figures)} l on l.person_id = s.person_id group by l.org_id`
}

/**
 * Every school in scope with its people, credits and audit state, as one statement: those employed in the year, and for a locked
 * year what was counted and sealed when it was locked.
 */
export async function auditsOf<T>(act: Act<T>, book: FactBook, year: number, figures: Figures): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    with people as (${await countsOf(act, book, year, figures)}), samples as (
      select a.org_id, count(*)::int as sampled, count(a.result)::int as checked, count(*) filter (where a.result = 'fault')::int as faults
      from training.audit_sample a where a.year = ${year} group by a.org_id
    ), objections as (${openObjectionsOf(year)})
    select o.id as org_id, o.short_name as org_name, a.state, coalesce(a.teachers, n.teachers, 0) as teachers, coalesce(a.compliant, n.compliant, 0) as compliant,
      coalesce(a.entries, n.entries, 0) as entries, coalesce(a.credits, n.credits, 0) as credits, coalesce(b.open, 0) as open_objections,
      coalesce(m.sampled, 0) as sampled, coalesce(m.checked, 0) as checked, coalesce(m.faults, 0) as faults, a.locked_at, encode(l.seal, 'hex') as seal, l.credits as sealed_credits
    from directory.organisation o left join people n on n.org_id = o.id
    left join training.audit a on a.org_id = o.id and a.year = ${year}
    left join samples m on m.org_id = o.id left join objections b on b.org_id = o.id
    left join ledger.lock l on l.org_id = o.id and l.credit_year = ${year}
    where o.path <@ any (db.scope()) and (n.org_id is not null or a.org_id is not null) order by o.path`.execute(act.tx)
  return rows
}

export type SampleRow = {
  personId: string
  name: string
  number: string
  drawn: string
  result: string | null
  note: string | null
  entries: {
    id: string
    title: string
    titleEn: string
    kind: string
    level: string
    hours: string
    credits: string
    occurredOn: string
    counterOf: string | null
    countered: boolean
  }[]
}

export async function sampleOf<T>(act: Act<T>, orgId: string, year: number): Promise<SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select a.person_id, p.name, p.number, a.drawn, a.result, a.note,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'title', e.title, 'titleEn', ${entryTitleEn}, 'kind', e.kind, 'level', e.level, 'hours', e.hours::text,
        'credits', e.credits::text, 'occurredOn', e.occurred_on, 'counterOf', e.counter_of,
        'countered', exists (select from ledger.entry c where c.person_id = e.person_id and c.counter_of = e.id)) order by e.occurred_on) from ledger.entry e where e.person_id = a.person_id and e.credit_year = ${year}), '[]') as entries
    from training.audit_sample a join directory.person p on p.id = a.person_id
    where a.org_id = ${orgId} and a.year = ${year} order by p.number`.execute(act.tx)
  return rows
}
