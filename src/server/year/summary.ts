/** How the year came out: one object for machines, one table for people. */
import { add } from '../../base/decimal.ts'
import type { Plan } from '../../platform/policy/index.ts'
import type { Cast } from './cast.ts'

export type YearResult = {
  places: number
  classes: {
    code: string
    name: string
    project: string
    places: number
    enrolled: number
    completed: number
    credits: number
  }[]
  audit: { teachers: number; compliant: number; locked: boolean }
  circulars: number
  seconds: number
}

/** The classes of a plan that have a number of places: those that the year performs and counts. */
export const numberedIn = (plan: Plan): ReadonlySet<string> =>
  new Set(plan.classes.filter(({ places }) => places !== null).map(({ code }) => code))

/** Reads the result through the API, as the district sees it: the classes of the pack's plan and no others that were added by hand. */
export async function summary(
  cast: Cast,
  planId: string,
  year: number,
  codes: ReadonlySet<string>,
): Promise<Omit<YearResult, 'seconds'>> {
  const classes = (await cast.trainer.training.classes({ planId })).filter(
    ({ code, places }) => codes.has(code) && places !== null,
  )
  const audits = await cast.trainer.training.audits({ year })
  const circulars = await cast.commission.training.circulars({ planId })
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)
  return {
    places: sum(classes.map(({ places }) => places!)),
    classes: classes.map(({ code, name, project, places, seated, passed, credits }) => ({
      code,
      name,
      project,
      places: places!,
      enrolled: seated,
      completed: passed,
      credits: Number(credits),
    })),
    audit: {
      teachers: sum(audits.map(({ teachers }) => teachers)),
      compliant: sum(audits.map(({ compliant }) => compliant)),
      locked: audits.length > 0 && audits.every(({ state }) => state === 'locked'),
    },
    circulars: circulars.length,
  }
}

/** Chinese characters take two columns on a terminal. */
const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u2e80-\u9fff\u3000-\u303f\uff00-\uff60—]/u.test(char) ? 2 : 1), 0)
const left = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)))
const right = (value: number | string, to: number): string => String(value).padStart(to)

export function yearTable({ places, classes, audit, circulars, seconds }: YearResult): string {
  const head = `${left('班次', 8)}${left('名称', 46)}${right('places', 8)}${right('enrolled', 10)}${right('completed', 11)}${right('credits', 12)}`
  const lines = classes.map(
    (row) =>
      `${left(row.code, 8)}${left(row.name, 46)}${right(row.places, 8)}${right(row.enrolled, 10)}${right(row.completed, 11)}${right(row.credits.toFixed(2), 12)}`,
  )
  const total = (key: 'enrolled' | 'completed') => classes.reduce((sum, row) => sum + row[key], 0)
  const credits = Number(add('0', ...classes.map((row) => row.credits.toFixed(2)))).toFixed(2)
  return [
    '',
    head,
    '─'.repeat(95),
    ...lines,
    '─'.repeat(95),
    `${left('合计', 8)}${left('', 46)}${right(places, 8)}${right(total('enrolled'), 10)}${right(total('completed'), 11)}${right(credits, 12)}`,
    '',
    `年度审核：${audit.teachers} 名教师，${audit.compliant} 名达到进度，${audit.locked ? '已锁定' : '未锁定'}；通报 ${circulars} 份；用时 ${seconds} 秒`,
  ].join('\n')
}
