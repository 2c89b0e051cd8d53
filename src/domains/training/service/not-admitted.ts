/** The end of the waiting line: whoever still waits when a class is over was not admitted, and is told so. */
import { sql } from 'kysely'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { notify } from '../../../platform/inbox/index.ts'

type Row = { personId: string; classId: string; name: string; nameEn: string; orgPath: string }

/**
 * Closes the line of one class, or without one of all classes whose last session is over. Until a class begins somebody may still
 * leave it, so waiting goes on; after its end no place can come any more. Returns how many were not admitted.
 */
export async function notAdmitted<T>(act: Act<T>, classId: string | null): Promise<number> {
  const { rows } = await sql<Row>`
    update training.enrolment e set state = 'not_admitted', answered_at = db.now()
    from training.class c where c.id = e.class_id and e.state = 'waiting' and c.state in ('confirmed', 'completed') and case
      when ${classId}::uuid is not null then c.id = ${classId}
      else exists (select from training.session s where s.class_id = c.id)
        and not exists (select from training.session s where s.class_id = c.id and upper(s.during) > db.now()) end
    returning e.person_id, e.class_id, c.name, c.name_en, c.org_path::text`.execute(act.tx)
  if (rows.length === 0) return 0
  await notify(
    act,
    rows.map(({ personId, classId: id, name, nameEn }) => ({
      personId,
      kind: 'message' as const,
      code: 'training.message.not_admitted',
      data: { class: name, classEn: nameEn },
      link: '/my/training',
      key: `not_admitted:${id}`,
    })),
  )
  const classes = Map.groupBy(rows, (row) => row.classId)
  await record(
    act,
    ...[...classes].map(([id, people]) => ({
      action: 'training.line_closed',
      subject: { kind: 'class', id },
      orgPath: people[0]!.orgPath,
      after: { notAdmitted: people.length },
    })),
  )
  return rows.length
}

/** By the product's clock, once a day: lines of classes that ended without anybody having completed them yet. */
export const trainingDaily = {
  name: 'training.lines',
  permission: 'training.class.write',
  run: async <T>(act: Act<T>): Promise<void> => void (await notAdmitted(act, null)),
}
