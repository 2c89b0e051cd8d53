/** Calls and cases: what others see of them. */
import { applicationProcedures } from './contract/applications.ts'
import { callProcedures } from './contract/calls.ts'
import { noticeProcedures } from './contract/notices.ts'
import { officeProcedures } from './contract/office.ts'
import { panelProcedures } from './contract/panel.ts'
import { resultProcedures } from './contract/results.ts'
import { reviewProcedures } from './contract/review.ts'

export const casesContract = {
  ...callProcedures,
  ...applicationProcedures,
  ...officeProcedures,
  ...noticeProcedures,
  ...reviewProcedures,
  ...panelProcedures,
  ...resultProcedures,
}
