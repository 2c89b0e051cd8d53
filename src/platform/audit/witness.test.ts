/** The note beside the database: what it holds the chain to, and what it does not take for its own. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { sealAll } from '../../../test/harness/seal.ts'
import { openWitness, record, type Witness } from './index.ts'

const key = Buffer.alloc(32, 7)
let base: Scratch
let folder: string
let witness: Witness
const act = (action: string) => base.as({ paths: ['m'] }, (within) => record(within, { action }))
beforeAll(async () => {
  base = await scratch()
  folder = await mkdtemp(join(tmpdir(), 'qiangshi-witness-'))
  witness = openWitness(folder, key)
})
afterAll(async () => {
  await base?.drop()
  await rm(folder, { recursive: true, force: true })
})
const noteText = async () => readFile(join(folder, (await readdir(folder))[0]!), 'utf8')

test('nothing is noted of an empty chain', async () => {
  expect(await witness.note(base.owner)).toEqual({ state: 'none' })
  expect(await readdir(folder)).toEqual([])
})

test('the head is noted with what only grows, and moves on with the chain', async () => {
  await act('test.one')
  await sealAll(base.owner)
  expect(await witness.note(base.owner, { entries: 5 })).toEqual({ state: 'none' })
  const first = JSON.parse(await noteText())
  expect(first).toMatchObject({ counts: { entries: 5 } })
  await act('test.two')
  await sealAll(base.owner)
  expect(await witness.note(base.owner, { entries: 6 })).toEqual({ state: 'held' })
  const second = JSON.parse(await noteText())
  expect(second.seq).toBe(first.seq + 1)
  expect(second.counts).toEqual({ entries: 6 })
})

test('less than was noted is told, and the note stays as it was', async () => {
  const before = await noteText()
  expect(await witness.note(base.owner, { entries: 4 })).toMatchObject({
    state: 'shrunk',
    what: 'entries',
    noted: 6,
    found: 4,
  })
  expect(await noteText()).toBe(before)
  expect(await witness.ask(base.owner, { entries: 6 })).toEqual({ state: 'held' })
})

test('a note under another key, or with another figure, is nobody’s', async () => {
  expect(await openWitness(folder, Buffer.alloc(32, 8)).ask(base.owner)).toEqual({ state: 'forged' })
  const kept = await noteText()
  const file = join(folder, (await readdir(folder))[0]!)
  await writeFile(file, JSON.stringify({ ...JSON.parse(kept), counts: { entries: 1 } }))
  expect(await witness.ask(base.owner)).toEqual({ state: 'forged' })
  await writeFile(file, 'nothing')
  expect(await witness.ask(base.owner)).toEqual({ state: 'forged' })
  await writeFile(file, kept)
  expect(await witness.ask(base.owner)).toEqual({ state: 'held' })
})
