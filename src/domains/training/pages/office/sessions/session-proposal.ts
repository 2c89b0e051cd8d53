/** Lays sessions out over working days from what the plan says: so many days, so many hours a day, each term from its first day. */
import { addDays, type CivilDate } from '../../../../../base/dates.ts'

export type Draft = { title: string; term: number; day: CivilDate; from: string; until: string }

export type Wish = {
  /** First day of each term. */
  starts: readonly CivilDate[]
  days: number
  hoursPerDay: number
  /** Wall-clock times at which the morning and the afternoon begin. */
  morning: string
  afternoon: string
  /** Also on Saturdays and Sundays. */
  weekends: boolean
  title: (part: { day: number; half: 'morning' | 'afternoon' | 'whole' }) => string
}

/** Up to this many hours are held in one go; more are split over morning and afternoon. */
const ONE_GO = 4

/** Sessions in order of time. The morning takes the larger half, in whole half-hours. */
export function proposeSessions(wish: Wish): Draft[] {
  const split = wish.hoursPerDay > ONE_GO
  const early = split ? Math.ceil(wish.hoursPerDay) / 2 : wish.hoursPerDay
  return wish.starts.flatMap((start, at) =>
    trainingDays(start, wish.days, wish.weekends).flatMap((day, place): Draft[] => {
      const part = (half: 'morning' | 'afternoon' | 'whole', from: string, hours: number): Draft => ({
        title: wish.title({ day: place + 1, half }),
        term: at + 1,
        day,
        from,
        until: later(from, hours),
      })
      return split
        ? [part('morning', wish.morning, early), part('afternoon', wish.afternoon, wish.hoursPerDay - early)]
        : [part('whole', wish.morning, early)]
    }),
  )
}

/** The first `count` days from `start` on which training is held. */
function trainingDays(start: CivilDate, count: number, weekends: boolean): CivilDate[] {
  const days: CivilDate[] = []
  for (let day = start; days.length < count; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    if (weekends || (weekday !== 0 && weekday !== 6)) days.push(day)
  }
  return days
}

/** "09:00" and 2.5 hours give "11:30"; never past the end of the day. */
function later(time: string, hours: number): string {
  const [h = 0, m = 0] = time.split(':').map(Number)
  const minutes = Math.min(h * 60 + m + Math.round(hours * 60), 23 * 60 + 59)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
