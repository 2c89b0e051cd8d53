/** The rule book on a day: requirement sets as they are written, with the parameters and facts that they use. */
import { sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { refused } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { Bilingual, WrittenCondition, WrittenGroup } from './contract.ts'
import type { FactBook } from './facts.ts'
import { authorityOf, rulesOf } from './queries.ts'
import type { Found } from './rules/reader.ts'
import type { ReadCondition, ReadGroup } from './rules/requirements/requirement.ts'

type Ask = { authority?: string | undefined; orgId?: string | undefined; asOf?: CivilDate | undefined }

/**
 * The sets in force for an authority, or for the one of an organisation.
 * @throws Refusal `policy.no_authority` where neither is named
 */
export async function requirementsInForce<T>(act: Act<T>, book: FactBook, ask: Ask) {
  const { authority, orgId, asOf = act.today } = ask
  if (authority === undefined && orgId === undefined) throw refused('policy.no_authority')
  const rules = await rulesOf(act, authority ?? (await authorityOf(act, orgId!)), book)
  const sets = rules.list(asOf)
  const titles = await titlesOf(
    act,
    sets.flatMap(({ parameters }) => parameters),
  )
  return sets.map(({ id, title, about, layers, requirement, facts, parameters }) => ({
    id,
    title,
    about,
    layers: layers.map(({ authority: whose, packVersion, version }) => ({
      authority: whose,
      packVersion,
      from: version.from,
    })),
    needs: writtenGroup(requirement.needs),
    grades: requirement.grades.map(({ id: grade, title: called, when }) => ({
      id: grade,
      title: called,
      when: writtenGroup(when),
    })),
    consequences: layers.flatMap(({ version }) => version.consequences ?? []),
    parameters: parameters.map((found) => ({ ...found, title: titles.get(found.id)! })),
    facts: [...facts].sort().map((fact) => {
      const { title: called, ask: whom } = book.declared(fact)!
      return { id: fact, title: called, ask: whom }
    }),
  }))
}

/** What parameters are called in the versions that they come from. */
export async function titlesOf<T>(act: Act<T>, parameters: readonly Found[]): Promise<Map<string, Bilingual>> {
  const { rows } = await sql<{ id: string; title: Bilingual }>`select q.id, q.title
    from jsonb_to_recordset(${JSON.stringify(parameters)}::jsonb) as u(id text, "packVersion" text)
    join policy.parameter q on q.id = u.id and q.version_id = u."packVersion"`.execute(act.tx)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

const writtenGroup = ({ says, least, parts }: ReadGroup): WrittenGroup => ({
  says: says ?? null,
  least,
  parts: parts.map((part) =>
    part.kind === 'group'
      ? { kind: 'group' as const, group: writtenGroup(part) }
      : { kind: 'condition' as const, condition: writtenCondition(part) },
  ),
})

const writtenCondition = ({ declared }: ReadCondition): WrittenCondition => ({
  id: declared.id,
  says: declared.says,
  clause: declared.clause ?? null,
  confidence: declared.confidence,
  note: declared.note ?? null,
  test: declared.test,
  exceptions: (declared.exceptions ?? []).map(({ id, says, clause, when }) => ({ id, says, clause, when })),
})
