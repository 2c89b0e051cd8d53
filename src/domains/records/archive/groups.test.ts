/** The declarations and the database say the same; every item says what it is for; every fact that is named is one. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { FactBook } from '../../../platform/policy/index.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { recordsFacts, recordsPermissions } from '../index.ts'
import { columnOf, fieldsOf, isGuarded } from './group.ts'
import { groups } from './groups.ts'

let house: OpenHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house?.close())

const TYPES = { text: 'text', code: 'text', date: 'date', integer: 'int4', decimal: 'numeric', bool: 'bool' }
const kept = groups.filter(({ table }) => table !== null)

describe('declared groups', () => {
  it('are told apart, and their items as well', () => {
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
    for (const group of groups) {
      const keys = fieldsOf(group).map(({ key }) => key)
      expect(new Set(keys).size, group.id).toBe(keys.length)
      for (const key of [...group.says, ...(group.unique ?? [])]) expect(keys, group.id).toContain(key)
      if (typeof group.dated === 'object') expect(keys, group.id).toContain(group.dated.on)
    }
  })

  it.each(kept.map((group) => [group.id, group] as const))('%s has a table of just these columns', async (_, group) => {
    const { rows } = await sql<{ name: string; type: string; needed: boolean }>`
      select a.attname::text as name, t.typname::text as type, a.attnotnull as needed from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = ${`records.${group.table}`}::regclass and a.attnum > 0 and not a.attisdropped`.execute(
      house.owner,
    )
    const frame = ['person_id', 'id', 'version', 'known_from', 'org_id', 'org_path', 'during']
    // What is sealed may be found by a keyed hash beside it.
    const told = rows
      .filter(({ name }) => !frame.includes(name) && !name.endsWith('_hash'))
      .map(({ name, type }) => `${name} ${type}`)
    const declared = group.fields.flatMap(({ key, type }) =>
      type === 'sealed'
        ? [`${columnOf(key)}_cipher bytea`, `${columnOf(key)}_masked text`]
        : [`${columnOf(key)} ${TYPES[type]}`],
    )
    expect(told.sort()).toEqual(declared.sort())
    for (const { key, required } of group.fields)
      if (required) expect(rows.find(({ name }) => name === columnOf(key))?.needed, `${group.id}.${key}`).toBe(true)
    expect(rows.some(({ name }) => name === 'version')).toBe(true)
  })

  it('name code tables that exist, and facts of the house', async () => {
    const book = new FactBook(recordsFacts)
    const { rows } = await sql<{ table: string }>`select distinct c."table" from records.code c`.execute(house.owner)
    const tables = rows.map(({ table }) => table)
    for (const group of groups)
      for (const field of group.fields) {
        if (field.type === 'code') expect(tables, `${group.id}.${field.key}`).toContain(field.table)
        for (const fact of field.facts ?? [])
          expect(book.declared(fact), `${group.id}.${field.key}: ${fact}`).toBeDefined()
        expect(
          (field.facts?.length ?? 0) + (field.uses?.length ?? 0),
          `${group.id}.${field.key} is for nothing`,
        ).toBeGreaterThan(0)
      }
  })

  it('keep sealed texts out of the history and guarded ones to those who decide', async () => {
    for (const { table, id } of kept.filter(({ fields }) => fields.some(({ type }) => type === 'sealed'))) {
      const { rows } = await sql<{ name: string }>`select a.attname::text as name from pg_attribute a
        where a.attrelid = ${`records.${table}_history`}::regclass and a.attname like '%_cipher'`.execute(house.owner)
      expect(rows, id).toEqual([])
    }
    const holders = recordsPermissions.find(({ id }) => id === 'records.sanction.read')!.roles
    const { rows } = await sql<{
      body: string
    }>`select prosrc as body from pg_proc where oid = 'records.guarded_paths'::regproc`.execute(house.owner)
    const inDatabase = [...rows[0]!.body.matchAll(/a\.role in \(([^)]*)\)/g)][0]![1]!.match(/\w+/g)
    expect([...inDatabase!].sort()).toEqual([...holders].sort())
    for (const { table, id } of groups.filter(isGuarded)) {
      const { rows: policies } = await sql<{ name: string }>`select polname::text as name from pg_policy
        where polrelid = ${`records.${table}`}::regclass order by 1`.execute(house.owner)
      expect(
        policies.map(({ name }) => name),
        id,
      ).toEqual(['decided', 'owner', 'seen'])
    }
  })
})
