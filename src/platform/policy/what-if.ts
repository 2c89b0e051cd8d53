/** What a change of figures would do to the people in scope: judged twice in one statement, as it is and as it would be. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { invalid, notFound } from '../../base/errors.ts'
import { type Act, setBased } from '../db/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../sheets/index.ts'
import type { WhatIf, WhatIfPeople } from './contract.ts'
import { AS_OF, columnOf, type FactBook } from './facts.ts'
import { titlesOf } from './library.ts'
import { authorityOf, rulesOf } from './queries.ts'
import type { InForce, Rules } from './requirements/rules.ts'
import { outcomeSql } from './requirements/select.ts'
import { UNITS, type Unit } from './units.ts'

export type WhatIfAsk = {
  set: string
  orgId: string
  asOf?: CivilDate | undefined
  /** New values by parameter. */
  changes: Record<string, unknown>
}

type Trial = { now: InForce; then: InForce; rules: Rules; asOf: CivilDate; orgPath: string }

/**
 * Outcomes of everybody employed in the organisation on the day, before and after.
 * @throws Refusal `policy.not_changeable` for a parameter that the set does not use, `policy.bad_value` for a value of another form
 */
export async function whatIf<T>(act: Act<T>, book: FactBook, ask: WhatIfAsk): Promise<WhatIf> {
  const trial = await trialOf(act, book, ask)
  const { rows } = await sql<WhatIf['rows'][number]>`${judged(book, trial)}
    select o.id as org_id, o.short_name as org_name, j.before, j.after, count(*)::int as people
    from judged j join directory.person p on p.id = j.person_id join directory.organisation o on o.id = p.org_id
    group by o.id, o.short_name, j.before, j.after order by o.short_name, o.id, j.before, j.after`.execute(act.tx)
  const titles = await titlesOf(act, trial.now.parameters)
  return {
    set: ask.set,
    title: trial.now.title,
    asOf: trial.asOf,
    parameters: trial.now.parameters.map((found) => ({
      ...found,
      title: titles.get(found.id)!,
      changed: trial.then.parameters.find(({ id }) => id === found.id)!.value,
    })),
    grades: trial.now.requirement.grades.map(({ id, title }) => ({ id, title })),
    rows,
  }
}

type Group = 'before' | 'after' | 'lose' | 'gain' | 'moved' | 'unknown'
type PeopleAsk = WhatIfAsk & {
  group: Group
  schoolId?: string | undefined
  cursor?: string | undefined
  limit: number
}

const GROUPS: Record<Group, RawBuilder<unknown>> = {
  before: sql`j.before = 'met'`,
  after: sql`j.after = 'met'`,
  lose: sql`j.before = 'met' and j.after <> 'met'`,
  gain: sql`j.before <> 'met' and j.after = 'met'`,
  moved: sql`(j.before = 'met') <> (j.after = 'met')`,
  unknown: sql`j.after = 'unknown'`,
}
type Found = Omit<WhatIfPeople['rows'][number], 'facts'> & { total: number; facts: Record<string, string | null> }

/** The people behind a number, by staff number. */
export async function whatIfPeople<T>(act: Act<T>, book: FactBook, ask: PeopleAsk): Promise<WhatIfPeople> {
  const trial = await trialOf(act, book, ask)
  const shown = shownFacts(book, trial)
  const { rows } = await sql<Found>`${judged(book, trial)},
    found as materialized (
      select j.*, p.name, p.number, p.org_id from judged j join directory.person p on p.id = j.person_id
      where ${GROUPS[ask.group]} and (${ask.schoolId ?? null}::uuid is null or p.org_id = ${ask.schoolId ?? null})
    )
    select j.person_id, j.name, j.number, o.short_name as org_name, (select count(*)::int from found) as total,
      ${factsSql(shown)} as facts
    from found j join directory.organisation o on o.id = j.org_id
    where j.number > ${ask.cursor ?? ''} order by j.number limit ${ask.limit + 1}`.execute(act.tx)
  const page = rows.slice(0, ask.limit)
  return {
    rows: page.map(({ total: _total, facts: values, ...row }) => ({
      ...row,
      facts: shown.map((id) => ({ id, title: book.declared(id)!.title, value: values[id] ?? null })),
    })),
    next: rows.length > ask.limit ? page.at(-1)!.number : null,
    total: rows[0]?.total ?? 0,
  }
}

/** Everybody judged, with the facts and both outcomes. */
export async function exportWhatIf<T>(act: Act<T>, book: FactBook, ask: WhatIfAsk, locale: Locale): Promise<File> {
  const trial = await trialOf(act, book, ask)
  const shown = shownFacts(book, trial)
  const columns: ExportColumn[] = [
    { key: 'number', kind: 'text', header: { zh: '教职工号', en: 'Teacher number' } },
    { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' } },
    { key: 'orgName', kind: 'text', header: { zh: '学校', en: 'School' } },
    ...shown.map((id): ExportColumn => {
      const { title, type } = book.declared(id)!
      return type === 'number'
        ? { key: id, kind: 'decimal', scale: 2, header: title }
        : { key: id, kind: 'text', header: title }
    }),
    { key: 'before', kind: 'text', header: { zh: '现行规定', en: 'As it is' } },
    { key: 'after', kind: 'text', header: { zh: '试改后', en: 'As it would be' } },
  ]
  type Row = {
    number: string
    name: string
    orgName: string
    before: string
    after: string
    facts: Record<string, string | null>
  }
  const { rows } = await sql<Row>`${judged(book, trial)}
    select p.number, p.name, o.short_name as org_name, j.before, j.after,
      ${factsSql(shown)} as facts
    from judged j join directory.person p on p.id = j.person_id join directory.organisation o on o.id = p.org_id
    order by o.path, p.number`.execute(act.tx)
  const grades = new Map(trial.now.requirement.grades.map(({ id, title }) => [id, title]))
  const word = (outcome: string) => {
    const { zh, en } = OUTCOMES[outcome] ?? grades.get(outcome) ?? { zh: outcome, en: outcome }
    return locale === 'en' ? en : zh
  }
  const title = { zh: `政策试算 ${trial.now.title.zh}`, en: `Trial ${trial.now.title.en}` }
  return exportFile({
    title,
    columns,
    rows: rows.map(({ facts: values, before, after, ...who }) => ({
      ...who,
      ...values,
      before: word(before),
      after: word(after),
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
}

const OUTCOMES: Record<string, { zh: string; en: string }> = {
  met: { zh: '符合', en: 'Met' },
  unmet: { zh: '不符合', en: 'Not met' },
  unknown: { zh: '无法判断', en: 'Cannot be decided' },
  exempt: { zh: '不适用', en: 'Does not apply' },
}

/** Facts that fit in a column. */
const shownFacts = (book: FactBook, { now }: Trial): string[] =>
  [...now.facts].filter((id) => id !== AS_OF && book.declared(id)!.type !== 'amounts').sort()

/** The facts of a row `j` as text, by their ids. */
const factsSql = (shown: readonly string[]): RawBuilder<unknown> =>
  shown.length === 0
    ? sql`'{}'::jsonb`
    : sql`jsonb_build_object(${sql.join(shown.map((id) => sql`${id}::text, ${sql.ref(`j.${columnOf(id)}`)}::text`))})`

async function trialOf<T>(
  act: Act<T>,
  book: FactBook,
  { set, orgId, asOf = act.today, changes }: WhatIfAsk,
): Promise<Trial> {
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  const { rows: heads } = await sql<{ people: number }>`select count(*)::int as people from directory.person p
    where p.org_path <@ ${rows[0].path}::ltree`.execute(act.tx)
  await setBased(act, heads[0]!.people)
  const rules = await rulesOf(act, await authorityOf(act, orgId), book)
  const now = rules.get(set, asOf)
  for (const [id, value] of Object.entries(changes)) {
    const used = now.parameters.find((found) => found.id === id)
    if (!used) throw invalid('policy.not_changeable', { parameter: id })
    if (!UNITS[used.unit as Unit].safeParse(value).success) throw invalid('policy.bad_value', { parameter: id })
  }
  const then = Object.keys(changes).length > 0 ? rules.changed(changes).get(set, asOf) : now
  return { now, then, rules, asOf, orgPath: rows[0].path }
}

/** Common tables up to `judged`: person_id, the facts, `before` and `after`. */
function judged(book: FactBook, { now, then, rules, asOf, orgPath }: Trial): RawBuilder<unknown> {
  const column = (id: string) => (id === AS_OF ? sql`${asOf}::date` : sql.ref(`f.${columnOf(id)}`))
  return sql`with people as materialized (
      select p.id as person_id from directory.person p where p.org_path <@ ${orgPath}::ltree
        and exists (select from directory.employment e where e.person_id = p.id and e.kind = 'main' and e.during @> ${asOf}::date)
    ), f as materialized (${book.query(now.facts, { asOf, parameters: rules.parameters, people: sql`people` })}),
    judged as (select f.*, ${outcomeSql(now.requirement, column)} as before, ${outcomeSql(then.requirement, column)} as after from f)`
}
