/** Every column of the record that is sealed, as the groups declare it: what a switch of the cipher seals anew. */
import type { Kept } from '../../../platform/cipher/index.ts'
import { columnOf } from './group.ts'
import { groups } from './groups.ts'
import { sealedColumns } from './read.ts'
import { purposeOf } from './values.ts'

export const archiveKept: Kept[] = groups
  .filter(({ table }) => table !== null)
  .flatMap((group) =>
    group.fields
      .filter(({ type }) => type === 'sealed')
      .map(({ key, compared }) => ({
        table: `records.${group.table}`,
        cipher: sealedColumns(key).cipher,
        purpose: purposeOf(group, key),
        bound: 'id',
        ...(compared ? { hash: `${columnOf(key)}_hash`, late: true as const } : {}),
      })),
  )
