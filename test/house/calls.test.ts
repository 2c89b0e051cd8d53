/** Every call of the packs runs from the first application to its designations; so does one that is invented here, without a line of code. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenHouse } from '../../src/server/house.ts'
import { type Applicant, applyFor, peopleForCalls, type Walk, walkCall } from '../harness/call-walk.ts'
import { openTestHouse } from '../harness/house.ts'
import { INVENTED } from '../harness/invented-call.ts'
import { buildWorld } from '../harness/world.ts'

let house: OpenHouse
let walk: Walk
const open = async (authority: string) => {
  house = await openTestHouse()
  walk = await peopleForCalls(house, await buildWorld(house, 3), authority)
}

/** Made from what the packs offer or from a text, published with places for everybody, walked to its end. */
async function ends(office: string, from: { template: string } | { source: string }) {
  const { world } = walk
  const { cases } = await world.as(office)
  const at = office.endsWith('@city') ? world.city : world.district
  if ('source' in from) expect((await cases.checkCall({ orgId: at.id, source: from.source })).problems).toEqual([])
  const { callId } = await cases.createCall({ orgId: at.id, from })
  let { revision } = await cases.saveCall({
    callId,
    revision: 1,
    deadlines: [{ stage: 'submit', closesAt: '2023-12-29T10:00:00Z' }],
  })
  const { definition } = await cases.call({ callId })
  if (definition.quotas.length > 0) {
    ;({ revision } = await cases.sharePlaces({ callId, revision }))
    const { places } = await cases.call({ callId })
    const rows = places.map(({ quota, orgId }) => ({ quota, orgId, places: 2 }))
    ;({ revision } = await cases.setPlaces({ callId, revision, rows, reason: '测试名额' }))
  }
  const tried = await cases.dryRunCall({ callId, applicants: 2 })
  expect(tried.stages.flatMap(({ trouble }) => trouble)).toEqual([])
  await cases.publishCall({ callId, revision })
  // One for each track, two where there are none.
  const tracks = definition.tracks.length > 0 ? definition.tracks.map(({ id }) => id) : [undefined, undefined]
  const applicants: Applicant[] =
    definition.applicant === 'organisation'
      ? [0, 1].map((nth) => ({ account: `principal@${nth}`, orgId: world.schools[nth]!.id, track: tracks[0] }))
      : tracks.map((track, nth) => ({ account: world.teachers[nth % 2]![nth]!.account, track }))
  const ids: string[] = []
  for (const who of applicants) ids.push(await applyFor(walk, callId, definition, who))
  await walkCall(walk, callId, definition)
  const { rows: states } = await sql<{ state: string; kinds: number }>`select a.state, (select count(*)::int
      from cases.designation d where d.application_id = a.id and d.kind = ${definition.result.kind}) as kinds
    from cases.application a where a.id = any (${ids}::uuid[])`.execute(house.owner)
  expect(states).toEqual(ids.map(() => ({ state: 'filed', kinds: 1 })))
}

describe('under a district of Chongqing', () => {
  beforeAll(() => open('qianjiang'))
  afterAll(() => house?.close())
  it.each(['title.senior', 'talent.district_backbone.candidates_7', 'talent.studio'])('%s', (template) =>
    ends('commission@district', { template }),
  )
  it('an eighth, which is nothing but a file', () => ends('trainer@district', { source: INVENTED }))
})

describe('under Beijing', () => {
  beforeAll(() => open('beijing'))
  afterAll(() => house?.close())
  it.each(['talent.city_backbone.round_2020', 'honour.city_2022', 'training.model_school', 'case.double_reduction'])(
    '%s',
    (template) => ends('commission@city', { template }),
  )
})
