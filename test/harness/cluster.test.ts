import pg from 'pg'
import { expect, test } from 'vitest'
import { clusterUrl, createDatabase, dropDatabase, templateDatabase } from './cluster.ts'

async function rows(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query(statement)
    .then(
      (result) => result.rows,
      (error) => {
        throw error
      },
    )
    .finally(() => client.end())
}

test('a template is built once and cloned by many at once', async () => {
  let built = 0
  const build = async (url: string): Promise<void> => {
    built++
    await rows(url, 'create table sample as select generate_series(1, 10) as n')
  }
  const names = await Promise.all([1, 2, 3].map(() => templateDatabase('harness_sample', build)))
  expect(new Set(names).size).toBe(1)
  expect(built).toBe(1)
  const clones = await Promise.all(Array.from({ length: 6 }, () => createDatabase(names[0])))
  await rows(clones[0]!, 'delete from sample')
  const left = await Promise.all(clones.map(async (url) => (await rows(url, 'select from sample')).length))
  expect(left).toEqual([0, 10, 10, 10, 10, 10])
  await Promise.all(clones.map(dropDatabase))
  const gone = await rows(
    clusterUrl(),
    `select from pg_database d where d.datname in (${clones.map((url) => `'${new URL(url).pathname.slice(1)}'`)})`,
  )
  expect(gone).toEqual([])
})

test('a template whose build failed is built again', async () => {
  const fails = templateDatabase('harness_broken', async (url) => {
    await rows(url, 'create table half as select 1 as n')
    throw new Error('broken')
  })
  await expect(fails).rejects.toThrow('broken')
  const name = await templateDatabase(
    'harness_broken',
    async (url) => void (await rows(url, 'create table whole as select 1 as n')),
  )
  const clone = await createDatabase(name)
  expect(await rows(clone, `select to_regclass('half') as half, to_regclass('whole')::text as whole`)).toEqual([
    { half: null, whole: 'whole' },
  ])
  await dropDatabase(clone)
})
