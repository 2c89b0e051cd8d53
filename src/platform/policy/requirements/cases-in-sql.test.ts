/** Every worked case of the product's packs comes out of the database as it does here: tables, dates and gaps in what is known included. */
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Scratch, scratch } from '../../../../test/harness/scratch.ts'
import { facts } from '../../../server/modules.ts'
import { SQL_TYPES } from '../expression/sql.ts'
import { PACKS, readPacks } from '../index.ts'
import { plain, readValue } from '../rules/expression/value.ts'
import { rulesIn } from './pack-cases.ts'
import { outcomeSql } from './select.ts'

let base: Scratch
beforeAll(async () => {
  base = await scratch()
})
afterAll(() => base?.drop())

const packs = await readPacks(PACKS, facts)

it.each(packs.filter(({ cases }) => cases.length > 0).map((pack) => [pack.authority, pack] as const))(
  '%s',
  async (authority, { cases }) => {
    const rules = rulesIn(packs, authority, facts)
    const differs: string[] = []
    for (const { name, set, on, facts: given, outcome } of cases) {
      const column = (id: string): RawBuilder<unknown> => {
        const { type } = facts.declared(id)!
        const value = id === 'asOf' ? on : plain(readValue(type, given[id]))
        const text = type === 'amounts' && value !== null ? JSON.stringify(value) : value
        return sql`${text}::${sql.raw(SQL_TYPES[type])}`
      }
      const { rows } = await sql<{
        outcome: string
      }>`select ${outcomeSql(rules.get(set, on).requirement, column)} as outcome`.execute(base.owner)
      if (rows[0]!.outcome !== outcome) differs.push(`${set} ${name}: ${rows[0]!.outcome} instead of ${outcome}`)
    }
    expect(differs).toEqual([])
  },
  60_000,
)
