import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelRun, runOf } from '../../../../platform/jobs/index.ts'
import { askToApply, importOf } from './imports.ts'
import { type Desk, newcomer, openDesk, refusal, sheetOf } from './roster.fixture.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const ask = async (importId: string) => (await desk.as('clerk@0', (act) => askToApply(act, importId))).runId
const sent = async (...numbers: number[]) =>
  (await desk.check('clerk@0', await sheetOf(numbers.map((n) => newcomer(n))))).importId

describe('applying in the background', () => {
  it('ends in the counts; asked twice at once, it is done once', async () => {
    const importId = await sent(701, 702)
    const before = await desk.counts()
    const runs = await Promise.all([ask(importId), ask(importId)])
    const results = await Promise.all(runs.map((run) => desk.finished('clerk@0', run)))
    expect(results).toEqual([results[0], results[0]])
    expect(results[0]).toMatchObject({ importId, added: 2, applied: true })
    const after = await desk.counts()
    expect(after['directory.person']! - before['directory.person']!).toBe(2)
    expect(await desk.finished('clerk@0', await ask(importId))).toEqual(results[0])
    expect(await desk.counts()).toEqual(after)
  })

  it('is refused at once where it cannot be, and to others as if there were nothing', async () => {
    const faulty = await desk.check('clerk@0', await sheetOf([newcomer(703, { 学校: '霍格沃茨' })]))
    expect(await refusal(ask(faulty.importId))).toBe('records.import_faulty')
    const importId = await sent(704)
    expect(await refusal(desk.as('clerk@1', (act) => askToApply(act, importId)))).toBe('not_found')
  })

  it('tells that the records have changed', async () => {
    const [one, other] = [await sent(705), await sent(705)]
    await desk.finished('clerk@0', await ask(one))
    expect(await refusal(desk.finished('clerk@0', await ask(other)))).toBe('records.import_outdated')
  })

  it('tells how far it is, and called off in its midst leaves nothing and can be asked for again', async () => {
    const importId = await sent(706)
    const before = await desk.counts()
    const run = await desk.house.owner.transaction().execute(async (held) => {
      // Holds it up where facts are written.
      await sql`lock table records.service in access exclusive mode`.execute(held)
      const asked = await ask(importId)
      for (;;) {
        const { message, done, total } = await desk.as('clerk@0', (act) => runOf(act, asked))
        if (message) {
          expect(message.code).toMatch(/^records\.applying_/)
          expect([done < 5, total]).toEqual([true, 5])
          break
        }
        await new Promise((next) => setTimeout(next, 20))
      }
      await desk.as('clerk@0', (act) => cancelRun(act, asked))
      await new Promise((next) => setTimeout(next, 300))
      return asked
    })
    expect(await refusal(desk.finished('clerk@0', run))).toBe('cancelled')
    const { 'audit.event': _trail, ...tables } = await desk.counts()
    expect(before).toMatchObject(tables)
    expect(await desk.as('clerk@0', (act) => importOf(act, importId))).toMatchObject({ applied: false })
    expect(await desk.finished('clerk@0', await ask(importId))).toMatchObject({ added: 1, applied: true })
  })
})
