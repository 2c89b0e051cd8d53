/** Applying, in PostgreSQL and through the API: who may, what is filled in, what is refused with which reasons, and who sees it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { sendBack, sign } from '../flow/sign.ts'
import { asking, designate, makeRural, PDF, recordsFor } from './applications.fixture.ts'

let at: CasesHouse
/** Teachers of the first school: 0 meets the conditions, 1 does not, of 2 it cannot be said, the others meet them. */
let cases: (nth: number, school?: 0 | 1 | 2) => Promise<Caller['cases']>
beforeAll(async () => {
  at = await openCasesHouse(12)
  await makeRural(at.house, at.world)
  for (const [nth, { id }] of at.world.teachers[0].entries())
    await recordsFor(at.house, id, nth === 1 ? 'unmet' : nth === 2 ? 'unknown' : 'met')
  cases = async (nth, school = 0) => (await at.world.as(at.world.teachers[school][nth]!.account)).cases
})
afterAll(() => at?.house.close())

const dataOf = async (call: Promise<unknown>): Promise<Record<string, unknown>> =>
  call.then(
    () => ({ code: 'done' }),
    (error: { data: Record<string, unknown> }) => error.data,
  )

/** Begun, answered and with its material: ready to be handed in. */
async function ready(nth: number, callId: string, school: 0 | 1 | 2 = 0) {
  const own = await cases(nth, school)
  const { applicationId } = await own.startApplication({ callId })
  await own.addMaterial({ applicationId, material: 'lesson', file: PDF() })
  const { revision } = await own.saveAnswers({
    applicationId,
    revision: 1,
    answers: { plan: '三年内带教两名青年教师' },
  })
  return { own, applicationId, revision }
}

describe('before one begins', () => {
  it('says whether one may apply and why', async () => {
    const callId = await at.publish(asking())
    const standingOf = async (nth: number) =>
      (await (await cases(nth)).openCalls({})).find((call) => call.callId === callId)!.ways[0]!.standing
    expect(await standingOf(0)).toMatchObject({
      eligible: true,
      sets: [{ set: 'title.senior', outcome: 'met', failed: [] }],
    })
    const no = await standingOf(1)
    expect(no.eligible).toBe(false)
    expect(no.sets[0]!.failed.map(({ id }) => id)).toContain('below')
    expect(no.sets[0]!.failed[0]!.clause?.document).toBeTruthy()
    const open = await standingOf(2)
    expect(open.eligible).toBeNull()
    expect(open.sets[0]!.unknown.map(({ id }) => id)).toContain('title.level')
  })
  it('names what is held already and bars, on the day that is judged', async () => {
    const callId = await at.publish(asking())
    const [now, over] = [at.world.teachers[0][3]!, at.world.teachers[0][4]!]
    await designate(at.house, now.id, 'test.barring', '[2021-01-01,2024-01-01)')
    await designate(at.house, over.id, 'test.barring', '[2019-01-01,2023-03-01)')
    const standingOf = async (nth: number) =>
      (await (await cases(nth)).openCalls({})).find((call) => call.callId === callId)!.ways[0]!.standing
    expect(await standingOf(3)).toMatchObject({
      eligible: false,
      excluded: [{ kind: 'test.barring', clause: { article: '第三条' } }],
    })
    expect((await standingOf(4)).eligible).toBe(true)
    const { own, applicationId, revision } = await ready(3, callId)
    expect(await refusalOf(own.submitApplication({ applicationId, revision }))).toBe('refused cases.not_eligible')
  })
  it('judges each track by its own sets, and wants one of them chosen', async () => {
    const tracks = [
      { id: 'plain', title: { zh: '一般', en: 'Plain' } },
      { id: 'head', title: { zh: '园长', en: 'Head' }, sets: ['talent.kindergarten_head'] },
    ]
    const callId = await at.publish(asking({ tracks }))
    const own = await cases(5)
    const call = (await own.openCalls({})).find((one) => one.callId === callId)!
    expect(call.ways.map(({ track, standing }) => [track?.id, standing.eligible])).toEqual([
      ['plain', true],
      ['head', null],
    ])
    expect(await refusalOf(own.startApplication({ callId }))).toBe('invalid cases.track_unknown')
    expect(await refusalOf(own.startApplication({ callId, track: 'other' }))).toBe('invalid cases.track_unknown')
    const { applicationId } = await own.startApplication({ callId, track: 'plain' })
    expect((await own.ownApplication({ applicationId })).track?.id).toBe('plain')
  })
  it('shows no call of another district and begins none there', async () => {
    const callId = await at.publish(asking())
    const away = await cases(0, 2)
    expect((await away.openCalls({})).map((call) => call.callId)).not.toContain(callId)
    expect(await refusalOf(away.startApplication({ callId }))).toBe('not_found not_found')
  })
  it('takes one application each', async () => {
    const callId = await at.publish(asking())
    const own = await cases(0)
    const twice = await Promise.all([1, 2, 3].map(() => refusalOf(own.startApplication({ callId }))))
    expect(twice.sort()).toEqual(['conflict cases.applied_already', 'conflict cases.applied_already', 'done'])
  })
})

describe('filling in', () => {
  it('brings what the product knows, which cannot be overwritten', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(0, callId)
    const teacher = at.world.teachers[0][0]!
    const { form } = await own.ownApplication({ applicationId })
    expect(form.answers).toMatchObject({
      name: teacher.name,
      school: '第一小学',
      since: '2010-09-01',
      level: '一级教师',
    })
    expect(form.filled.map(({ question }) => question)).toEqual(['name', 'school', 'since', 'level'])
    const saved = await own.saveAnswers({
      applicationId,
      revision,
      answers: { name: '李四', since: '1990-09-01', plan: '另一设想' },
    })
    await own.submitApplication({ ...saved, applicationId, answers: { name: '李四', plan: '另一设想' } })
    const { rows } = await sql<{
      answers: Record<string, unknown>
    }>`select a.answers from cases.application a where a.id = ${applicationId}`.execute(at.house.owner)
    expect(rows[0]!.answers).toMatchObject({ name: teacher.name, since: '2010-09-01', plan: '另一设想' })
  })
  it('keeps what was typed last and tells the other window', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(5, callId)
    await own.saveAnswers({ applicationId, revision, answers: { plan: '甲' } })
    expect(await refusalOf(own.saveAnswers({ applicationId, revision, answers: { plan: '乙' } }))).toBe(
      'conflict cases.changed_since',
    )
    expect((await own.ownApplication({ applicationId })).form.answers.plan).toBe('甲')
  })
  it('refuses questions that are not in the form', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(6, callId)
    expect(await refusalOf(own.saveAnswers({ applicationId, revision, answers: { score: 100 } }))).toBe(
      'invalid cases.answers_unfit',
    )
  })
  it('takes the files that are asked for, so many, of these kinds', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId } = await ready(7, callId)
    const add = (file: File, material = 'lesson') => own.addMaterial({ applicationId, material, file })
    expect(await refusalOf(add(new File(['GIF89a'], 'a.pdf')))).toBe('invalid files.kind_not_allowed')
    expect(await refusalOf(add(PDF(), 'other'))).toBe('invalid cases.material_unknown')
    await add(PDF('二.pdf'))
    expect(await refusalOf(add(PDF('三.pdf')))).toBe('invalid cases.materials_enough')
    const { materials } = await own.ownApplication({ applicationId })
    expect(materials[0]!.files.map(({ name }) => name)).toEqual(['教学设计.pdf', '二.pdf'])
    await own.dropMaterial({ applicationId, materialId: materials[0]!.files[0]!.id })
    expect((await own.ownApplication({ applicationId })).materials[0]!.files).toHaveLength(1)
  })
  it('says where a file that is read blind names its applicant', async () => {
    const blind = {
      id: 'lesson',
      title: { zh: '代表作', en: 'A work' },
      required: true,
      most: 9,
      kinds: ['pdf'],
      blind: 'shown',
    }
    const callId = await at.publish(asking({ materials: [blind, { ...blind, id: 'proof', blind: 'hidden' }] }))
    const own = await cases(9)
    const { applicationId } = await own.startApplication({ callId })
    const { name } = at.world.teachers[0][9]!
    for (const file of [PDF(`${name}的教案.pdf`), PDF('教案.pdf')])
      await own.addMaterial({ applicationId, material: 'lesson', file })
    await own.addMaterial({ applicationId, material: 'proof', file: PDF(`${name}的证书.pdf`) })
    const { materials } = await own.ownApplication({ applicationId })
    expect(materials.map(({ files }) => files.map(({ named }) => named === true))).toEqual([[true, false], [false]])
  })
})

describe('handing in', () => {
  it('names everything that is missing at once', async () => {
    const callId = await at.publish(asking())
    const own = await cases(8)
    const { applicationId } = await own.startApplication({ callId })
    const data = await dataOf(own.submitApplication({ applicationId, revision: 1 }))
    expect(data).toMatchObject({
      code: 'cases.incomplete',
      count: 2,
      problems: [{ question: 'plan' }],
      materials: [{ id: 'lesson' }],
    })
    expect(await own.checkApplication({ applicationId })).toMatchObject({
      problems: [{ question: 'plan' }],
      materials: [{ id: 'lesson' }],
    })
    expect(await at.where(applicationId)).toEqual({ state: 'draft', stage: null })
  })
  it('keeps the decision on the conditions with its facts', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(0, callId)
    expect(await own.submitApplication({ applicationId, revision })).toMatchObject({ unknown: [] })
    const { rows } = await sql<{
      judged: { set: string; outcome: string; decisionId: string }[]
      stands: string
    }>`select a.judged,
      (select d.outcome from policy.decision d where d.id = (a.judged -> 0 ->> 'decisionId')::uuid and d.person_id = a.person_id) as stands
      from cases.application a where a.id = ${applicationId}`.execute(at.house.owner)
    expect(rows[0]).toMatchObject({ judged: [{ set: 'title.senior', outcome: 'met' }], stands: 'met' })
  })
  it('is refused with every condition that is not met and its clause', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(1, callId)
    const data = await dataOf(own.submitApplication({ applicationId, revision }))
    expect(data).toMatchObject({ kind: 'refused', code: 'cases.not_eligible' })
    const reasons = data.reasons as { data: { zh: string; clause: string } }[]
    expect(reasons.length).toBe(data.count)
    expect(reasons[0]!.data.zh).toContain('一级教师')
    expect(reasons[0]!.data.clause).not.toBe('none')
  })
  it('goes with what cannot be said, named for whoever checks', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(2, callId)
    const { unknown } = await own.submitApplication({ applicationId, revision })
    expect(unknown.map(({ id }) => id)).toContain('title.level')
    expect(await at.where(applicationId)).toEqual({ state: 'waiting', stage: 'school' })
    const page = await own.ownApplication({ applicationId })
    expect(page.standing.sets[0]!.unknown.map(({ id }) => id)).toContain('title.level')
    expect(page.with).toEqual([
      { office: { role: 'principal', at: 'school' }, org: { name: '第一小学', nameEn: null }, dueOn: '2023-03-08' },
    ])
  })
  it('can be corrected after it came back, at the points that were named, and not before', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(0, callId)
    await own.submitApplication({ applicationId, revision })
    const page = await own.ownApplication({ applicationId })
    expect(page.editable).toBe(false)
    expect(await refusalOf(own.saveAnswers({ applicationId, revision: page.revision, answers: {} }))).toBe(
      'conflict cases.not_with_you',
    )
    const points = [{ question: 'plan', says: '请写明年度安排' }]
    await (await at.office('principal@0')).act((act, held) =>
      sendBack(act, held, [applicationId], { to: null, words: '请补充', points }),
    )
    const back = await own.ownApplication({ applicationId })
    expect(back).toMatchObject({ state: 'returned', editable: true, points, with: [{ office: null }] })
    await own.submitApplication({ applicationId, revision: back.revision, answers: { plan: '第一年……' } })
    const again = await own.ownApplication({ applicationId })
    expect(again).toMatchObject({ state: 'waiting', stage: { id: 'school' } })
    expect(again.timeline.map(({ act, by }) => [act, by])).toEqual([
      ['submit', 'applicant'],
      ['return', 'principal'],
      ['submit', 'applicant'],
    ])
  })
})

describe('the end', () => {
  it('is withdrawn with a reason, and then one may apply again', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(0, callId)
    await own.submitApplication({ applicationId, revision })
    await own.withdrawApplication({ applicationId, words: '本轮不申报' })
    expect(await at.where(applicationId)).toMatchObject({ state: 'withdrawn' })
    expect(await refusalOf(own.withdrawApplication({ applicationId }))).toBe('conflict cases.not_possible')
    expect(await refusalOf(own.startApplication({ callId }))).toBe('done')
  })
  it('is appealed against within the term, once, and the office is told', async () => {
    const callId = await at.publish(asking())
    const { own, applicationId, revision } = await ready(0, callId)
    expect(await refusalOf(own.appealCase({ applicationId, words: '请复核' }))).toBe('refused cases.no_appeal')
    await own.submitApplication({ applicationId, revision })
    await (await at.office('principal@0')).act((act, held) =>
      sign(act, held, [applicationId], { verdict: 'refused', words: '名额有限' }),
    )
    const refused = await own.ownApplication({ applicationId })
    expect(refused).toMatchObject({ state: 'refused', appeal: { until: '2023-03-08', raised: [] } })
    expect(refused.timeline.at(-1)).toMatchObject({ act: 'refuse', words: '名额有限', by: 'principal' })
    expect(await own.appealCase({ applicationId, words: '材料已齐，请复核' })).toEqual({ dueOn: '2023-03-15' })
    expect(await refusalOf(own.appealCase({ applicationId, words: '再次' }))).toBe('conflict cases.appealed_already')
    const page = await own.ownApplication({ applicationId })
    expect(page).toMatchObject({
      state: 'appealed',
      appeal: { until: null, raised: [{ words: '材料已齐，请复核', state: 'open' }] },
      with: [{ office: { role: 'commission' } }],
    })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from inbox.item i where i.code = 'cases.todo.appeal'
      and i.recipient_id = ${at.world.district.id}`.execute(at.house.owner)
    expect(rows[0]!.n).toBe(1)
  })
})

describe('what is somebody else’s', () => {
  it('is not seen by another teacher, school or district, nor by one’s own school as the applicant’s', async () => {
    const callId = await at.publish(asking())
    const { applicationId } = await ready(0, callId)
    const strangers: [string, () => Promise<unknown>][] = []
    for (const other of [await cases(5), await cases(0, 1), await cases(0, 2)]) {
      strangers.push(['read', () => other.ownApplication({ applicationId })])
      strangers.push(['save', () => other.saveAnswers({ applicationId, revision: 2, answers: {} })])
      strangers.push(['file', () => other.addMaterial({ applicationId, material: 'lesson', file: PDF() })])
      strangers.push(['submit', () => other.submitApplication({ applicationId, revision: 2 })])
      strangers.push(['withdraw', () => other.withdrawApplication({ applicationId })])
      strangers.push(['appeal', () => other.appealCase({ applicationId, words: '请复核' })])
    }
    for (const who of ['clerk@0', 'principal@0', 'clerk@2']) {
      const office = (await at.world.as(who)).cases
      strangers.push([who, () => office.ownApplicationForOrg({ applicationId })])
      strangers.push([who, () => office.saveAnswersForOrg({ applicationId, revision: 2, answers: {} })])
    }
    for (const [what, call] of strangers) expect([what, await refusalOf(call())]).toEqual([what, 'not_found not_found'])
    expect((await (await cases(5)).ownApplications({})).map(({ id }) => id)).not.toContain(applicationId)
  })
})

describe('organisations', () => {
  const plain = () => asking({ applicant: 'organisation', eligibility: {}, form: schoolForm, materials: [] })
  const schoolForm = {
    pages: [
      {
        name: 'main',
        elements: [
          { type: 'text', name: 'school', title: { default: '学校', en: 'School' }, from: 'org.name' },
          { type: 'comment', name: 'plan', title: { default: '建设规划', en: 'Plan' }, isRequired: true },
        ],
      },
    ],
  }
  it('apply by those who act for them, one application each', async () => {
    const callId = await at.publish(plain())
    const clerk = (await at.world.as('clerk@0')).cases
    const orgId = at.world.schools[0].id
    expect((await clerk.openCallsForOrg({ orgId })).map((call) => call.callId)).toContain(callId)
    expect(await refusalOf(clerk.openCallsForOrg({}))).toBe('invalid cases.organisation_needed')
    expect(await refusalOf(clerk.startApplicationForOrg({ callId, orgId: at.world.schools[1].id }))).toBe(
      'not_found not_found',
    )
    const { applicationId } = await clerk.startApplicationForOrg({ callId, orgId })
    const principal = (await at.world.as('principal@0')).cases
    expect(await refusalOf(principal.startApplicationForOrg({ callId, orgId }))).toBe('conflict cases.applied_already')
    await principal.submitApplicationForOrg({ applicationId, revision: 1, answers: { plan: '三年规划' } })
    expect(await principal.ownApplicationForOrg({ applicationId })).toMatchObject({
      state: 'waiting',
      about: { kind: 'organisation' },
      form: { answers: { school: '第一小学', plan: '三年规划' } },
    })
    expect(await refusalOf((await at.world.as('clerk@1')).cases.ownApplicationForOrg({ applicationId }))).toBe(
      'not_found not_found',
    )
    expect(await refusalOf((await cases(0)).ownApplication({ applicationId }))).toBe('not_found not_found')
  })
  it('are not called where people are, nor people where they are', async () => {
    const [people, schools] = [await at.publish(asking()), await at.publish(plain())]
    const clerk = (await at.world.as('clerk@0')).cases
    expect(await refusalOf(clerk.startApplicationForOrg({ callId: people, orgId: at.world.schools[0].id }))).toBe(
      'not_found not_found',
    )
    expect(await refusalOf((await cases(0)).startApplication({ callId: schools }))).toBe('not_found not_found')
  })
})
