import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/harness/cluster.ts'
import { acknowledged, journalOf, killDatabase, lost, startYear, type Year } from '../../../test/harness/interrupted.ts'
import { lastWords } from '../../../test/harness/program.ts'
import { CLUSTER } from '../../platform/db/data-folder.ts'
import { shutDown } from '../../platform/db/postmaster.ts'

let folder = ''
let journal = ''
const years: Year[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
  journal = `${folder}.journal`
})
afterAll(async () => {
  for (const { child } of years) child.kill('SIGKILL')
  await shutDown(join(folder, CLUSTER), 'now')
  await rm(folder, { recursive: true, force: true })
  await rm(journal, { force: true })
})

const begin = (): Year => {
  const year = startYear(folder, journal)
  years.push(year)
  return year
}

// The whole year, killed four times and performed to its end, is `npm run bench -- interrupted`.
test('a year that is killed, and whose database is killed, has lost nothing that was acknowledged', {
  timeout: 300_000,
}, async () => {
  const first = begin()
  await acknowledged(first, journal, 300)
  first.child.kill('SIGKILL')
  await first.ended
  expect(await lost(folder, journal)).toEqual([])
  const before = (await journalOf(journal)).length

  const second = begin()
  await acknowledged(second, journal, 300)
  await killDatabase(folder)
  const ended = await second.ended
  expect(ended.code).toBe(1)
  expect(lastWords(ended)).toEqual(['The database cannot be reached at the moment; please try again'])
  expect(await lost(folder, journal)).toEqual([])
  expect((await journalOf(journal)).length).toBeGreaterThanOrEqual(before + 300)
})
