/** Things to ask about in house tests: a plan, classes in every state, a session, credits, papers. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import { casesIn } from '../../src/platform/cases/flow/cases.fixture.ts'
import { experts, withPanel } from '../../src/platform/cases/panel/panel.fixture.ts'
import { moveClock } from '../../src/platform/db/index.ts'
import { sealIdentity } from '../../src/platform/upstream/links/link.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import type { World } from '../harness/world.ts'

export type Furniture = {
  planId: string
  projectId: string
  openClass: string
  runningClass: string
  doneClass: string
  plannedClass: string
  sessionId: string
  entryId: string
  certificateId: string
  verifyCode: string
  circularId: string
  objectionId: string
  draftId: string
  submittedDraft: string
  token: string
  digits: string
  draftCall: string
  callId: string
  caseCall: string
  caseId: string
  noticeId: string
  noticeCode: string
  listedCase: string
  panelCall: string
  decidedCall: string
  panelId: string
  panelCase: string
  decidedCase: string
  expertAccount: string
  designation: { holderId: string; designationId: string }
  platformId: string
  tokenId: string
  endpointId: string
  providerId: string
  linkId: string
  linkRequestId: string
  burdenItem: string
  burdenReport: string
}

/** Lets the district of the world do a little of everything, through its own people. */
export async function furnish(house: OpenHouse, world: World): Promise<Furniture> {
  const trainer = (await world.as('trainer@district')).training
  const commission = (await world.as('commission@district')).training
  const { planId } = await trainer.importPlan({ orgId: world.district.id, authority: 'qianjiang', year: 2023 })
  await commission.publishPlan({ planId })
  const projectId = (await trainer.plans({}))[0]!.projects[0]!.id
  const make = async (code: string, enrolment: 'delegated' | 'open' = 'delegated') =>
    (
      await trainer.createClass({
        planId,
        projectId,
        code,
        name: code,
        level: 'district',
        kind: 'class',
        creditKind: 'concentrated',
        target: { stages: ['2'] },
        places: 6,
        hours: '6',
        terms: 1,
        budgetFen: 0,
        enrolment,
      })
    ).classId
  const [plannedClass, openClass, runningClass, doneClass] = [
    await make('planned'),
    await make('open'),
    await make('running'),
    await make('done'),
  ]
  const share = (classId: string) => trainer.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
  const send = async (classId: string) => {
    await share(classId)
    const [first, second] = world.teachers[0]!
    await (await world.as('clerk@0')).training.propose({
      classId,
      orgId: world.schools[0].id,
      personIds: [first!.id, second!.id],
      waitIfFull: false,
    })
    await trainer.confirmClass({ classId })
  }
  await share(openClass)
  await send(runningClass)
  await send(doneClass)
  const session = async (classId: string, day: string) =>
    (
      await trainer.saveSession({
        classId,
        title: '第一场',
        place: '报告厅',
        starts: `${day}T01:00:00Z`,
        ends: `${day}T04:00:00Z`,
        term: 1,
        compulsory: true,
      })
    ).sessionId
  const held = await session(doneClass, '2023-03-04')
  const sessionId = await session(runningClass, '2023-03-06')
  const teacher = (await world.as(world.teachers[0]![0]!.account)).training
  await moveClock(house.owner, new Date('2023-03-04T01:10:00Z'))
  await teacher.checkIn({ token: (await trainer.screen({ sessionId: held })).token })
  await moveClock(house.owner, new Date('2023-03-06T01:10:00Z'))
  await trainer.completeClass({ classId: doneClass })
  await commission.issueCirculars({ planId })
  const { entries } = await teacher.myCredits()
  const objectionId = (await teacher.object({ entryId: entries[0]!.id, text: '请核实本条记录' })).id
  const own = (await teacher.mine()).find(({ classId }) => classId === doneClass)!
  const shown = await trainer.screen({ sessionId })
  const drafts = await draftPolicy(house, world)
  const circular = (await commission.circulars({ planId })).find(({ orgId }) => orgId === world.schools[0].id)!
  return {
    planId,
    projectId,
    openClass,
    runningClass,
    doneClass,
    plannedClass,
    sessionId,
    entryId: entries[0]!.id,
    certificateId: own.certificate!.id,
    verifyCode: own.certificate!.verifyCode,
    circularId: circular.id,
    objectionId,
    ...drafts,
    token: shown.token,
    digits: shown.code,
    ...(await callsOf(world)),
    ...(await casesOf(house, world)),
    ...(await panelOf(house, world)),
    ...(await platformOf(world)),
    ...(await providerOf(house, world)),
    ...(await burdenOf(world)),
  }
}

/** A meeting that a school is asked to, and what it reports. */
async function burdenOf(world: World): Promise<{ burdenItem: string; burdenReport: string }> {
  const { itemId } = await (await world.as('trainer@district')).burden.register({
    kind: 'meeting',
    title: '教学工作会',
    asker: '教研室',
    document: '会议通知',
    schoolIds: [world.schools[0].id],
    from: '2023-03-10',
    until: '2023-03-10',
    items: 1,
    minutes: 60,
    people: 1,
  })
  const { reportId } = await (await world.as('clerk@0')).burden.report({
    toId: world.district.id,
    named: true,
    kind: 'data',
    title: '临时报表',
    asker: '某科室',
    words: '未见依据',
    cameOn: '2023-02-27',
  })
  return { burdenItem: itemId, burdenReport: reportId }
}

/** A platform of somebody else, for everybody in the district. */
async function platformOf(world: World): Promise<{ platformId: string; tokenId: string; endpointId: string }> {
  const { sso, provisioning } = await world.as('administrator@district')
  const { platformId } = await sso.register({ ...aPlatform, orgId: world.district.id, confidential: true })
  const orgIds = [world.district.id]
  const { tokenId } = await provisioning.makeToken({
    holderId: platformId,
    kind: 'platform',
    name: '名册',
    orgIds,
    things: ['scim.read'],
    scopes: [],
    expiresOn: '2023-12-31',
  })
  const url = 'https://platform.example/hook'
  const { endpointId } = await provisioning.makeEndpoint({ platformId, url, types: ['person.joined'], orgIds })
  return { platformId, tokenId, endpointId }
}

/** A provider of sign-in, with somebody who is linked there and somebody who asks to be. */
async function providerOf(
  house: OpenHouse,
  world: World,
): Promise<{ providerId: string; linkId: string; linkRequestId: string }> {
  const { upstream } = await world.as('security@district')
  const { providerId } = await upstream.addProvider({
    key: 'furnished',
    kind: 'oidc',
    orgId: world.district.id,
    name: '市平台',
    nameEn: null,
    address: 'https://auth.example.cn',
    clientId: 'qiangshi',
    secret: 'known to two',
    scopes: [],
    casVersion: null,
    secondValues: [],
  })
  const [one, two] = world.teachers[0]
  const [linkId, linkRequestId] = [newId(), newId()]
  const sealed = (subject: string) =>
    sealIdentity(house, { id: providerId }, { subject, label: subject, strong: false })
  const [mine, asked] = [sealed('linked-there'), sealed('asks-from-there')]
  await sql`insert into upstream.link (account_id, id, provider_id, subject_hash, subject_cipher, label_cipher, how)
    values (${two!.account}, ${linkId}, ${providerId}, ${mine.hash}, ${mine.cipher}, ${mine.label}, 'own')`.execute(
    house.owner,
  )
  await sql`insert into upstream.request (person_id, id, account_id, provider_id, subject_hash, subject_cipher, label_cipher)
    values (${one!.id}, ${linkRequestId}, ${one!.account}, ${providerId}, ${asked.hash}, ${asked.cipher}, ${asked.label})`.execute(
    house.owner,
  )
  return { providerId, linkId, linkRequestId }
}

/** What is entered of a platform. */
export const aPlatform = {
  ownerLogin: 'administrator-d',
  name: '教研云',
  nameEn: null,
  about: '',
  icon: '研',
  colour: 'qing' as const,
  category: 'teaching' as const,
  operator: '教师进修学院',
  purpose: '开展网络教研活动',
  basis: 'consent' as const,
  basisText: '',
  contractFrom: null,
  contractUntil: null,
  roles: [],
  startUrl: null,
  redirectUris: ['https://platform.example/back'],
  signOutUris: [],
  logoutUri: null,
  scopes: ['profile'],
  pairwise: true,
  pkce: true,
  offline: false,
}

/** A draft of a call, and one that takes applications. */
async function callsOf(world: World): Promise<{ draftCall: string; callId: string }> {
  const { cases } = await world.as('trainer@district')
  const make = async () =>
    (await cases.createCall({ orgId: world.district.id, from: { template: 'talent.studio' } })).callId
  const [draftCall, callId] = [await make(), await make()]
  const deadlines = [{ stage: 'submit', closesAt: '2023-12-29T10:00:00Z' }]
  const { revision } = await cases.saveCall({ callId, revision: 1, deadlines })
  await cases.publishCall({ callId, revision })
  return { draftCall, callId }
}

/** A case that waits for its school, and one that stands before the public. */
async function casesOf(house: OpenHouse, world: World) {
  const at = await casesIn(house, world)
  const caseCall = await at.publish()
  const [caseId, listedCase] = [await at.apply(caseCall, 0, 1), await at.apply(caseCall, 0, 2)]
  const principal = (await world.as('principal@0')).cases
  const trainer = (await world.as('trainer@district')).cases
  await principal.signCases({ ids: [listedCase], verdict: 'signed' })
  await trainer.signCases({ ids: [listedCase], verdict: 'signed' })
  const subject = { callId: caseCall, stage: 'notice', orgId: world.district.id }
  const { mark } = await trainer.noticePreview(subject)
  const { id, code } = await trainer.publishNotice({ ...subject, mark })
  return { caseCall, caseId, listedCase, noticeId: id, noticeCode: code }
}

/** A meeting that has not sat, a case that waits to be decided on, and a designation. */
async function panelOf(house: OpenHouse, world: World) {
  const at = await casesIn(house, world)
  const [expert] = await experts(at, 1, { account: world.accounts['expert@district']! })
  const commission = (await world.as('commission@district')).cases
  const decided = await at.publish(withPanel({}, { stages: withPanel().stages.slice(1) }))
  const [decidedCase, filedCase] = [await at.apply(decided, 0, 1), await at.apply(decided, 0, 2)]
  await commission.decideCases({ callId: decided, stage: 'decide', applicationIds: [filedCase], verdict: 'yes' })
  await commission.fileCases({ callId: decided, stage: 'file', applicationIds: [filedCase], from: '2023-03-01' })
  const { designationId, holderId } = (await commission.designations({})).rows[0]!
  const panelCall = await at.publish(withPanel({ seats: 1 }))
  const panelCase = await at.apply(panelCall, 0, 1)
  const { panelId } = await commission.convenePanel({
    callId: panelCall,
    stage: 'panel',
    name: '评审会议',
    heldOn: '2023-04-01',
    named: [expert!.account],
  })
  return {
    panelCall,
    panelId,
    panelCase,
    decidedCall: decided,
    decidedCase,
    expertAccount: expert!.account,
    designation: { holderId, designationId },
  }
}

/** A draft that is shared and one that waits for adoption. The other district has no pack of its own, so that this one answers for all of its. */
async function draftPolicy(house: OpenHouse, world: World): Promise<{ draftId: string; submittedDraft: string }> {
  await sql`update directory.organisation set authority = 'chongqing' where id = ${world.other.id}`.execute(house.owner)
  const { policy } = await world.as('trainer@district')
  const make = (title: string, value: number) =>
    policy.createDraft({
      orgId: world.district.id,
      title,
      from: '2023-09-01',
      basis: { document: '关于调整教师培训学分要求的通知' },
      parameters: { 'training.credit.cycle_total': { value } },
    })
  const { draftId } = await make('提高周期学分', 130)
  await policy.shareDraft({ draftId, accounts: [{ accountId: world.accounts['commission@district']!, mayEdit: true }] })
  const waiting = await make('再提高周期学分', 140)
  await policy.submitDraft(waiting)
  return { draftId, submittedDraft: waiting.draftId }
}
