/** Rosters in and out. */
import { z } from 'zod'
import { command, id, query } from '../../../platform/access/contract.ts'
import { Fault, Notice, Words } from '../../../platform/sheets/contract.ts'
import { filter } from './people.ts'

const staged = z.object({
  importId: id,
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  moved: z.number().int(),
  unchanged: z.number().int(),
  faulty: z.number().int(),
  applied: z.boolean(),
})

export const rosterProcedures = {
  exportPeople: query('records.export', 'The list as .xlsx, as far as one may see it')
    .input(filter.extend({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.file()),
  template: query('records.import', 'The roster template')
    .input(z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.file()),
  /** Starts reading in the background; the run tells the progress and its result carries the import. */
  checkRoster: command('records.import', 'Check a roster without changing anything')
    .input(z.object({ file: z.file().max(64 * 2 ** 20) }))
    .output(z.object({ runId: id })),
  importOf: query('records.import', 'What a checked roster would change, and its faults')
    .input(z.object({ importId: id }))
    .output(
      staged.extend({
        fileName: z.string(),
        /** In whole sentences with the place, and the reason alone. */
        faults: z.array(Fault.extend({ zh: z.string(), en: z.string(), reason: Words })),
        notices: z.array(Notice.extend(Words.shape)),
        changes: z.array(
          z.object({
            sheet: z.string(),
            row: z.number().int(),
            name: z.string(),
            number: z.string().nullable(),
            action: z.string(),
            /** Field by field; null is nothing. Of new people there are none. */
            differences: z.array(
              z.object({ key: z.string(), header: Words, was: Words.nullable(), becomes: Words.nullable() }),
            ),
          }),
        ),
      }),
    ),
  imports: query('records.import', 'One’s own imports').output(
    z.array(staged.extend({ fileName: z.string(), createdAt: z.string() })),
  ),
  /** Starts in the background; the run tells the progress and its result carries the counts. Asked twice, it is done once. */
  applyRoster: command('records.import', 'Apply a checked roster, whole or not at all')
    .input(z.object({ importId: id }))
    .output(z.object({ runId: id })),
  faultyRows: query('records.import', 'The faulty rows as a workbook with the cells marked')
    .input(z.object({ importId: id, locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.file()),
}
