/** Who a class is for, as a rule over facts about a teacher; every condition says for itself whether it holds. */
import { fullYears } from '../../../base/dates.ts'

/** All given conditions must hold. Codes: stages RKXD, categories JZGLB (JY/T 1001), posts and honours as in the records. */
export type Target = {
  stages?: string[]
  categories?: string[]
  subjects?: string[]
  posts?: string[]
  excludePosts?: string[]
  honoursAny?: string[]
  titlesAny?: string[]
  /** Full years of service on the day asked about, both ends included. */
  serviceYears?: { from?: number; to?: number }
  /** Came to the present school within so many months. */
  hiredWithinMonths?: number
}

export type TeacherFacts = {
  category: string
  stages: string[]
  subjects: string[]
  title: string | null
  posts: string[]
  honours: string[]
  serviceFrom: string | null
  hiredOn: string | null
}

export type Condition = { id: keyof Target; holds: boolean; wanted: unknown; found: unknown }

const meets = (wanted: string[], found: string[]) => found.some((one) => wanted.includes(one))

/** Every condition of the rule with what was wanted and what was found; the person is eligible when all hold. */
export function explainTarget(target: Target, facts: TeacherFacts, asOf: string): Condition[] {
  const out: Condition[] = []
  const say = (id: keyof Target, holds: boolean, wanted: unknown, found: unknown) =>
    out.push({ id, holds, wanted, found })
  if (target.categories)
    say('categories', target.categories.includes(facts.category), target.categories, facts.category)
  if (target.stages) say('stages', meets(target.stages, facts.stages), target.stages, facts.stages)
  if (target.subjects) say('subjects', meets(target.subjects, facts.subjects), target.subjects, facts.subjects)
  if (target.posts) say('posts', meets(target.posts, facts.posts), target.posts, facts.posts)
  if (target.excludePosts)
    say('excludePosts', !meets(target.excludePosts, facts.posts), target.excludePosts, facts.posts)
  if (target.honoursAny) say('honoursAny', meets(target.honoursAny, facts.honours), target.honoursAny, facts.honours)
  if (target.titlesAny)
    say('titlesAny', facts.title !== null && target.titlesAny.includes(facts.title), target.titlesAny, facts.title)
  if (target.serviceYears) {
    const years = facts.serviceFrom === null ? null : fullYears(facts.serviceFrom, asOf)
    const { from = 0, to = 99 } = target.serviceYears
    say('serviceYears', years !== null && years >= from && years <= to, target.serviceYears, years)
  }
  if (target.hiredWithinMonths !== undefined) {
    const holds = facts.hiredOn !== null && facts.hiredOn > monthsBefore(asOf, target.hiredWithinMonths)
    say('hiredWithinMonths', holds, target.hiredWithinMonths, facts.hiredOn)
  }
  return out
}

export const isEligible = (target: Target, facts: TeacherFacts, asOf: string): boolean =>
  explainTarget(target, facts, asOf).every(({ holds }) => holds)

/** The same day so many months earlier; the last of the month where that day does not exist. */
export function monthsBefore(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const index = year * 12 + (month - 1) - months
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate()
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`
}
