/** The order that the address asks for, where the server can sort by it. */
import type { TableQuery } from '../../../../ui/office/table-query.ts'

/** Empty where nobody chose one, or the address names what the server does not know. */
export function orderOf<K extends string>(
  { sort, desc }: Pick<TableQuery, 'sort' | 'desc'>,
  known: readonly K[],
): { sort?: K; desc?: boolean } {
  const key = known.find((one) => one === sort)
  return key ? { sort: key, desc: desc ?? false } : {}
}
