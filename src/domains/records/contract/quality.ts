/** Quality of the records: rules, scores, mending in the grid or by workbook, pairs that may be one person. */
import { z } from 'zod'
import { command, id, page, query } from '../../../platform/access/contract.ts'
import { Fault, Words } from '../../../platform/sheets/contract.ts'

const READ = 'records.person.read'
const WRITE = 'records.person.write'
const MERGE = 'records.merge'
const ok = z.object({})
const severity = z.enum(['severe', 'warning', 'hint'])
const cells = z.record(z.string().max(40), z.string().max(200).nullable())
const sums = {
  people: z.number().int(),
  faulty: z.number().int(),
  severe: z.number().int(),
  warning: z.number().int(),
  hint: z.number().int(),
  /** Points of a hundred with one decimal; null where nobody was looked at. */
  score: z.string().nullable(),
}
const scored = z.object({ orgId: id, name: z.string(), kind: z.string(), ...sums, checkedAt: z.string().nullable() })
const problem = z.object({
  key: z.string(),
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const refused = z.object({
  personId: id,
  problems: z.array(problem),
  /** As it stands now, where somebody changed it meanwhile. */
  stands: cells.nullable(),
  version: z.string().nullable(),
})
const mended = z.object({ personId: id, version: z.string(), values: cells })
const half = z.object({
  id,
  number: z.string(),
  name: z.string(),
  birthDate: z.string().nullable(),
  orgName: z.string(),
  idMasked: z.string().nullable(),
  employedFrom: z.string().nullable(),
})
const where = { orgId: id.optional(), rule: z.string().max(60).optional() }
const pair = { keepId: id, goneId: id, take: z.array(z.enum(['name', 'sex', 'birthDate', 'identity'])).default([]) }
const reference = z.object({
  table: z.string(),
  moved: z.number().int(),
  /** Rows that contradict one of the entry that is kept: they are put into the journal, and come back with an undo. */
  dropped: z.array(Words.extend({ constraint: z.string().nullable() })),
  /** Rows that may not be rewritten: they stay with the stub. */
  stays: z.number().int(),
})
const merged = z.object({
  references: z.array(reference),
  /** Both have accounts: that of the entry that goes is closed. */
  accountClosed: z.boolean(),
  ledger: z.object({ entries: z.number().int(), hours: z.string() }),
})

export const qualityProcedures = {
  qualityRules: query(READ, 'The rules of quality, and how points are counted').output(
    z.object({
      rules: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          severity,
          title: Words,
          why: Words,
          cell: z.object({ group: z.string(), field: z.string() }),
          /** Mended in the grid; otherwise on the person’s page. */
          mended: z.boolean(),
        }),
      ),
      takes: z.record(severity, z.number().int()),
      fields: z.array(
        z.object({
          key: z.string(),
          header: Words,
          kind: z.string(),
          table: z.string().nullable(),
          sensitive: z.boolean(),
        }),
      ),
    }),
  ),
  quality: query(READ, 'Score of an organisation, of those below it, by rule and over time')
    .input(z.object({ orgId: id.optional() }))
    .output(
      z.object({
        org: scored.nullable(),
        children: z.array(scored),
        rules: z.array(z.object({ rule: z.string(), people: z.number().int(), cells: z.number().int() })),
        days: z.array(z.object({ day: z.string(), score: z.string() })),
        twins: z.number().int(),
      }),
    ),
  qualityPeople: query(READ, 'Who is behind a score')
    .input(
      z.object({
        ...where,
        cursor: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(
      page(
        z.object({
          personId: id,
          name: z.string(),
          number: z.string(),
          orgName: z.string(),
          found: z.array(z.object({ rule: z.string(), value: z.string().nullable() })),
        }),
      ),
    ),
  checkQuality: command(WRITE, 'Check anew by all rules')
    .input(z.object({ orgId: id.optional() }))
    .output(z.object({ people: z.number().int(), findings: z.number().int() })),
  qualityGrid: query(WRITE, 'Faulty rows with their cells, for mending')
    .input(
      z.object({
        ...where,
        cursor: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(2000).default(1000),
      }),
    )
    .output(
      page(mended.extend({ number: z.string(), name: z.string(), orgName: z.string(), found: z.array(z.string()) })),
    ),
  mend: command(WRITE, 'Write mended cells: sound rows are written, the others come back with their reasons')
    .input(z.object({ rows: z.array(mended).min(1).max(10_000) }))
    .output(z.object({ saved: z.array(mended.extend({ found: z.array(z.string()) })), refused: z.array(refused) })),
  correctionBook: query(WRITE, 'The faulty rows as a workbook, the cells marked')
    .input(z.object({ ...where, locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.file()),
  readCorrections: command(WRITE, 'Lay a corrected workbook beside the records; changes nothing')
    .input(z.object({ file: z.file().max(20 * 2 ** 20) }))
    .output(
      z.object({
        rows: z.array(
          mended.extend({
            number: z.string(),
            name: z.string(),
            orgName: z.string(),
            stands: cells,
            changed: z.array(z.string()),
            /** The record was changed after the workbook was made. */
            since: z.boolean(),
          }),
        ),
        refused: z.array(refused),
        unchanged: z.number().int(),
        faults: z.array(Fault.extend(Words.shape)),
      }),
    ),

  twins: query(READ, 'Pairs of entries that may be one person')
    .input(z.object({ orgId: id.optional() }))
    .output(
      z.object({
        rows: z.array(z.object({ rule: z.string(), foundOn: z.string(), people: z.tuple([half, half]) })),
        total: z.number().int(),
        titles: z.record(z.string(), Words),
      }),
    ),
  dismissTwin: command(MERGE, 'Say that two entries are two people')
    .input(z.object({ personId: id, otherId: id, reason: z.string().trim().min(2).max(200) }))
    .output(ok),
  previewMerge: command(MERGE, 'What merging two entries would do; changes nothing')
    .input(z.object(pair))
    .output(merged),
  mergePeople: command(MERGE, 'Merge two entries of one person')
    .input(z.object({ ...pair, reason: z.string().trim().min(2).max(200) }))
    .output(merged.extend({ mergeId: id, undoUntil: z.string() })),
  merges: query(MERGE, 'Entries that were merged, and until when they can be taken apart').output(
    z.array(
      z.object({
        mergeId: id,
        keepId: id,
        name: z.string(),
        number: z.string(),
        goneName: z.string(),
        goneNumber: z.string(),
        reason: z.string(),
        at: z.string(),
        undoUntil: z.string(),
        undoneAt: z.string().nullable(),
        moved: z.number().int(),
      }),
    ),
  ),
  undoMerge: command(MERGE, 'Take two merged entries apart again')
    .input(z.object({ mergeId: id, reason: z.string().trim().min(2).max(200) }))
    .output(z.object({ back: z.number().int(), left: z.number().int() })),
}
