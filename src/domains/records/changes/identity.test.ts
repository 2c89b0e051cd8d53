/** Who somebody is, proposed with evidence: name, number, birth and years of service; sealed, confirmed by the district, kept with what was before. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Person, refusalData, type World } from '../../../../test/harness/world.ts'
import { idNumberCheck } from '../../../base/id-number.ts'
import type { OpenHouse } from '../../../server/house.ts'

const withCheck = (start: string): string => start + idNumberCheck(start)
const BORN = '1985-03-07'
/** A woman, born on 7 March 1985. */
const MINE = withCheck('51010419850307122')
const MINE_SHOWN = `${MINE.slice(0, 6)}********${MINE.slice(-4)}`
const ANOTHERS = withCheck('51010419790101122')

let house: OpenHouse
let world: World
const as = async (who: string) => (await world.as(who)).records
const of = (n: number): Person => world.teachers[0]![n]!
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  for (const { id } of world.teachers[0]!)
    await sql`update directory.person set birth_date = ${BORN}, sex = '2' where id = ${id}`.execute(house.owner)
  await (await as('clerk@1')).correct({
    personId: world.teachers[1]![0]!.id,
    idNumber: ANOTHERS,
    birthDate: '1979-01-01',
  })
  await (await as('clerk@0')).correct({
    personId: of(3).id,
    idNumber: withCheck('51010419790202122'),
    birthDate: '1979-02-02',
  })
})
afterAll(() => house?.close())

const PICTURE = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
const photo = async ({ account }: Person) =>
  (await (await as(account)).addEvidence({ file: new File([PICTURE], '户口簿.jpg') })).fileId
const identityOf = async ({ account }: Person) =>
  (await (await as(account)).ownArchive()).find(({ groupId }) => groupId === 'identity')!
const ask = async (who: Person, values: Record<string, string>, groupId = 'identity') => {
  const own = await as(who.account)
  const row = (await own.ownArchive()).find((one) => one.groupId === groupId)!
  return own.propose({
    groupId,
    kind: 'correct',
    rowId: row.id,
    version: row.version!,
    values,
    evidence: [await photo(who)],
  })
}
const decide = async (by: string, { id: personId }: Person, changeId: string, over?: number) =>
  (await as(by)).decideChange({ personId, changeId, decision: 'confirm', ...(over ? { over } : {}) })

describe('a name', () => {
  it('needs evidence, goes to school and district, is written everywhere, and stays with what it was', async () => {
    const who = of(0)
    const own = await as(who.account)
    const bare = own.propose({
      groupId: 'identity',
      kind: 'correct',
      rowId: who.id,
      version: (await identityOf(who)).version!,
      values: { name: '欧阳新月' },
    })
    expect((await refusalData(bare)).code).toBe('records.evidence_needed')
    const { changeId } = await ask(who, { name: '欧阳新月' })
    expect(await decide('clerk@0', who, changeId)).toEqual({ state: 'district' })
    expect((await own.me()).name).toBe(who.name)
    expect(await decide('trainer@district', who, changeId)).toEqual({ state: 'applied' })
    const clerk = await as('clerk@0')
    expect((await clerk.people({ search: 'ouyangxinyue' })).rows.map(({ personId }) => personId)).toEqual([who.id])
    expect((await world.as(who.account)) && (await own.me()).name).toBe('欧阳新月')
    const { rows } = await sql<{
      name: string
    }>`select a.name from access.account a where a.id = ${who.account}`.execute(house.owner)
    expect(rows).toEqual([{ name: '欧阳新月' }])
    const past = await own.ownRowHistory({ groupId: 'identity', rowId: who.id })
    expect(past.slice(0, 2).map(({ values }) => values.name)).toEqual(['欧阳新月', who.name])
    expect(await clerk.rowHistory({ personId: who.id, groupId: 'identity', rowId: who.id })).toEqual(past)
    expect(
      (
        await refusalData(
          clerk.rowHistory({
            personId: world.teachers[1]![0]!.id,
            groupId: 'identity',
            rowId: world.teachers[1]![0]!.id,
          }),
        )
      ).kind,
    ).toBe('not_found')
  })

  it('is not added or taken away, nor left empty', async () => {
    const own = await as(of(0).account)
    const version = (await identityOf(of(0))).version!
    const evidence = [await photo(of(0))]
    const at = { groupId: 'identity', rowId: of(0).id, version, evidence }
    expect((await refusalData(own.propose({ ...at, kind: 'remove' }))).code).toBe('records.not_proposable')
    expect((await refusalData(own.propose({ ...at, kind: 'add', values: { name: '甲乙' } }))).code).toBe(
      'records.not_proposable',
    )
    for (const [name, code] of [
      ['', 'records.field_missing'],
      ['丙', 'records.name_short'],
    ] as const)
      expect((await refusalData(own.propose({ ...at, kind: 'correct', values: { name } }))).code).toBe(code)
  })
})

describe('an identity number', () => {
  it('lies sealed while it waits, is shown masked, opens only to the person, and takes birth and sex along', async () => {
    const who = of(1)
    await sql`update directory.person set birth_date = '1985-03-08', sex = '1' where id = ${who.id}`.execute(
      house.owner,
    )
    const { changeId } = await ask(who, { idNumber: ` ${MINE.toLowerCase()} ` })
    const held = async () =>
      (
        await sql<{
          told: string
        }>`select to_jsonb(c)::text || coalesce((select string_agg(to_jsonb(e)::text, '') from audit.event e
          where e.about_person = ${who.id}), '') as told from records.change c where c.id = ${changeId}`.execute(
          house.owner,
        )
      ).rows[0]!.told
    expect(await held()).not.toContain(MINE)
    const seen = await (await as('clerk@0')).change({ personId: who.id, changeId })
    expect(seen.becomes).toEqual({ idNumber: MINE_SHOWN, birthDate: BORN, sex: '2' })
    await decide('clerk@0', who, changeId)
    await decide('trainer@district', who, changeId)
    const own = await as(who.account)
    expect(await own.revealOwnIdentity()).toEqual({ idType: '1', idNumber: MINE })
    expect(await own.revealOwnSealed({ groupId: 'identity' })).toEqual({ idNumber: MINE })
    expect((await identityOf(who)).values).toMatchObject({ idNumber: MINE_SHOWN, birthDate: BORN, sex: '2' })
    expect(await held()).not.toContain(MINE)
    const past = await own.ownRowHistory({ groupId: 'identity', rowId: who.id })
    expect(past.slice(0, 2).map(({ values: { idNumber, sex } }) => [idNumber, sex])).toEqual([
      [MINE_SHOWN, '2'],
      [null, '1'],
    ])
    const nothing = ask(who, { idNumber: MINE })
    expect((await refusalData(nothing)).code).toBe('records.nothing_changes')
  })

  it('that is another’s is refused at the end, naming nobody: whoever proposes learns nothing of what is on record', async () => {
    const who = of(2)
    for (const number of [ANOTHERS, withCheck('51010419790202122')]) {
      const { changeId } = await ask(who, { idNumber: number })
      await decide('clerk@0', who, changeId)
      const refusal = await refusalData(decide('trainer@district', who, changeId))
      expect(refusal.code).toBe('records.identity_held')
      for (const other of [of(3), world.teachers[1]![0]!])
        for (const told of [other.id, other.number, other.name]) expect(JSON.stringify(refusal)).not.toContain(told)
      await (await as(who.account)).withdrawChange({ changeId })
    }
    const { changeId } = await ask(who, { idNumber: withCheck('51010419850307124') })
    await (await as('clerk@0')).correct({
      personId: of(3).id,
      idNumber: withCheck('51010419850307124'),
      birthDate: BORN,
    })
    await decide('clerk@0', who, changeId)
    const late = await refusalData(decide('trainer@district', who, changeId))
    expect(late.code).toBe('records.identity_held')
    expect(JSON.stringify(late)).not.toContain(of(3).number)
    await (await as(who.account)).withdrawChange({ changeId })
  })

  it('is believed only with its check digit, and birth and sex not against it', async () => {
    expect(
      (await refusalData(ask(of(2), { idNumber: MINE.replace(/.$/, (digit) => (digit === '1' ? '2' : '1')) }))).code,
    ).toBe('records.id_number_wrong')
    expect((await refusalData(ask(of(1), { birthDate: '1985-03-09' }))).code).toBe('records.birth_differs')
    expect((await refusalData(ask(of(1), { sex: '1' }))).code).toBe('records.sex_differs')
    expect((await refusalData(ask(of(2), { sex: '7' }))).code).toBe('records.unknown_code')
  })
})

describe('years of service and what is taught', () => {
  it('are proposed, fit birth and each other, and come with what was before', async () => {
    const who = of(2)
    expect((await refusalData(ask(who, { workSince: '1990-01-01' }, 'service'))).code).toBe('records.too_young')
    expect((await refusalData(ask(who, { teachingSince: '1999-01-01' }, 'service'))).code).toBe(
      'records.teaching_before_work',
    )
    const before = (await (await as(who.account)).me()).workSince
    const { changeId } = await ask(who, { workSince: '2007-08-01' }, 'service')
    await decide('clerk@0', who, changeId)
    await decide('trainer@district', who, changeId)
    const own = await as(who.account)
    expect(await own.me()).toMatchObject({ workSince: '2007-08-01', teachingSince: '2007-08-01' })
    const row = (await own.ownArchive()).find(({ groupId }) => groupId === 'service')!
    const past = await own.ownRowHistory({ groupId: 'service', rowId: row.id })
    expect(past.map(({ values }) => values.workSince)).toEqual(['2007-08-01', before])
  })

  it('a subject is confirmed by the school alone', async () => {
    const who = of(2)
    const { changeId } = await ask(who, { subject: '24' }, 'teaching')
    expect(await decide('clerk@0', who, changeId)).toEqual({ state: 'applied' })
    expect((await (await as(who.account)).me()).subjects).toEqual(['24'])
  })
})

describe('what somebody else changed meanwhile', () => {
  it('is shown with both values, and written only over what was shown', async () => {
    const who = of(2)
    const { changeId } = await ask(who, { name: '欧阳一' })
    await (await as('clerk@0')).correct({ personId: who.id, name: '欧阳二' })
    await decide('clerk@0', who, changeId)
    const refusal = await refusalData(decide('trainer@district', who, changeId))
    expect(refusal).toMatchObject({
      code: 'records.row_changed',
      was: { name: who.name },
      given: { name: '欧阳一' },
      current: { name: '欧阳二' },
    })
    expect(await decide('trainer@district', who, changeId, refusal.version as number)).toEqual({ state: 'applied' })
  })

  it('a hundred who correct one person at once: one is written, the others are told what stands', async () => {
    const who = of(3)
    const clerk = await as('clerk@0')
    const { version } = await clerk.person({ personId: who.id })
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const name = `欧阳${String.fromCharCode(0x4e00 + n)}`
        return clerk.correct({ personId: who.id, version, name }).then(
          () => ({ name, refusal: null }),
          async (error) => ({ name, refusal: await refusalData(Promise.reject(error)) }),
        )
      }),
    )
    const written = answers.filter(({ refusal }) => refusal === null)
    expect(written).toHaveLength(1)
    for (const { name, refusal } of answers)
      if (refusal)
        expect(refusal).toMatchObject({
          code: 'records.row_changed',
          version: version + 1,
          current: { name: written[0]!.name },
          given: { name },
        })
    expect(await clerk.person({ personId: who.id })).toMatchObject({ name: written[0]!.name, version: version + 1 })
  }, 60_000)
})
