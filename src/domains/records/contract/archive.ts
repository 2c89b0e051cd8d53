/** The whole record, group by group, as the groups are declared. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../../../platform/access/contract.ts'

/** By key of the field; figures and dates as text, sealed texts masked. */
export const values = z.record(z.string().max(40), z.union([z.string().max(400), z.boolean(), z.null()]))
const bilingual = z.object({ zh: z.string(), en: z.string() })

const field = z.object({
  key: z.string(),
  title: bilingual,
  type: z.enum(['text', 'date', 'code', 'integer', 'decimal', 'bool', 'sealed']),
  table: z.string().optional(),
  required: z.literal(true).optional(),
  most: z.number().optional(),
  least: z.number().optional(),
  mask: z.enum(['phone', 'mail', 'tail', 'identity']).optional(),
  hint: bilingual.optional(),
  /** What the item is used for: rules of policy that read it, facts, daily work. */
  uses: z.array(z.object({ kind: z.enum(['rule', 'fact', 'work']), id: z.string().nullable(), says: bilingual })),
})
const group = z.object({
  id: z.string(),
  title: bilingual,
  section: z.object({ id: z.string(), title: bilingual }),
  purpose: bilingual,
  many: z.boolean(),
  /** The field that dates a row. */
  datedBy: z.string().nullable(),
  single: z.literal(true).optional(),
  placed: z.literal(true).optional(),
  kept: z.boolean(),
  confirm: z.enum(['school', 'district']),
  propose: z.boolean(),
  evidence: z.enum(['required', 'welcome']),
  sensitivity: z.enum(['ordinary', 'personal', 'sensitive', 'guarded']),
  unique: z.array(z.string()),
  /** The fields of a row's headline. */
  says: z.array(z.string()),
  fields: z.array(field),
})
const row = z.object({ groupId: z.string(), id, version: z.number().int().nullable(), values })
const history = z.array(z.object({ values, from: z.string().nullable(), until: z.string().nullable() }))
const one = z.object({ personId: id, groupId: z.string().max(40), rowId: id })
const toKeep = z.object({
  personId: id,
  groupId: z.string().max(40),
  /** Absent: a new row. */
  rowId: id.optional(),
  /** Of the row as the writer saw it; refused where somebody else has changed it since. */
  version: z.number().int().optional(),
  values,
})
const toDrop = one.extend({ version: z.number().int(), reason: z.string().trim().min(2).max(200) })

export const archiveProcedures = {
  groups: query('self', 'Groups and items of the record: who confirms them, and what each is used for').output(
    z.array(group),
  ),
  archive: query('records.person.read', 'The whole record of one teacher, without what is guarded')
    .input(z.object({ personId: id }))
    .output(z.array(row)),
  ownArchive: query('records.person.own', 'One’s own whole record').output(z.array(row)),
  guarded: query('records.sanction.read', 'Sanctions and bars of one person')
    .input(z.object({ personId: id }))
    .output(z.array(row)),
  rowHistory: query('records.person.read', 'What one item said and when it was known so').input(one).output(history),
  ownRowHistory: query('records.person.own', 'What an item of one’s own record said')
    .input(one.omit({ personId: true }))
    .output(history),
  keepRow: command('records.person.write', 'Add or correct an item of the record')
    .input(toKeep)
    .output(z.object({ rowId: id })),
  dropRow: command('records.person.write', 'Take an item away; it stays in the history')
    .input(toDrop)
    .output(z.object({})),
  keepGuarded: command('records.sanction.write', 'Add or correct a sanction or bar')
    .input(toKeep)
    .output(z.object({ rowId: id })),
  dropGuarded: command('records.sanction.write', 'Take a sanction or bar away').input(toDrop).output(z.object({})),
  revealSealed: command('records.contact.reveal', 'Sealed items in full, for a purpose that is kept', { fresh: true })
    .input(z.object({ personId: id, groupId: z.string().max(40), purpose: z.string().trim().min(4).max(200) }))
    .output(z.record(z.string(), z.string())),
  revealOwnSealed: command('records.person.own', 'One’s own sealed items in full', { fresh: true })
    .input(z.object({ groupId: z.string().max(40) }))
    .output(z.record(z.string(), z.string())),
  exportGroup: query('records.export', 'One group of everybody in scope as .xlsx; nothing guarded, sealed items masked')
    .input(
      z.object({
        groupId: z.string().max(40),
        orgId: id.optional(),
        locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
      }),
    )
    .output(z.file()),
  checksDue: query('records.person.read', 'Health and safety checks that are due or overdue, of people in scope')
    .input(
      paging.extend({
        within: z.coerce
          .number()
          .int()
          .min(0)
          .max(400)
          .optional()
          .describe('Days from today; absent: as the policy says'),
        kind: z.string().max(40).optional(),
      }),
    )
    .output(
      page(
        z.object({
          personId: id,
          name: z.string(),
          number: z.string(),
          orgName: z.string(),
          kind: z.string(),
          doneOn: z.string(),
          dueOn: z.string(),
          overdue: z.boolean(),
        }),
      ),
    ),
  completeGroups: query('records.person.read', 'Which groups are complete where').output(
    z.array(z.object({ orgId: id, orgName: z.string(), groupId: z.string(), since: z.string() })),
  ),
  declareComplete: command(
    'records.complete.write',
    'Say that a group is complete at an organisation from a day on: only there nothing recorded means there is nothing',
  )
    .input(z.object({ orgId: id, groupId: z.string().max(40), since: civilDate.nullable() }))
    .output(z.object({})),
}
