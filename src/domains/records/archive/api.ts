/** The record group by group, over the API. */
import { implement } from '@orpc/server'
import { refused } from '../../../base/errors.ts'
import { guard, type House, type RequestContext } from '../../../platform/access/index.ts'
import { sealer } from '../../../platform/cipher/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import { handOut, noteLooks } from '../../../platform/privacy/index.ts'
import { archiveProcedures } from '../contract/archive.ts'
import { completeGroups, declareComplete } from './complete.ts'
import { checksDue } from './due.ts'
import { exportGroup } from './export.ts'
import { groupOf } from './groups.ts'
import { dropRow, keepRow } from './keep.ts'
import { archiveOf, guardedOf, historyOf } from './read.ts'
import { revealSealed } from './reveal.ts'
import { groupsToShow } from './uses.ts'
import type { Seals } from './values.ts'

const os = implement(archiveProcedures).$context<RequestContext>().use(guard())
const done = () => ({})

/** What seals items of the record. */
export const sealsOf =
  (house: House): Seals =>
  (purpose) =>
    sealer(house.key, purpose)
const self = (act: Act): string => {
  if (!act.actor.person) throw refused('records.no_person')
  return act.actor.person
}

/** @param book the facts of the house: they tell what items are used for */
export const archiveApi = (book: FactBook) => ({
  groups: os.groups.handler(({ context: { act, actor } }) =>
    groupsToShow(act, book, actor?.assignments[0]?.orgId ?? null),
  ),
  archive: os.archive.handler(({ context: { act }, input }) => archiveOf(act, input.personId)),
  ownArchive: os.ownArchive.handler(({ context: { act } }) => archiveOf(act, self(act))),
  guarded: os.guarded.handler(async ({ context: { act, house, actor }, input }) => {
    const rows = await guardedOf(act, input.personId)
    noteLooks(house, actor, act.permission, [input.personId], 'records.guarded')
    return rows
  }),
  rowHistory: os.rowHistory.handler(({ context: { act }, input }) =>
    historyOf(act, input.groupId, input.personId, input.rowId),
  ),
  ownRowHistory: os.ownRowHistory.handler(({ context: { act }, input }) =>
    historyOf(act, input.groupId, self(act), input.rowId),
  ),
  keepRow: os.keepRow.handler(({ context: { act, house }, input }) => keepRow(act, input, sealsOf(house))),
  dropRow: os.dropRow.handler(({ context: { act }, input }) => dropRow(act, input).then(done)),
  keepGuarded: os.keepGuarded.handler(({ context: { act, house }, input }) => keepRow(act, input, sealsOf(house))),
  dropGuarded: os.dropGuarded.handler(({ context: { act }, input }) => dropRow(act, input).then(done)),
  revealSealed: os.revealSealed.handler(({ context: { act, house }, input }) =>
    revealSealed(act, input, sealsOf(house)),
  ),
  revealOwnSealed: os.revealOwnSealed.handler(({ context: { act, house }, input }) =>
    revealSealed(act, { ...input, personId: self(act), purpose: 'own' }, sealsOf(house)),
  ),
  exportGroup: os.exportGroup.handler(async ({ context, input }) => {
    const { table, title } = groupOf(input.groupId) ?? { table: null, title: null }
    const kinds = table ? [`records.${table}`] : title ? [title.zh] : []
    return handOut(context, { purpose: '导出档案信息', kinds }, await exportGroup(context.act, input))
  }),
  checksDue: os.checksDue.handler(({ context: { act }, input }) => checksDue(act, input)),
  completeGroups: os.completeGroups.handler(({ context: { act } }) => completeGroups(act)),
  declareComplete: os.declareComplete.handler(({ context: { act }, input }) => declareComplete(act, input).then(done)),
})
