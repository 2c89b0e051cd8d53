/** Proposed changes over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../../platform/access/index.ts'
import { sealsOf } from '../archive/api.ts'
import { changeProcedures } from '../contract/changes.ts'
import { decideChange } from './decide.ts'
import { addEvidence, propose, proposeFor, self } from './propose.ts'
import { changeOf, changesPage, myChanges } from './queries.ts'
import { objectToChange, withdrawChange } from './settle.ts'

const os = implement(changeProcedures).$context<RequestContext>().use(guard())

export const changesApi = {
  addEvidence: os.addEvidence.handler(({ context: { act, house }, input }) =>
    addEvidence(act, house.files, self(act), input.file),
  ),
  addEvidenceFor: os.addEvidenceFor.handler(({ context: { act, house }, input }) =>
    addEvidence(act, house.files, input.personId, input.file),
  ),
  propose: os.propose.handler(({ context: { act, house }, input }) => propose(act, input, sealsOf(house))),
  proposeFor: os.proposeFor.handler(({ context: { act, house }, input }) => proposeFor(act, input, sealsOf(house))),
  objectToChange: os.objectToChange.handler(({ context: { act }, input }) =>
    objectToChange(act, input).then(() => ({})),
  ),
  withdrawChange: os.withdrawChange.handler(({ context: { act }, input }) =>
    withdrawChange(act, input.changeId).then(() => ({})),
  ),
  myChanges: os.myChanges.handler(({ context: { act } }) => myChanges(act)),
  changes: os.changes.handler(({ context: { act }, input }) => changesPage(act, input)),
  change: os.change.handler(({ context: { act }, input }) => changeOf(act, input.personId, input.changeId)),
  decideChange: os.decideChange.handler(({ context: { act, house }, input }) =>
    decideChange(act, input, sealsOf(house)),
  ),
}
