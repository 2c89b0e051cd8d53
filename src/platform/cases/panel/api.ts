/** Meetings of experts, for the office that convenes them and for their members. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { heldBy } from '../../inbox/index.ts'
import { panelProcedures } from '../contract/panel.ts'
import type { CasesHouseParts } from '../parts.ts'
import { convenePanel, dropPanel, refillAgenda, setPanelMembers } from './convene.ts'
import { closePanel, minutesPdf } from './minutes.ts'
import { myPanel, myPanels, panelCandidates, panelOf, panelsOf, sittingFile } from './queries.ts'
import { openSitting, recuse, signMinutes } from './sitting.ts'
import { castBallots, checkBallots, closeVote, openVote } from './votes.ts'

const os = implement(panelProcedures).$context<RequestContext>().use(guard())
const done = () => ({})

export const panelApi = ({ print }: CasesHouseParts) => ({
  panels: os.panels.handler(({ context: { act }, input }) => panelsOf(act, input)),
  panelCandidates: os.panelCandidates.handler(({ context: { act, actor }, input }) =>
    panelCandidates(act, heldBy(actor), input.callId, input.stage),
  ),
  panel: os.panel.handler(({ context: { act }, input }) => panelOf(act, input.panelId)),
  convenePanel: os.convenePanel.handler(({ context: { act, actor }, input }) =>
    convenePanel(act, heldBy(actor), input),
  ),
  setPanelMembers: os.setPanelMembers.handler(({ context: { act }, input }) => setPanelMembers(act, input).then(done)),
  refillAgenda: os.refillAgenda.handler(({ context: { act }, input }) => refillAgenda(act, input.panelId)),
  dropPanel: os.dropPanel.handler(({ context: { act }, input }) => dropPanel(act, input.panelId).then(done)),
  recuseMember: os.recuseMember.handler(({ context: { act }, input }) => recuse(act, input).then(done)),
  openSitting: os.openSitting.handler(({ context: { act }, input }) => openSitting(act, input).then(done)),
  openVote: os.openVote.handler(({ context: { act }, input }) => openVote(act, input.panelId, input.applicationIds)),
  closeVote: os.closeVote.handler(({ context: { act }, input }) => closeVote(act, input)),
  closePanel: os.closePanel.handler(({ context: { act }, input }) => closePanel(act, input.panelId)),
  minutes: os.minutes.handler(({ context: { act, house }, input }) =>
    minutesPdf(act, print, input.panelId, input.locale, house.settings.publicUrl, true),
  ),

  myPanels: os.myPanels.handler(({ context: { act } }) => myPanels(act)),
  myPanel: os.myPanel.handler(({ context: { act }, input }) => myPanel(act, input.panelId, input.locale)),
  sittingFile: os.sittingFile.handler(({ context: { act, house }, input }) => sittingFile(act, house.files, input)),
  declareRecusal: os.declareRecusal.handler(({ context: { act }, input }) =>
    recuse(act, { ...input, accountId: act.actor.account ?? '' }).then(done),
  ),
  castBallots: os.castBallots.handler(({ context: { act }, input }) => castBallots(act, input.panelId, input.ballots)),
  checkBallots: os.checkBallots.handler(({ context: { act }, input }) =>
    checkBallots(act, input.panelId, input.receipts),
  ),
  signMinutes: os.signMinutes.handler(({ context: { act }, input }) => signMinutes(act, input.panelId, input.digest)),
  sittingMinutes: os.sittingMinutes.handler(({ context: { act, house }, input }) =>
    minutesPdf(act, print, input.panelId, input.locale, house.settings.publicUrl, false),
  ),
})
