/** Identity numbers in full: who is shown them, for what, how often, and what the trail keeps of it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'

const NUMBER = '510104198203071229'
const purpose = '核对职称申报材料'

let house: OpenHouse
let world: World
let personId: string
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  ;({ id: personId } = world.teachers[0]![0]!)
  await (await world.as('clerk@0')).records.correct({ personId, idNumber: NUMBER })
})
afterAll(() => house?.close())

const reveal = async (who: string, of = personId, why = purpose) =>
  (await world.as(who)).records.revealIdentity({ personId: of, purpose: why })
const trail = async () =>
  (
    await sql<{
      actor: string
      after: { purpose: string; idMasked: string }
      whole: string
    }>`select e.account_id as actor, e.after, to_jsonb(e)::text as whole
    from audit.event e where e.action = 'records.identity_revealed' order by e.id`.execute(house.owner)
  ).rows

describe('showing', () => {
  it('gives the number to clerk and principal of the school, and the trail has who and why without the number', async () => {
    expect(await reveal('clerk@0')).toEqual({ idType: '1', idNumber: NUMBER })
    expect(await reveal('principal@0')).toEqual({ idType: '1', idNumber: NUMBER })
    const entries = await trail()
    expect(entries.map(({ actor, after }) => [actor, after])).toEqual([
      [world.accounts['clerk@0'], { purpose, idMasked: '510104********1229' }],
      [world.accounts['principal@0'], { purpose, idMasked: '510104********1229' }],
    ])
    expect(entries.some(({ whole }) => whole.includes('19820307'))).toBe(false)
  })

  it('knows nobody out of scope, and asks for the permission and a purpose', async () => {
    expect(await refusalOf(reveal('clerk@1'))).toBe('not_found not_found')
    expect(await refusalOf(reveal('trainer@district'))).toBe('forbidden access.forbidden')
    expect(await refusalOf(reveal(world.teachers[0]![0]!.account))).toBe('forbidden access.forbidden')
    await expect(reveal('clerk@0', personId, '  看 ')).rejects.toMatchObject({ status: 400 })
    expect(await refusalOf(reveal('clerk@0', world.teachers[0]![1]!.id))).toBe('refused records.no_identity')
  })

  it('shows teachers their own, masked on the page and in full when they ask', async () => {
    const own = (await world.as(world.teachers[0]![0]!.account)).records
    expect((await own.me()).idMasked).toBe('510104********1229')
    expect(await own.revealOwnIdentity()).toEqual({ idType: '1', idNumber: NUMBER })
    expect((await trail()).at(-1)!.after).toEqual({ purpose: 'own', idMasked: '510104********1229' })
  })

  it('stops at thirty an hour for one account, also when asked at the same moment, and not for others', async () => {
    await sql`delete from records.reveal`.execute(house.owner)
    const answers = await Promise.all(Array.from({ length: 33 }, () => refusalOf(reveal('clerk@0'))))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(30)
    expect(new Set(answers.filter((answer) => answer !== 'done'))).toEqual(new Set(['limited records.reveal_limit']))
    expect(await refusalOf(reveal('principal@0'))).toBe('done')
    await sql`update records.reveal set at = at - interval '61 minutes'`.execute(house.owner)
    expect(await refusalOf(reveal('clerk@0'))).toBe('done')
  })
})
