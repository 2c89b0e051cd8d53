/** Writing to the trail: inside the transaction of the act itself, so that there is no act without its entry. */
import { sql } from 'kysely'
import { newId } from '../../base/ids.ts'
import { type Act, prepared } from '../db/index.ts'

export type Entry = {
  /** Past tense with the module in front: `training.class_confirmed`. */
  action: string
  subject?: { kind: string; id: string }
  /** The person whose data it was, if any. */
  about?: string
  /** The organisation in whose scope an auditor sees the entry. */
  orgPath?: string
  before?: unknown
  after?: unknown
}

/** Records one or many entries in one statement. */
export async function record<T>(act: Act<T>, ...entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  act.recorded += entries.length
  const rows = entries.map((entry) => ({
    id: newId(),
    action: entry.action,
    subject_kind: entry.subject?.kind ?? null,
    subject_id: entry.subject?.id ?? null,
    about_person: entry.about ?? null,
    org_path: entry.orgPath ?? act.scope.paths[0] ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
  }))
  await sql`${prepared}insert into audit.event (id, account_id, person_id, actor, ip, permission, action, subject_kind, subject_id,
      about_person, org_path, before, after)
    select r.id, ${act.actor.account}::uuid, ${act.actor.person}::uuid, ${act.actor.name}, ${act.actor.ip ?? null}, ${act.permission},
      r.action, r.subject_kind, r.subject_id, r.about_person, r.org_path::ltree, r.before, r.after
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, action text, subject_kind text, subject_id uuid,
      about_person uuid, org_path text, before jsonb, after jsonb)`.execute(act.tx)
}
