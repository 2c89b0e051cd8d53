/** Which year's plan a page is about: the one in the address, else the newest that is published. */
import { useQuery } from '@tanstack/react-query'
import { one, useAddress } from '../../../../ui/address.ts'
import { useWords } from '../../../../ui/i18n.tsx'
import { type Plan, useAsk } from './training.ts'
import './office.css'

export function usePlan() {
  const plans = useQuery(useAsk().plans())
  const [search, change] = useAddress()
  const list = plans.data ?? []
  const wanted = Number(one(search.year))
  const plan: Plan | undefined =
    list.find(({ year }) => year === wanted) ?? list.find(({ state }) => state === 'published') ?? list[0]
  return { plans, list, plan, choose: (year: string) => change({ year, cursor: undefined, page: undefined }) }
}

/** Years to choose from; nothing where there is no choice. */
export function YearPicker({
  years,
  year,
  onChange,
}: {
  years: readonly number[]
  year: number
  onChange: (year: string) => void
}) {
  const t = useWords('training')
  if (years.length < 2) return null
  return (
    <label className="tr-year">
      <span className="q-hidden">{t('office.year')}</span>
      <select className="q-input" value={year} onChange={(event) => onChange(event.target.value)}>
        {[...new Set([...years, year])]
          .sort((a, b) => b - a)
          .map((value) => (
            <option key={value} value={value}>
              {t('office.year_n', { year: String(value) })}
            </option>
          ))}
      </select>
    </label>
  )
}
