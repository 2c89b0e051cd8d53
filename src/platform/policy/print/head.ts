/** The lines at the head of an explanation: the person with number and school, or the school with its code and what it belongs to. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Explanation } from '../contract.ts'
import type { PaperWords } from './paper-words.ts'

/** Who it is about: label and value by turns. */
export async function headOf<T>(
  act: Act<T>,
  { kind, id, name }: Explanation['about'],
  words: PaperWords,
): Promise<string[][]> {
  const { t, chinese } = words
  const own = (org: string) =>
    chinese ? sql`${sql.ref(`${org}.name`)}` : sql`coalesce(${sql.ref(`${org}.name_en`)}, ${sql.ref(`${org}.name`)})`
  if (kind === 'person') {
    const { rows } = await sql<{ number: string; org: string }>`select p.number, ${own('o')} as org
      from directory.person p join directory.organisation o on o.id = p.org_id where p.id = ${id}`.execute(act.tx)
    return [
      [t('print.name'), name],
      [t('print.number'), rows[0]!.number],
      [t('print.org'), rows[0]!.org],
    ]
  }
  const { rows } = await sql<{ code: string | null; name: string; parent: string | null }>`
    select o.code, ${own('o')} as name, ${own('u')} as parent
    from directory.organisation o left join directory.organisation u on u.id = o.parent_id where o.id = ${id}`.execute(
    act.tx,
  )
  const { code, name: called, parent } = rows[0]!
  return [
    [t('print.school'), called],
    ...(code === null ? [] : [[t('print.code'), code]]),
    ...(parent === null ? [] : [[t('print.parent'), parent]]),
  ]
}
