/** Rows of the demonstration into a table, in one statement. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'

/** @param columns names with their types, as in `id uuid, name text` */
export const insert = async (db: Db, into: string, columns: string, rows: object[]): Promise<void> => {
  const names = columns.split(',').map((column) => column.trim().split(' ')[0])
  await sql`insert into ${sql.raw(into)} (${sql.raw(names.join(', '))}) select ${sql.raw(names.map((name) => `r.${name}`).join(', '))}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(columns)})`.execute(db)
}
