/** Walks any call from the first application to the filed result through the API, each act by whoever has it: stage by stage, as the call says. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import type { Definition, Stage, StageOf } from '../../src/platform/cases/contract/definition.ts'
import { moveClock, SYSTEM, transact } from '../../src/platform/db/index.ts'
import { type Caller, callerFor } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { dailies } from '../../src/server/modules.ts'
import type { World } from './world.ts'

type Question = {
  type?: string
  cellType?: string
  name: string
  from?: string
  isRequired?: boolean
  inputType?: string
  min?: number
  max?: number
  maxLength?: number
  validators?: { type: string; minLength?: number }[]
  choices?: { value: string | number }[]
  minSelectedChoices?: number
  rateMax?: number
  minRowCount?: number
  minPanelCount?: number
  columns?: Question[]
  rows?: { value: string | number }[]
  templateElements?: Question[]
  elements?: Question[]
}

/** Something fit for every question that the product does not answer itself. */
export function answersTo(form: Record<string, unknown>): Record<string, unknown> {
  const { pages } = form as { pages: { elements: Question[] }[] }
  const flat = (list: Question[]): Question[] =>
    list.flatMap((one) => (one.type === 'panel' ? flat(one.elements ?? []) : [one]))
  const asked = pages.flatMap(({ elements }) => flat(elements)).filter(({ from }) => from === undefined)
  return Object.fromEntries(asked.map((question) => [question.name, answerTo(question)]))
}

const rowOf = (parts: Question[] = []) => Object.fromEntries(parts.map((part) => [part.name, answerTo(part)]))

function answerTo(question: Question): unknown {
  const { min, max, choices = [], rows = [] } = question
  const type = question.cellType ?? question.type
  const least = question.validators?.find((one) => one.type === 'text')?.minLength ?? 4
  switch (type) {
    case 'text':
      if (question.inputType === 'number') return min ?? Math.min(max ?? 3, 3)
      if (question.inputType === 'date') return '2022-09-01'
      if (question.inputType === 'month') return '2022-09'
      if (question.inputType === 'email') return 'a@example.org'
      if (question.inputType === 'tel') return '010-12345678'
      return '教学改进'.repeat(Math.ceil(least / 4)).slice(0, question.maxLength ?? 4_000)
    case 'comment':
      return '教学改进'.repeat(Math.ceil(least / 4)).slice(0, question.maxLength ?? 4_000)
    case 'radiogroup':
    case 'dropdown':
      return choices[0]!.value
    case 'checkbox':
      return choices.slice(0, question.minSelectedChoices ?? 1).map(({ value }) => value)
    case 'boolean':
      return true
    case 'rating':
      return question.rateMax ?? 5
    case 'matrixdynamic':
      return Array.from({ length: Math.max(question.minRowCount ?? 1, 1) }, () => rowOf(question.columns))
    case 'matrixdropdown':
      return Object.fromEntries(rows.map(({ value }) => [value, rowOf(question.columns)]))
    case 'paneldynamic':
      return Array.from({ length: Math.max(question.minPanelCount ?? 1, 1) }, () => rowOf(question.templateElements))
    default:
      throw new Error(`no answer known to a question of the kind ${type}`)
  }
}

const PDF = (name: string): File => new File([`%PDF-1.4\n%${name}\n%%EOF\n`], name, { type: 'application/pdf' })
const receipt = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex')

export type Walk = {
  house: OpenHouse
  world: World
  experts: string[]
}

/** Fields that experts know: all that the forms of the calls offer first. */
const FIELDS = { 语文: 3, 数学: 3, 英语: 3 }

/**
 * An office of the municipality, and experts enough for a panel, who come from elsewhere; the rules are those of an authority.
 * @param under `qianjiang` holds for the district, anything else for the municipality
 */
export async function peopleForCalls(house: OpenHouse, world: World, under: string, count = 13): Promise<Walk> {
  const { owner } = house
  const district = under === 'qianjiang'
  await sql`update directory.organisation set authority = case when kind = ${district ? 'district' : 'municipality'} then ${under} end
    where kind in ('municipality', 'district')`.execute(owner)
  const account = async (login: string, role: string, org: { id: string; path: string }) => {
    const id = newId()
    await sql`insert into access.account (id, login, name, org_id, org_path) values (${id}, ${login}, ${login}, ${org.id}, ${org.path}::ltree)`.execute(
      owner,
    )
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path) values (${id}, ${newId()}, ${role}, ${org.id}, ${org.path}::ltree)`.execute(
      owner,
    )
    return id
  }
  world.accounts['commission@city'] = await account('commission-c', 'commission', world.city)
  world.accounts['trainer@city'] = await account('trainer-c', 'trainer', world.city)
  const pool = district ? world.district : world.city
  const experts: string[] = []
  for (let n = 0; n < count; n++) {
    const id = await account(`expert-${n}`, 'expert', pool)
    await sql`insert into cases.expert (account_id, org_id, org_path, name, employer, fields)
      values (${id}, ${pool.id}, ${pool.path}::ltree, ${`外请专家${n}`}, '测试大学', ${JSON.stringify(FIELDS)}::jsonb)`.execute(
      owner,
    )
    experts.push(id)
  }
  return { house, world, experts }
}

/** Everybody who holds the role at this height over the schools of the walk. */
const holders = ({ world }: Walk, { role, at }: { role: string; at: string }): string[] =>
  at === 'school'
    ? [0, 1, 2].map((nth) => `${role}@${nth}`)
    : at === 'district'
      ? [`${role}@district`, `${role}@other`].filter((who) => world.accounts[who])
      : [`${role}@city`]

const everyHolder = async (walk: Walk, office: { role: string; at: string }): Promise<Caller['cases'][]> =>
  Promise.all(holders(walk, office).map(async (who) => (await walk.world.as(who)).cases))

export type Applicant = { account: string; orgId?: string; track?: string | undefined }

/** One application, filled in and handed in. */
export async function applyFor(walk: Walk, callId: string, definition: Definition, who: Applicant): Promise<string> {
  const { cases } = await walk.world.as(who.account)
  const own = who.orgId === undefined
  const track = who.track === undefined ? {} : { track: who.track }
  const { applicationId } = own
    ? await cases.startApplication({ callId, ...track })
    : await cases.startApplicationForOrg({ callId, orgId: who.orgId!, ...track })
  const id = { applicationId }
  for (const { id: material } of definition.materials.filter(({ required }) => required)) {
    const file = PDF(`${material}.pdf`)
    await (own ? cases.addMaterial({ ...id, material, file }) : cases.addMaterialForOrg({ ...id, material, file }))
  }
  const { revision } = own ? await cases.ownApplication(id) : await cases.ownApplicationForOrg(id)
  const filled = { ...id, revision, answers: answersTo(definition.form) }
  await (own ? cases.submitApplication(filled) : cases.submitApplicationForOrg(filled))
  return applicationId
}

/** All stages of the call, one after the other, until its cases are filed; yes to everybody. */
export async function walkCall(walk: Walk, callId: string, definition: Definition): Promise<void> {
  for (const stage of definition.stages) await walkStage(walk, callId, stage)
}

/** What is left to do at one stage. */
export const walkStage = (walk: Walk, callId: string, stage: Stage): Promise<void> =>
  STAGES[stage.kind](walk, callId, stage as never)

const STAGES: { [Kind in Stage['kind']]: (walk: Walk, callId: string, stage: StageOf<Kind>) => Promise<void> } = {
  check: async (walk, callId, { id, by, report }) => {
    for (const office of by)
      for (const cases of await everyHolder(walk, office)) {
        const { rows } = await cases.myTasks({ callId, stage: id })
        const ids = rows.map(({ id: caseId }) => caseId)
        if (ids.length === 0) continue
        await cases.signCases({ ids, verdict: 'signed', ...(report ? { report: answersTo(report) } : {}) })
      }
  },
  notice: async (walk, callId, { id, by }) => {
    for (const cases of await everyHolder(walk, by))
      for (const { orgId } of (await cases.noticesDue()).filter((due) => due.callId === callId && due.stage === id)) {
        const subject = { callId, stage: id, orgId }
        const { mark } = await cases.noticePreview(subject)
        await cases.publishNotice({ ...subject, mark })
      }
    await daysLater(walk, 14)
  },
  review: async (walk, callId, stage) => {
    const [organiser] = await everyHolder(walk, stage.by)
    const place = { callId, stage: stage.id }
    const round = async () =>
      (await organiser!.reviewStages()).find((one) => one.callId === callId && one.stage === stage.id)
    const begun = await round()
    if (begun && begun.waiting > begun.papers) await organiser!.preparePapers(place)
    if (((await round())?.lacking ?? 0) > 0) {
      const { digest } = await organiser!.previewAssignment(place)
      await organiser!.assignReviews({ ...place, digest })
    }
    const scores = Object.fromEntries(stage.rubric.map(({ id, most }) => [id, most]))
    for (const account of walk.experts) {
      const { cases } = await callerFor(walk.house, account)
      for (const { reviewId } of (await cases.myReviews()).filter(({ state }) => state === 'assigned')) {
        await cases.saveReview({ reviewId, scores, words: '论据充分' })
        await cases.submitReview({ reviewId })
      }
    }
  },
  panel: async (walk, callId, stage) => {
    const [office] = await everyHolder(walk, stage.by)
    const waits = await office!.decisionsWaiting()
    if (!waits.some((one) => one.callId === callId && one.stage === stage.id)) return
    const { body } = await office!.panelCandidates({ callId, stage: stage.id })
    const meeting = { callId, stage: stage.id, name: '评审会', heldOn: await today(walk) }
    const { panelId } = await office!.convenePanel({ ...meeting, drawn: body.seats })
    const { revision, members } = await office!.panel({ panelId })
    await office!.openSitting({ panelId, revision, present: members.map(({ accountId }) => accountId) })
    await office!.openVote({ panelId })
    await voteYes(walk, panelId)
    await office!.closeVote({ panelId })
    await office!.closePanel({ panelId })
    await signAll(walk, panelId)
  },
  decide: async (walk, callId, stage) => {
    for (const cases of await everyHolder(walk, stage.by)) {
      const place = { callId, stage: stage.id }
      if (!(await cases.decisionsWaiting()).some((one) => one.callId === callId && one.stage === stage.id)) continue
      const { rows } = await cases.ranking(place)
      await cases.decideCases({
        ...place,
        applicationIds: rows.map(({ applicationId }) => applicationId),
        verdict: 'yes',
      })
    }
  },
  file: async (walk, callId, stage) => {
    for (const cases of await everyHolder(walk, stage.by)) {
      const place = { callId, stage: stage.id }
      if (!(await cases.decisionsWaiting()).some((one) => one.callId === callId && one.stage === stage.id)) continue
      const from = await today(walk)
      const { rows } = await cases.filing({ ...place, from })
      await cases.fileCases({ ...place, from, applicationIds: rows.map(({ applicationId }) => applicationId) })
    }
  },
}

const membersOf = async ({ house }: Walk, panelId: string) => {
  const { rows } = await sql<{
    accountId: string
  }>`select s.account_id from cases.seat s where s.panel_id = ${panelId} and s.present order by s.account_id`.execute(
    house.owner,
  )
  return Promise.all(rows.map(({ accountId }) => callerFor(house, accountId)))
}

/** Everybody present who may still vote says yes. */
export async function voteYes(walk: Walk, panelId: string): Promise<void> {
  for (const { cases } of await membersOf(walk, panelId)) {
    const { agenda } = await cases.myPanel({ panelId })
    const ballots = agenda
      .filter(({ state, recused, voted }) => state === 'voting' && !recused && !voted)
      .map(({ applicationId }) => ({ applicationId, choice: 'aye' as const, receipt: receipt() }))
    if (ballots.length > 0) await cases.castBallots({ panelId, ballots })
  }
}

/** Everybody present signs the minutes who has not done so. */
export async function signAll(walk: Walk, panelId: string): Promise<void> {
  for (const { cases } of await membersOf(walk, panelId)) {
    const { minutes, me } = await cases.myPanel({ panelId })
    if (me.signedAt === null) await cases.signMinutes({ panelId, digest: minutes!.digest })
  }
}

async function today({ house }: Walk): Promise<string> {
  const { rows } = await sql<{ today: string }>`select db.today()::text as today`.execute(house.owner)
  return rows[0]!.today
}

/** The clock goes on, and what the product does by itself every day is done. */
export async function daysLater({ house }: Walk, days: number): Promise<void> {
  const { rows } = await sql<{ later: string }>`select (db.now() + make_interval(days => ${days})) as later`.execute(
    house.owner,
  )
  await moveClock(house.owner, new Date(rows[0]!.later))
  const { rows: roots } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.parent_id is null`.execute(house.owner)
  for (const { permission, run } of dailies)
    await transact(
      house.db,
      { actor: SYSTEM, permission, scope: { paths: roots.map(({ path }) => path), self: false } },
      run,
    )
}
