/** Changes that people propose to their record, and what the offices say to them. */
import { z } from 'zod'
import { command, id, page, paging, query } from '../../../platform/access/contract.ts'
import { values } from './archive.ts'

export const EVIDENCE_BYTES = 10 * 2 ** 20
const kind = z.enum(['add', 'correct', 'remove'])
const state = z.enum(['school', 'district', 'applied', 'refused', 'withdrawn'])

const changeRow = z.object({
  personId: id,
  id,
  name: z.string(),
  number: z.string(),
  orgName: z.string(),
  groupId: z.string(),
  kind,
  state,
  byDistrict: z.boolean(),
  /** Who of the office proposed it for the person; null where the person did. */
  proposedBy: z.string().nullable(),
  /** When the person objected to what was proposed for them. */
  objectedAt: z.string().nullable(),
  proposedAt: z.string(),
  settledAt: z.string().nullable(),
})
const told = changeRow.extend({
  rowId: id,
  /** The fields that change, as the person saw them; null where a row is new. */
  was: values.nullable(),
  becomes: values,
  reason: z.string().nullable(),
  evidence: z.array(z.object({ fileId: id, name: z.string() })),
  steps: z.array(
    z.object({
      stage: z.string(),
      decision: z.string(),
      note: z.string().nullable(),
      name: z.string(),
      at: z.string(),
    }),
  ),
  baseVersion: z.number().int().nullable(),
})

const proposal = z.object({
  groupId: z.string().max(40),
  kind,
  /** Absent where a row is to be added. */
  rowId: id.optional(),
  /** Of the row, as the person saw it. */
  version: z.number().int().optional(),
  values: values.default({}),
  reason: z.string().trim().max(400).optional(),
  /** Files that `addEvidence` gave. */
  evidence: z.array(id).max(6).default([]),
})
export type ProposeInput = z.output<typeof proposal>

export const changeProcedures = {
  addEvidence: command('records.change.propose', 'A photograph or scan that shows a change to be right')
    .input(z.object({ file: z.file().max(EVIDENCE_BYTES) }))
    .output(z.object({ fileId: id, name: z.string() })),
  propose: command('records.change.propose', 'Propose a change to one’s own record')
    .input(proposal)
    .output(z.object({ changeId: id })),
  withdrawChange: command('records.change.propose', 'Take back a proposed change that still waits')
    .input(z.object({ changeId: id }))
    .output(z.object({})),
  addEvidenceFor: command('records.change.behalf', 'A photograph or scan for a change that is proposed for somebody')
    .input(z.object({ personId: id, file: z.file().max(EVIDENCE_BYTES) }))
    .output(z.object({ fileId: id, name: z.string() })),
  proposeFor: command(
    'records.change.behalf',
    'Propose a change for somebody who cannot: the person is told and may object; who proposes does not confirm where two have to',
  )
    .input(proposal.extend({ personId: id }))
    .output(z.object({ changeId: id })),
  objectToChange: command('records.change.propose', 'Object to a change that an office proposed for oneself')
    .input(z.object({ changeId: id, note: z.string().trim().min(2).max(400) }))
    .output(z.object({})),
  myChanges: query('records.change.propose', 'One’s own proposed changes').output(z.array(told)),
  changes: query('records.change.decide', 'Proposed changes in scope')
    .input(
      paging.extend({
        show: z
          .enum(['mine', 'open', 'settled'])
          .default('mine')
          .describe('mine: waiting at the height of the asker; open: waiting anywhere'),
      }),
    )
    .output(page(changeRow)),
  change: query('records.change.decide', 'One proposed change: what was, what is wanted, what stands now')
    .input(z.object({ personId: id, changeId: id }))
    .output(told.extend({ now: z.object({ version: z.number().int(), values }).nullable() })),
  decideChange: command(
    'records.change.decide',
    'Confirm or refuse a proposed change. Where the row has changed since, `over` names the version that was seen',
  )
    .input(
      z.object({
        personId: id,
        changeId: id,
        decision: z.enum(['confirm', 'refuse']),
        note: z.string().trim().max(400).optional(),
        over: z.number().int().optional(),
      }),
    )
    .output(z.object({ state })),
}
