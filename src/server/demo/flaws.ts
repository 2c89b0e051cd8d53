/** What is not right in the records of the demonstration, as in any district: a few of each kind, more at schools that keep them badly. Nobody who is shown by name. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import type { DemoPerson } from './people.ts'

/** A person as recorded: parts may be missing. */
export type Recorded = Omit<DemoPerson, 'birth' | 'sex' | 'idNumber'> & {
  birth: string | null
  sex: '0' | '1' | '2'
  idNumber: string | null
  /** When the first teacher certificate was given. */
  qualified: string | null
  /** Whose telephone it is as well: the same person, entered twice. */
  phoneOf?: string
}

/** Between 0 and 1, the same in every installation (FNV-1a). */
function lot(text: string, salt: string): number {
  let hash = 0x811c9dc5
  for (const letter of salt + text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193)
  return (hash >>> 0) / 2 ** 32
}

/** One school in five keeps its records badly, two rather well. */
const care = (school: string): number => [3, 1, 1, 0.3, 0.3][Math.floor(lot(school, 'care') * 5)]!
export const chance = (person: Pick<DemoPerson, 'number' | 'school'>, salt: string, share: number): boolean =>
  lot(person.number, salt) < share * care(person.school)

const DOUBLES = 5
/** People who are past every age at which one retires. */
const LATE = 6

/** Of people that are told apart already: their facts stay, what is known of who they are has gaps. */
export function recorded<P extends DemoPerson>(list: readonly P[]): (P & Recorded)[] {
  const quiet = (person: P) => person.category === '11' && person.posts.length === 0 && person.honours.length === 0
  const made = list.map((person): P & Recorded => {
    const certified = person.stage !== null && !chance(person, 'certificate', 0.01)
    const whole = { ...person, qualified: certified ? `${person.since.slice(0, 4)}-07-01` : null }
    if (!quiet(person) || !chance(person, 'identity', 0.014)) return whole
    return {
      ...whole,
      idNumber: null,
      ...(chance(person, 'birth', 0.2) ? { birth: null } : {}),
      ...(chance(person, 'sex', 0.3) ? { sex: '0' as const } : {}),
    }
  })
  const old = made.filter((person) => quiet(person) && person.since < '1990-01-01')
  for (const person of old.slice(0, LATE)) Object.assign(person, { birth: '1956-11-20', idNumber: null })
  const others = made.filter((person) => quiet(person) && person.birth !== null && person.idNumber !== null)
  for (let nth = 0; nth < DOUBLES; nth++) {
    const [first, again] = [others[100 + nth * 311], others[400 + nth * 311]]
    if (!first || !again) break
    const { name, pinyin, initials, birth, sex } = first
    Object.assign(
      again,
      { name, pinyin, initials, birth, sex, idNumber: null },
      nth < 2 ? { phoneOf: first.number } : {},
    )
  }
  return made
}

/** The rest, once the groups are filled: one statement a kind. */
export async function flaws(db: Db): Promise<void> {
  const few = (salt: string, n: number, from: RawBuilder<unknown>) =>
    sql`(select f.person_id, f.id from ${from} join directory.person p on p.id = f.person_id
      where p.number like 'QJ%' and not exists (select from records.honour h where h.person_id = p.id)
      order by md5(p.number || ${sql.lit(salt)}) limit ${sql.lit(n)}) x`
  const studies = sql`records.education f`
  await sql`update records.education g set institution = null from ${few('school', 18, studies)} where g.person_id = x.person_id and g.id = x.id`.execute(
    db,
  )
  await sql`update records.education g set graduated_on = null from ${few('day', 14, studies)} where g.person_id = x.person_id and g.id = x.id`.execute(
    db,
  )
  // Left from an earlier school.
  await sql`update records.post g set org_id = o.id, org_path = o.path
    from ${few('elsewhere', 20, sql`(select * from records.post f where f.code in ('class_teacher', 'grade_leader')) f`)}, directory.organisation o
    where g.person_id = x.person_id and g.id = x.id and o.short_name = '区特殊教育学校'`.execute(db)
  await sql`update records.title g set during = daterange((s.work_since - interval '2 years')::date, null)
    from ${few('before', 10, sql`(select * from records.title f where upper_inf(f.during)) f`)}, records.service s
    where g.person_id = x.person_id and g.id = x.id and s.person_id = x.person_id`.execute(db)
  await sql`update records.teaching g set stage = '3'
    from ${few(
      'stage',
      12,
      sql`(select f.* from records.teaching f join directory.person i on i.id = f.person_id
      join directory.organisation o on o.id = i.org_id and o.school_type = '211'
      where upper_inf(f.during) and not exists (select from records.post t where t.person_id = f.person_id)) f`,
    )}
    where g.person_id = x.person_id and g.id = x.id`.execute(db)
}
