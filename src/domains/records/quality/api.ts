/** Quality of the records over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../../platform/access/index.ts'
import { identityKeys } from '../../../platform/directory/index.ts'
import { handOut } from '../../../platform/privacy/index.ts'
import { qualityProcedures } from '../contract/quality.ts'
import { BOOK } from './book.ts'
import { checkQuality, groundOf } from './check.ts'
import { cellsOf, FIELDS } from './fields.ts'
import { gridRows } from './grid.ts'
import { mend } from './mend.ts'
import { mergePeople, merges, previewMerge, undoMerge } from './merge.ts'
import { foundPeople, qualityOf } from './queries.ts'
import { TAKES } from './rule.ts'
import { dismissTwin, TWIN_RULES, twinsIn } from './twins.ts'
import { correctionBook, readCorrections } from './workbook.ts'

const os = implement(qualityProcedures).$context<RequestContext>().use(guard())
const done = {}
/** Pairs that one screen shows; the rest follow when these are judged. */
const PAIRS = 200

const book = {
  rules: BOOK.map(({ id, kind, severity, title, why, cell }) => ({
    id,
    kind,
    severity,
    title,
    why,
    cell,
    mended: cellsOf(cell.field).length > 0,
  })),
  takes: TAKES,
  fields: FIELDS.map(({ key, header, kind, table = null, sensitive = false }) => ({
    key,
    header,
    kind,
    table,
    sensitive,
  })),
}
const titles = Object.fromEntries(TWIN_RULES.map(({ id, title }) => [id, title]))

export const qualityApi = {
  qualityRules: os.qualityRules.handler(() => book),
  quality: os.quality.handler(({ context: { act }, input }) => qualityOf(act, input.orgId)),
  qualityPeople: os.qualityPeople.handler(({ context: { act }, input }) => foundPeople(act, input)),
  checkQuality: os.checkQuality.handler(({ context: { act, house }, input }) =>
    checkQuality(act, { ...input, keys: house.key }),
  ),
  qualityGrid: os.qualityGrid.handler(({ context: { act }, input }) => gridRows(act, input)),
  mend: os.mend.handler(({ context: { act, house }, input }) => mend(act, input.rows, identityKeys(house.key))),
  correctionBook: os.correctionBook.handler(async ({ context, input }) =>
    handOut(
      context,
      { purpose: '导出待更正档案', kinds: ['directory.person', 'records.quality'] },
      await correctionBook(context.act, input),
    ),
  ),
  readCorrections: os.readCorrections.handler(({ context: { act, house }, input }) =>
    readCorrections(act, input.file, identityKeys(house.key)),
  ),
  twins: os.twins.handler(async ({ context: { act }, input }) => {
    const path = await groundOf(act, input.orgId)
    return { ...(await twinsIn(act, path, PAIRS)), titles }
  }),
  dismissTwin: os.dismissTwin.handler(({ context: { act }, input }) => dismissTwin(act, input).then(() => done)),
  previewMerge: os.previewMerge.handler(({ context: { act }, input }) => previewMerge(act, input)),
  mergePeople: os.mergePeople.handler(({ context: { act }, input }) => mergePeople(act, input)),
  merges: os.merges.handler(({ context: { act } }) => merges(act)),
  undoMerge: os.undoMerge.handler(({ context: { act }, input }) => undoMerge(act, input)),
}
