/** One class from sharing its places out to its certificates: each step looks at what is done and does the rest. */
import { addDays, at } from '../../base/dates.ts'
import type { Caller } from '../caller.ts'
import type { Cast } from './cast.ts'
import { chance } from './chance.ts'
import { eachOf, type Journal } from './pace.ts'
import { codeOf } from './stuck.ts'

export type Course = Awaited<ReturnType<Caller['training']['classes']>>[number]
/** Something that happens at an instant of the product's clock. */
export type Happening = { at: Date; what: string; run: () => Promise<void> }

type Stage = { cast: Cast; journal: Journal; sayTime: (to: Date) => Promise<void> }

const SHARE_DAYS = 40
const FIRST_DAY = '2023-03-02'
const later = (a: string, b: string): string => (a > b ? a : b)

/** Everything that happens around a class, in order of time. */
export function happeningsOf(course: Course, stage: Stage): Happening[] {
  const first = course.schedule.map(({ starts }) => starts).sort()[0]
  if (!first || !course.sessionsPlanned) return []
  const shared = later(FIRST_DAY, addDays(first, -SHARE_DAYS))
  const confirmed = addDays(first, -7)
  const sessions = course.schedule.flatMap(({ starts }, term) =>
    Array.from({ length: course.sessionsPlanned!.days }, (_, day) => ({
      day: addDays(starts, day),
      term: term + 1,
      nth: day + 1,
    })),
  )
  const last = sessions
    .map(({ day }) => day)
    .sort()
    .at(-1)!
  return [
    { at: at(shared, '09:00'), what: 'share', run: () => share(course, stage, confirmed) },
    { at: at(addDays(shared, 1), '10:00'), what: 'propose', run: () => propose(course, stage) },
    { at: at(addDays(shared, 1), '20:00'), what: 'answer', run: () => answer(course, stage) },
    { at: at(confirmed, '18:30'), what: 'confirm', run: () => confirm(course, stage, sessions) },
    ...sessions.map((session) => ({
      at: at(session.day, '08:45'),
      what: `session ${session.term}.${session.nth}`,
      run: () => attend(course, stage, session),
    })),
    { at: at(addDays(last, 1), '09:00'), what: 'complete', run: () => complete(course, stage) },
  ]
}

const stateOf = async ({ cast }: Stage, course: Course) =>
  (await cast.trainer.training.class({ classId: course.id })).state

async function share(course: Course, stage: Stage, confirmed: string): Promise<void> {
  if ((await stateOf(stage, course)) !== 'planned') return
  await stage.cast.trainer.training.shareOut({ classId: course.id, deadline: at(confirmed, '18:00').toISOString() })
  stage.journal('share', course.id)
}

/** Every school names its people: those sent least come first; one in eight more than there are places wait in line. */
async function propose(course: Course, stage: Stage): Promise<void> {
  if ((await stateOf(stage, course)) !== 'open') return
  const quotas = await stage.cast.trainer.training.quotas({ classId: course.id })
  await eachOf(
    quotas.filter(({ places }) => places > 0),
    async ({ orgId, places, taken }) => {
      if (taken < places) await stage.cast.unlessSilent(() => proposeFor(course, stage, orgId, places))
    },
  )
}

async function proposeFor(course: Course, stage: Stage, orgId: string, places: number): Promise<void> {
  const clerk = await stage.cast.clerkOf(orgId)
  const wanted = Math.min(places + Math.ceil(places / 8), 500)
  const people: string[] = []
  for (let cursor: string | undefined; people.length < wanted; ) {
    const page = await clerk.training.eligible({
      classId: course.id,
      orgId,
      limit: Math.min(200, wanted),
      ...(cursor ? { cursor } : {}),
    })
    people.push(...page.rows.filter(({ state }) => state === null).map(({ personId }) => personId))
    if (!page.next) break
    cursor = page.next
  }
  const named = people.slice(0, wanted)
  if (named.length === 0) return
  const { proposed, waiting } = await clerk.training.propose({
    classId: course.id,
    orgId,
    personIds: named,
    waitIfFull: true,
  })
  for (const person of [...proposed, ...waiting]) stage.journal('propose', course.id, person)
}

const REASONS = ['与毕业班复习课时冲突', '病假期间无法参加', '已参加市级同类培训', '家中老人住院需照料']

/** Most accept; some decline and say why; a few never answer. Places given up move on, and those who move up answer too. */
async function answer(course: Course, stage: Stage): Promise<void> {
  const mute = new Set<string>()
  for (let round = 0; round < 4; round++) {
    const open = await peopleOf(stage, course, 'proposed')
    const answering = open.filter(
      ({ personId }) => !mute.has(personId) && chance(personId, course.code, 'silent') >= 0.03,
    )
    if (answering.length === 0) return
    await eachOf(answering, async ({ personId }) => {
      const teacher = await stage.cast.teacher(personId)
      const declines = chance(personId, course.code, 'declines')
      const accept = declines >= 0.06
      const answered = await stage.cast.unlessSilent(() =>
        teacher.training.answer({
          classId: course.id,
          accept,
          ...(accept ? {} : { reason: REASONS[Math.floor((declines / 0.06) * REASONS.length)]! }),
        }),
      )
      if (answered) stage.journal(accept ? 'accept' : 'decline', course.id, personId)
      else mute.add(personId)
    })
  }
}

async function peopleOf({ cast }: Stage, course: Course, state: string) {
  const people = []
  for (let cursor: string | undefined; ; ) {
    const page = await cast.trainer.training.enrolments({
      classId: course.id,
      state,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    })
    people.push(...page.rows)
    if (!page.next) return people
    cursor = page.next
  }
}

const PLACES = ['区教师发展中心报告厅', '黔江中学学术厅', '新华小学多功能厅', '区继教中心三楼会议室']
const THEMES = ['专题讲座', '课例研讨', '工作坊研修', '成果交流与考核', '跟岗观摩', '总结研讨']

async function confirm(
  course: Course,
  stage: Stage,
  sessions: { day: string; term: number; nth: number }[],
): Promise<void> {
  const { trainer } = stage.cast
  if ((await stateOf(stage, course)) === 'open') {
    await trainer.training.confirmClass({ classId: course.id })
    stage.journal('confirm', course.id)
  }
  const there = await trainer.training.sessions({ classId: course.id })
  const known = new Set(there.map(({ term, title }) => `${term} ${title}`))
  for (const { day, term, nth } of sessions) {
    const title = `第${nth}场 ${THEMES[(nth - 1) % THEMES.length]}`
    if (known.has(`${term} ${title}`)) continue
    const place = PLACES[Math.floor(chance(course.code, String(nth), 'place') * PLACES.length)]!
    await trainer.training.saveSession({
      classId: course.id,
      title,
      place,
      term,
      starts: at(day, '09:00').toISOString(),
      ends: at(day, '16:30').toISOString(),
      compulsory: nth === 1,
    })
  }
}

/** A day of training: some asked for leave, some stay away, a few are entered by hand, the rest scan the code on the screen. */
async function attend(
  course: Course,
  stage: Stage,
  { day, term, nth }: { day: string; term: number; nth: number },
): Promise<void> {
  const { cast, journal } = stage
  if ((await stateOf(stage, course)) !== 'confirmed') return
  const session = (await cast.trainer.training.sessions({ classId: course.id })).find(
    (held) => held.term === term && held.title.startsWith(`第${nth}场`),
  )
  if (!session) throw new Error(`${course.code} has no session ${term}.${nth}`)
  const expected = (await cast.trainer.training.attendance({ sessionId: session.id })).filter(
    ({ state, leave }) => state === null && leave === null,
  )
  const kindOf = (personId: string): 'leave' | 'absent' | 'hand' | 'scan' => {
    const drawn = chance(personId, session.title, course.code, 'day')
    return drawn < 0.02 ? 'leave' : drawn < 0.075 ? 'absent' : drawn < 0.09 ? 'hand' : 'scan'
  }
  const by = Object.groupBy(expected, ({ personId }) => kindOf(personId))
  await eachOf(by.leave ?? [], async ({ personId }) => {
    const teacher = await cast.teacher(personId)
    const asked = await cast.unlessSilent(() =>
      teacher.training.askLeave({ sessionId: session.id, reason: '当天有公开课任务，已与学校说明' }),
    )
    if (!asked) return
    await cast.trainer.training.decideLeaves({
      requests: [{ sessionId: session.id, personId }],
      grant: chance(personId, course.code, 'grant') < 0.8,
      answer: '',
    })
    journal('leave', session.id, personId)
  })
  const hand = (by.hand ?? []).map(({ personId }) => personId)
  if (hand.length > 0) {
    await cast.trainer.training.checkInByHand({
      sessionId: session.id,
      personIds: hand,
      reason: '手机没电，凭身份证核对',
    })
    for (const personId of hand) journal('hand', session.id, personId)
  }
  // The screen changes while people come in, so the code is read again and again, as eyes do.
  const arriving = by.scan ?? []
  for (let start = 0; start < arriving.length; start += 200) {
    await stage.sayTime(at(day, '08:45'))
    const { token } = await cast.trainer.training.screen({ sessionId: session.id })
    await eachOf(arriving.slice(start, start + 200), async ({ personId }) => {
      const teacher = await cast.teacher(personId)
      const came = await cast.unlessSilent(() =>
        scan(teacher, token, async () => (await cast.trainer.training.screen({ sessionId: session.id })).token),
      )
      if (came) journal('check-in', session.id, personId)
    })
  }
}

/** Scans, and scans again when the code has changed in the meantime. */
async function scan(teacher: Caller, token: string, again: () => Promise<string>): Promise<void> {
  try {
    await teacher.training.checkIn({ token })
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'training.code_expired' && code !== 'training.code_early') throw error
    await teacher.training.checkIn({ token: await again() })
  }
}

async function complete(course: Course, stage: Stage): Promise<void> {
  if ((await stateOf(stage, course)) !== 'confirmed') return
  await stage.cast.trainer.training.completeClass({ classId: course.id })
  stage.journal('complete', course.id)
}
