/** The credit year a page is about, from the address; the present year when none is chosen. */
import { one, useAddress } from '../../../../ui/address.ts'
import { useNow } from './now.ts'

/** How many years back can be chosen. */
const BACK = 5

export function useCreditYear() {
  const [search, change] = useAddress()
  const present = useNow(600_000).getFullYear()
  const asked = Number(one(search.year))
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : present
  const years = Array.from({ length: BACK }, (_, at) => present - at)
  return { year, years, choose: (to: string) => change({ year: to, cursor: undefined, page: undefined }) }
}
