/** A whole training year, headless, through the same commands and permissions that people use. It can be interrupted and run again. */
import { at } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { moveClock, readClock } from '../../platform/db/index.ts'
import { loadPlan } from '../../platform/policy/index.ts'
import { loadDemo } from '../demo.ts'
import { type OpenHouse, openHouse } from '../house.ts'
import { step } from '../say.ts'
import { readEnvironment } from '../settings.ts'
import { castOf } from '../year/cast.ts'
import { audit, findings, objections } from '../year/close.ts'
import { type Course, type Happening, happeningsOf } from '../year/course.ts'
import { journalIn } from '../year/pace.ts'
import { inStep } from '../year/stuck.ts'
import { numberedIn, summary, type YearResult, yearTable } from '../year/summary.ts'

const YEAR = 2023
const AUTHORITY = 'qianjiang'

export async function run(options: { journal?: string; json?: boolean }): Promise<void> {
  const env = readEnvironment()
  if (env.production) throw new Refusal('refused', 'server.no_demo_in_production')
  const house = await openHouse(env, { onStep: step })
  try {
    await loadDemo(house, step)
    const result = await performYear(house, options.journal)
    if (!options.json) process.stdout.write(`${yearTable(result)}\n`)
    process.stdout.write(`${JSON.stringify(result)}\n`)
  } finally {
    await house.close()
  }
}

/** Performs what is left of the year and tells how it came out. */
export async function performYear(house: OpenHouse, journalFile?: string): Promise<YearResult> {
  const began = Date.now()
  const journal = journalIn(journalFile)
  const move = (to: Date) => moveClock(house.owner, to)
  if (
    (await readClock(house.owner)).now < at('2023-03-01', '09:00').toISOString() ||
    !(await readClock(house.owner)).moved
  )
    await move(at('2023-03-01', '09:00'))
  const cast = await castOf(house, (login) => step('server.year_silent', { login }))
  const { planId } = await cast.trainer.training.importPlan({
    orgId: cast.districtId,
    authority: AUTHORITY,
    year: YEAR,
  })
  await cast.commission.training.publishPlan({ planId })
  const codes = numberedIn(await loadPlan(AUTHORITY, YEAR))
  const courses = (await cast.trainer.training.classes({ planId })).filter(
    ({ code, places, schedule }) => codes.has(code) && places !== null && schedule.length > 0,
  )
  const stage = { cast, journal, year: YEAR, planId }
  const happenings: (Happening & { course?: Course })[] = courses
    .flatMap((course) =>
      happeningsOf(course, { cast, journal, sayTime: move }).map((happening) => ({ ...happening, course })),
    )
    .concat([
      { at: at('2023-12-15', '09:00'), what: 'objections', run: () => objections(stage) },
      { at: at('2023-12-18', '09:00'), what: 'audit', run: () => audit(stage) },
      { at: at('2023-12-28', '09:00'), what: 'findings', run: () => findings(stage) },
    ] as never[])
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.course?.code ?? '').localeCompare(b.course?.code ?? ''))
  // What is done already is skipped without touching the clock: a run that was cut off goes on where it was.
  const done = await finished(cast, planId)
  for (const happening of happenings) {
    if (happening.course && done.has(happening.course.id)) continue
    await move(happening.at)
    await inStep({ ...(happening.course ? { course: happening.course } : {}), step: happening.what }, happening.run)
    step('server.year_step', {
      date: happening.at.toISOString().slice(0, 10),
      what: `${happening.course?.code ?? ''} ${happening.what}`.trim(),
    })
  }
  return { ...(await summary(cast, planId, YEAR, codes)), seconds: Math.round((Date.now() - began) / 100) / 10 }
}

async function finished(cast: Awaited<ReturnType<typeof castOf>>, planId: string): Promise<Set<string>> {
  const classes = await cast.trainer.training.classes({ planId })
  return new Set(classes.filter(({ state }) => state === 'completed').map(({ id }) => id))
}
