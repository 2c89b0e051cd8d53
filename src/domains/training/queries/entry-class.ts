/** The class that a ledger entry `e` comes from, also where the entry corrects an earlier one; null where it comes from elsewhere. */
import { sql } from 'kysely'

export const classOfEntry = sql`case e.source_kind when 'training_class' then e.source_id when 'objection' then (e.evidence ->> 'classId')::uuid end`
