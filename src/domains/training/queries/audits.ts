/** The yearly audit of credits: where every school stands, and the people drawn into a sample. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import type { Figures } from '../service/figures.ts'
import { entryTitleEn, paceIn } from './credits.ts'

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

/** Every school in scope with its people, credits and audit state, as one statement. */
export async function auditsOf<T>(act: Act<T>, year: number, figures: Figures): Promise<AuditRow[]> {
  const { from, pace } = paceIn(year, figures)
  const { rows } = await sql<AuditRow>`
    with people as (
      select s.org_id, count(*)::int as teachers, count(*) filter (where s.credits >= ${pace}::numeric)::int as compliant,
        sum(s.last_entries)::int as entries, sum(s.last_credits) as credits
      from ledger.sums(${from}, ${year}) s group by s.org_id
    ), samples as (
      select a.org_id, count(*)::int as sampled, count(a.result)::int as checked, count(*) filter (where a.result = 'fault')::int as faults
      from training.audit_sample a where a.year = ${year} group by a.org_id
    ), objections as (
      select p.org_id, count(*)::int as open from training.objection x join directory.person p on p.id = x.person_id where x.state = 'open' group by p.org_id
    )
    select o.id as org_id, o.short_name as org_name, a.state, n.teachers, n.compliant, n.entries, n.credits, coalesce(b.open, 0) as open_objections,
      coalesce(m.sampled, 0) as sampled, coalesce(m.checked, 0) as checked, coalesce(m.faults, 0) as faults, a.locked_at, encode(l.seal, 'hex') as seal, l.credits as sealed_credits
    from people n join directory.organisation o on o.id = n.org_id
    left join training.audit a on a.org_id = o.id and a.year = ${year}
    left join samples m on m.org_id = o.id left join objections b on b.org_id = o.id
    left join ledger.lock l on l.org_id = o.id and l.credit_year = ${year}
    where o.path <@ any (db.scope()) order by o.path`.execute(act.tx)
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
