/** Screens put together from several questions: candidates with their fair share, why somebody is not eligible, the host's screen. */
import { type RawBuilder, sql } from 'kysely'
import { compare } from '../../../base/decimal.ts'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { authorityOf } from '../../../platform/policy/index.ts'
import type { CandidateSort } from '../contract/orders.ts'
import { creditYearOf } from '../rules/credits.ts'
import { explainTarget } from '../rules/target.ts'
import { hostCode } from '../service/attend.ts'
import { doorsOf, figures } from '../service/figures.ts'
import type { TrainingTables } from '../tables.ts'
import { classOf, classRows } from './classes.ts'
import { entryTitleEn } from './credits.ts'
import { candidates, factsOf } from './eligible.ts'
import { classOfEntry } from './entry-class.ts'
import type { Order } from './keyset.ts'
import { sessionsOf } from './sessions.ts'

type Ask = {
  classId: string
  orgId?: string | undefined
  search?: string | undefined
  limit: number
} & Order<CandidateSort>

/** Eligible people, those sent least first; who is sent much more often than colleagues carries a warning. */
export async function candidatePage<T>(act: Act<T>, { classId, orgId, search, ...order }: Ask) {
  const one = await classOf(act, classId)
  const { warnAt } = await figures(act, one.authority)
  const { rows, ...rest } = await candidates(act, {
    classId: one.id,
    target: one.target,
    year: one.year,
    ...(orgId ? { orgId } : {}),
    ...(search ? { search } : {}),
    ...order,
  })
  return {
    ...rest,
    rows: rows.map(({ orgId: _, ...row }) => ({ ...row, warned: compare(row.fairShare, warnAt) >= 0 })),
  }
}

/** Every condition of the class's rule for one person, with the clause of the plan. */
export async function explainFor<T>(act: Act<T>, { classId, personId }: { classId: string; personId: string }) {
  const one = await classOf(act, classId)
  const facts = await factsOf(act, personId)
  if (!facts) throw notFound('person')
  const conditions = explainTarget(one.target, facts, act.today)
  const [row] = await classRows(act, { classId })
  return { eligible: conditions.every(({ holds }) => holds), conditions, clause: row!.clause }
}

/** What the host's screen shows: the code, the count, who came last. */
export async function screenOf(act: Act<TrainingTables>, sessionId: string, key: Buffer, publicUrl: string) {
  const doors = await doorsOf(act, sessionId)
  const shown = await hostCode(act, sessionId, key, doors)
  const [session] = await sessionsOf(act, { sessionId })
  const { rows: latest } = await sql<{
    name: string
    orgName: string
    at: string
  }>`select p.name, o.short_name as org_name, a.at from training.attendance a
    join directory.person p on p.id = a.person_id join directory.organisation o on o.id = p.org_id
    where a.session_id = ${sessionId} and a.state = 'present' order by a.at desc limit 8`.execute(act.tx)
  return {
    session: session!,
    className: shown.session.className,
    classNameEn: shown.session.classNameEn,
    token: shown.token,
    url: `${publicUrl}/check-in?t=${shown.token}`,
    code: shown.code,
    secondsLeft: shown.secondsLeft,
    periodSeconds: doors.timing.periodSeconds,
    open: shown.open,
    now: act.now,
    latest,
  }
}

export type ObjectionRow = {
  id: string
  personId: string
  name: string
  orgName: string
  text: string
  state: string
  raisedAt: string
  dueOn: string
  answer: string | null
  /** The credit year it is about; `sealed`: it takes counter-entries only, new ones go into `openYear`. */
  year: number
  sealed: boolean
  openYear: number
  remedy: string | null
  entry: {
    id: string
    title: string
    titleEn: string
    kind: string
    level: string
    hours: string
    credits: string
    occurredOn: string
    /** Number of the certificate that rests on it. */
    certificate: string | null
  } | null
}

export async function objectionsInSight<T>(act: Act<T>, open: boolean): Promise<ObjectionRow[]> {
  const locked = (year: RawBuilder<unknown>) => sql`exists (select from ledger.lock l
    where l.credit_year = ${year} and (l.org_id = p.org_id or l.org_id = e.org_id))`
  const { rows } = await sql<Omit<ObjectionRow, 'openYear'> & { orgId: string; sealedYears: number[] }>`
    select x.id, x.person_id, p.name, o.short_name as org_name, x.text, x.state, x.raised_at, x.due_on, x.answer, x.year, x.remedy, p.org_id, ${locked(sql`x.year`)} as sealed,
      array(select distinct l.credit_year from ledger.lock l where l.org_id = p.org_id or l.org_id = e.org_id) as sealed_years,
      case when e.id is not null then jsonb_build_object('id', e.id, 'title', e.title, 'titleEn', ${entryTitleEn}, 'kind', e.kind, 'level', e.level,
        'hours', e.hours::text, 'credits', e.credits::text, 'occurredOn', e.occurred_on,
        'certificate', (select d.label from documents.document d where d.kind = 'certificate' and d.person_id = e.person_id
          and d.subject_id = ${classOfEntry} and d.revoked_at is null limit 1)) end as entry
    from training.objection x join directory.person p on p.id = x.person_id join directory.organisation o on o.id = p.org_id
    left join ledger.entry e on e.person_id = x.person_id and e.id = x.entry_id
    where (not ${open} or x.state = 'open') order by x.state = 'open' desc, x.due_on, x.raised_at limit 500`.execute(
    act.tx,
  )
  const present = new Map<string, number>()
  for (const orgId of new Set(rows.map((row) => row.orgId))) {
    const { yearStart } = await figures(act, await authorityOf(act, orgId))
    present.set(orgId, creditYearOf(act.today, yearStart))
  }
  return rows.map(({ orgId, sealedYears, ...row }) => {
    let openYear = present.get(orgId)!
    while (sealedYears.includes(openYear)) openYear += 1
    return { ...row, openYear }
  })
}
