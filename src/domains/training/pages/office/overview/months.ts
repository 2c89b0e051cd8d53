/** Figures by month without gaps: a month in which nobody trained stands between the others with nothing. */

export type MonthFigures = { month: string; expected: number; present: number }

/** `byMonth` keyed `YYYY-MM` in any order; from the first month with anybody due to the last. */
export function everyMonth(byMonth: readonly MonthFigures[]): MonthFigures[] {
  const due = new Map(byMonth.filter(({ expected }) => expected > 0).map((row) => [row.month, row]))
  const known = [...due.keys()].sort()
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return []
  const count = numberOf(last) - numberOf(first) + 1
  return Array.from({ length: count }, (_, at) => {
    const month = nameOf(numberOf(first) + at)
    return due.get(month) ?? { month, expected: 0, present: 0 }
  })
}

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
const nameOf = (n: number): string => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
