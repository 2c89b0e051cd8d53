/** People and rosters over the API. */
import { implement } from '@orpc/server'
import { refused } from '../../../base/errors.ts'
import { guard, type RequestContext } from '../../../platform/access/index.ts'
import { arrivalsInSight, identityKeys } from '../../../platform/directory/index.ts'
import { handOut, noteLooks } from '../../../platform/privacy/index.ts'
import { peopleProcedures } from '../contract/people.ts'
import { rosterProcedures } from '../contract/roster.ts'
import { peoplePage } from '../queries/people.ts'
import { codeTables, personOf } from '../queries/person.ts'
import { awardHonour, endHonour, setPosts, setTeaching, setTitle } from './facts.ts'
import { revealIdentity } from './identity.ts'
import { addTeacher, correctTeacher, moveTeacher, teacherLeaves, teacherReturns, withdrawTransfer } from './people.ts'
import { exportPeople } from './roster/export.ts'
import { askToApply, checkRoster, faultyRows, importOf, importsOf } from './roster/imports.ts'
import { rosterTemplate } from './roster/sheet.ts'

const os = implement({ ...peopleProcedures, ...rosterProcedures })
  .$context<RequestContext>()
  .use(guard())
const done = {}

/** What the asker may do with the record, so that the screen need not guess. */
const rights = ({ house, actor }: RequestContext) => {
  const may = (permission: string) =>
    actor?.assignments.some(({ role }) => house.permissions.holds(role, permission)) ?? false
  return {
    mayEdit: may('records.person.write'),
    mayTransfer: may('records.transfer'),
    mayHonour: may('records.honour.write'),
    mayReveal: may('records.identity.reveal'),
  }
}
const OWN = { mayEdit: false, mayTransfer: false, mayHonour: false }

export const peopleApi = {
  people: os.people.handler(({ context: { act }, input }) => peoplePage(act, input)),
  person: os.person.handler(async ({ context, input }) => {
    const { idKept, ...person } = await personOf(context.act, input.personId)
    noteLooks(context.house, context.actor, context.act.permission, [input.personId], 'records.person')
    const { mayReveal, ...others } = rights(context)
    return { ...person, ...others, mayReveal: mayReveal && idKept }
  }),
  me: os.me.handler(async ({ context: { act } }) => {
    if (!act.actor.person) throw refused('records.no_person')
    const { idKept, ...person } = await personOf(act, act.actor.person)
    return { ...person, ...OWN, mayReveal: idKept }
  }),
  codes: os.codes.handler(({ context: { act }, input }) => codeTables(act, input.tables)),
  addTeacher: os.addTeacher.handler(({ context: { act, house }, input }) =>
    addTeacher(act, input, identityKeys(house.key)),
  ),
  correct: os.correct.handler(({ context: { act, house }, input }) =>
    correctTeacher(act, input, identityKeys(house.key)),
  ),
  setTeaching: os.setTeaching.handler(({ context: { act }, input }) => setTeaching(act, input).then(() => done)),
  setTitle: os.setTitle.handler(({ context: { act }, input }) => setTitle(act, input).then(() => done)),
  setPosts: os.setPosts.handler(({ context: { act }, input }) => setPosts(act, input).then(() => done)),
  transfer: os.transfer.handler(({ context: { act }, input }) => moveTeacher(act, input).then(() => done)),
  withdrawTransfer: os.withdrawTransfer.handler(({ context: { act }, input }) =>
    withdrawTransfer(act, input).then(() => done),
  ),
  arrivals: os.arrivals.handler(({ context: { act } }) => arrivalsInSight(act)),
  revealIdentity: os.revealIdentity.handler(({ context: { act, house }, input }) =>
    revealIdentity(act, input, identityKeys(house.key)),
  ),
  revealOwnIdentity: os.revealOwnIdentity.handler(({ context: { act, house } }) => {
    if (!act.actor.person) throw refused('records.no_person')
    return revealIdentity(act, { personId: act.actor.person, purpose: 'own' }, identityKeys(house.key))
  }),
  leave: os.leave.handler(({ context: { act }, input }) => teacherLeaves(act, input).then(() => done)),
  employ: os.employ.handler(({ context: { act }, input }) => teacherReturns(act, input).then(() => done)),
  awardHonour: os.awardHonour.handler(({ context: { act }, input }) => awardHonour(act, input)),
  endHonour: os.endHonour.handler(({ context: { act }, input }) => endHonour(act, input).then(() => done)),

  exportPeople: os.exportPeople.handler(async ({ context, input: { locale, ...filter } }) =>
    handOut(
      context,
      { purpose: '导出教师名册', kinds: ['directory.person', 'directory.employment', 'records.facts'] },
      await exportPeople(context.act, filter, locale),
    ),
  ),
  template: os.template.handler(({ input }) => rosterTemplate(input.locale)),
  checkRoster: os.checkRoster.handler(({ context: { act, house }, input }) => checkRoster(act, house, input.file)),
  importOf: os.importOf.handler(({ context: { act }, input }) => importOf(act, input.importId)),
  imports: os.imports.handler(({ context: { act } }) => importsOf(act)),
  applyRoster: os.applyRoster.handler(({ context: { act }, input }) => askToApply(act, input.importId)),
  faultyRows: os.faultyRows.handler(({ context: { act, house }, input }) =>
    faultyRows(act, house, input.importId, input.locale),
  ),
}
