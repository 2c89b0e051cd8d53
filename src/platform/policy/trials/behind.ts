/** The people or schools behind a number of a trial, with the facts that they were judged by. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { codeWords } from '../code-words.ts'
import type { WhatIfPeople } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { keyOfCut, whoseCut } from './cuts.ts'
import { factsSql, sayCodes, shownFacts } from './shown.ts'
import { judged, type Trial, trialOf, type WhatIfAsk } from './trial.ts'

type Group = 'before' | 'after' | 'lose' | 'gain' | 'moved' | 'unknown'
type PeopleAsk = WhatIfAsk & {
  group: Group
  /** The part of the cut `by`. */
  part?: string | undefined
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
type Found = Omit<WhatIfPeople['rows'][number], 'facts'> & {
  place: string
  total: number
  facts: Record<string, string | null>
}

/** Of a row `j` found: whom it is about, and `place`, by which they are put in order. */
const WHO: Record<Trial['now']['about'], { kept: RawBuilder<unknown>; told: RawBuilder<unknown> }> = {
  person: {
    kept: sql`p.name, p.number, p.number as place, p.org_id as at_org`,
    told: sql`j.person_id, j.at_org as org_id, j.name, null::text as name_en, j.number, o.short_name as org_name`,
  },
  organisation: {
    kept: sql`o.path::text collate "C" as place, o.id as at_org`,
    told: sql`null::uuid as person_id, o.id as org_id, o.short_name as name, o.name_en, coalesce(o.code, '') as number,
      coalesce((select a.short_name from directory.organisation a where a.id = o.parent_id), '') as org_name`,
  },
}

/** People by staff number, schools by their place in the tree. */
export async function whatIfPeople<T>(act: Act<T>, book: FactBook, ask: PeopleAsk): Promise<WhatIfPeople> {
  const trial = await trialOf(act, book, ask)
  const shown = shownFacts(book, trial)
  const { by = 'school' } = ask
  const { about } = trial.now
  const part = ask.part === undefined ? sql`true` : sql`(${keyOfCut(book, by, trial.asOf)})::text = ${ask.part}`
  const { rows } = await sql<Found>`${judged(book, trial, by)},
    found as materialized (
      select j.*, ${WHO[about].kept} from judged j ${whoseCut(by, about)} where ${GROUPS[ask.group]} and ${part}
    )
    select ${WHO[about].told}, j.place, (select count(*)::int from found) as total, ${factsSql(book, shown)} as facts
    from found j join directory.organisation o on o.id = j.at_org
    where j.place > ${ask.cursor ?? ''} order by j.place limit ${ask.limit + 1}`.execute(act.tx)
  const words = await codeWords(act, book, shown)
  const page = rows.slice(0, ask.limit)
  return {
    about,
    rows: page.map(({ total: _total, place: _place, facts: values, ...row }) => ({
      ...row,
      facts: shown.map((id) => {
        const { title, type } = book.declared(id)!
        const value = values[id] ?? null
        return { id, title, type, value, says: sayCodes(words.get(id), type, value) }
      }),
    })),
    next: rows.length > ask.limit ? page.at(-1)!.place : null,
    total: rows[0]?.total ?? 0,
  }
}
