/** Moves of many at once over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../../platform/access/index.ts'
import { handOut } from '../../../platform/privacy/index.ts'
import { moveProcedures } from '../contract/moves.ts'
import { retirementBook, retirements } from './retirement.ts'
import { planSchools, previewSchools, schoolMerges, withdrawSchools } from './schools.ts'
import { turnover, turnoverBook, turnoverPeople } from './turnover.ts'
import { rollYear, yearSchools, yearView } from './year.ts'

const os = implement(moveProcedures).$context<RequestContext>().use(guard())

export const movesApi = {
  retirements: os.retirements.handler(({ context: { act }, input }) => retirements(act, input)),
  exportRetirements: os.exportRetirements.handler(async ({ context, input }) =>
    handOut(
      context,
      { purpose: '导出退休名单', kinds: ['directory.person', 'records.retirement'] },
      await retirementBook(context.act, input),
    ),
  ),
  turnover: os.turnover.handler(({ context: { act }, input }) => turnover(act, input)),
  turnoverPeople: os.turnoverPeople.handler(({ context: { act }, input }) => turnoverPeople(act, input)),
  exportTurnover: os.exportTurnover.handler(async ({ context, input }) =>
    handOut(
      context,
      { purpose: '导出教职工变动', kinds: ['directory.person', 'directory.employment'] },
      await turnoverBook(context.act, input),
    ),
  ),
  previewSchoolMerge: os.previewSchoolMerge.handler(({ context: { act }, input }) => previewSchools(act, input)),
  planSchoolMerge: os.planSchoolMerge.handler(({ context: { act }, input }) => planSchools(act, input)),
  withdrawSchoolMerge: os.withdrawSchoolMerge.handler(({ context: { act }, input }) =>
    withdrawSchools(act, input).then(() => ({})),
  ),
  schoolMerges: os.schoolMerges.handler(({ context: { act } }) => schoolMerges(act)),
  schoolYear: os.schoolYear.handler(({ context: { act }, input }) => yearView(act, input)),
  rollYear: os.rollYear.handler(({ context: { act }, input }) => rollYear(act, input)),
  schoolYears: os.schoolYears.handler(({ context: { act }, input }) => yearSchools(act, input.year)),
}
