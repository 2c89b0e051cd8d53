/** Teacher records, room by room. */
import { archiveProcedures } from './contract/archive.ts'
import { changeProcedures } from './contract/changes.ts'
import { growthProcedures } from './contract/growth.ts'
import { moveProcedures } from './contract/moves.ts'
import { peopleProcedures } from './contract/people.ts'
import { qualityProcedures } from './contract/quality.ts'
import { rosterProcedures } from './contract/roster.ts'

export { filter, person, personRow } from './contract/people.ts'

export const recordsContract = {
  ...peopleProcedures,
  ...rosterProcedures,
  ...qualityProcedures,
  ...moveProcedures,
  ...archiveProcedures,
  ...changeProcedures,
  ...growthProcedures,
}
