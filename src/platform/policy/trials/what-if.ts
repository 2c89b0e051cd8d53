/** What a change of figures would do to the people in scope, or to the schools: how many of each part come out otherwise. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { WhatIf } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { titlesOf } from '../library.ts'
import { keyOfCut, namesOfCut, whoseCut } from './cuts.ts'
import { gradesIn, judged, trialOf, type WhatIfAsk } from './trial.ts'

/**
 * Outcomes of everybody employed in the organisation on the day, or of every school in it, before and after.
 * @throws Refusal as `trialOf` does
 */
export async function whatIf<T>(act: Act<T>, book: FactBook, ask: WhatIfAsk): Promise<WhatIf> {
  const trial = await trialOf(act, book, ask)
  const { by = 'school' } = ask
  const { about, nature, parameters, title } = trial.now
  const { rows } = await sql<Part>`${judged(book, trial, by)}
    select ${keyOfCut(book, by, trial.asOf)} as key, j.before, j.after, count(*)::int as people
    from judged j ${whoseCut(by, about)} group by 1, 2, 3`.execute(act.tx)
  const names = await namesOfCut(act, book, by, rows)
  const titles = await titlesOf(act, parameters)
  return {
    set: ask.set,
    about,
    nature,
    title,
    asOf: trial.asOf,
    parameters: parameters.map((found) => ({
      ...found,
      title: titles.get(found.id)!,
      changed: (trial.would.parameters.find(({ id }) => id === found.id) ?? found).value,
    })),
    grades: gradesIn(trial).map(({ id, title: called }) => ({ id, title: called })),
    by,
    rows: rows.map((row) => ({ ...row, name: names(row.key) })).sort(inOrder),
  }
}

type Part = Omit<WhatIf['rows'][number], 'name'>

const inOrder = (a: Part, b: Part): number =>
  Math.sign(a.key.localeCompare(b.key) * 4 + a.before.localeCompare(b.before) * 2 + a.after.localeCompare(b.after))
