/** Meetings of experts: convening, attendance, recusals, secret votes, minutes. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../access/contract.ts'
import { bilingual, clause, confidence } from '../../policy/contract.ts'

const CONVENE = 'cases.panel.convene'
const SIT = 'cases.panel.sit'
const ok = z.object({})
const locale = z.enum(['zh-CN', 'en']).default('zh-CN')
const one = z.object({ panelId: id })
const some = one.extend({
  applicationIds: z.array(id).min(1).max(2_000).optional().describe('All that can be, where absent'),
})
const changed = one.extend({ revision: z.number().int() })

export const PANEL_STATES = ['open', 'sitting', 'closed', 'signed'] as const
export const BALLOTS = ['aye', 'no', 'blank'] as const
export type Ballot = (typeof BALLOTS)[number]
export const RECUSALS = ['self', 'same_school', 'same_studio', 'mentor', 'co_author', 'relative', 'declared'] as const

/** A number of all members, or of those present, as [numerator, denominator]. */
const share = z.tuple([z.number().int(), z.number().int()]).readonly()
const body = z.object({ seats: z.number().int(), odd: z.boolean(), attendance: share, pass: share })

const panelRow = z.object({
  id,
  callId: id,
  callTitle: bilingual,
  stage: z.string(),
  stageTitle: bilingual,
  name: z.string(),
  heldOn: civilDate,
  place: z.string(),
  state: z.enum(PANEL_STATES),
  members: z.number().int(),
  cases: z.number().int(),
  counted: z.number().int(),
})

const shownCase = z.object({
  /** Null where the members read blind: then the case has a number. */
  name: z.string().nullable(),
  org: z.string().nullable(),
  number: z.number().int().nullable(),
  track: bilingual.nullable(),
  score: z.string().nullable(),
})

/** How the quorum of a case is counted: who is recused has neither seat nor vote. `present` and what follows from it are null before the meeting sits. */
const quorum = z.object({
  members: z.number().int(),
  recused: z.number().int(),
  /** Members without those recused, and how many of them must be present. */
  body: z.number().int(),
  needed: z.number().int(),
  present: z.number().int().nullable(),
  recusedPresent: z.number().int().nullable(),
  entitled: z.number().int().nullable(),
  quorate: z.boolean().nullable(),
})

const agendaItem = shownCase.extend({
  applicationId: id,
  nth: z.number().int(),
  state: z.enum(['waiting', 'voting', 'counted']),
  ayes: z.number().int().nullable(),
  noes: z.number().int().nullable(),
  blanks: z.number().int().nullable(),
  entitled: z.number().int().nullable(),
  passed: z.boolean().nullable(),
  quorum,
})

const panelHead = panelRow.omit({ members: true, cases: true, counted: true }).extend({
  body,
  /** What the figures rest on: of the stage, or else of the call. */
  clause: clause.extend({ confidence, note: z.string().optional() }),
  revision: z.number().int(),
  orgName: z.string(),
  minutes: z.object({ label: z.string(), digest: z.string(), verifyCode: z.string() }).nullable(),
})

const seat = z.object({
  accountId: id,
  name: z.string(),
  employer: z.string(),
  chair: z.boolean(),
  present: z.boolean().nullable(),
  signedAt: z.string().nullable(),
})

/** How members were drawn: enough to draw again. */
const draw = z.object({
  seed: z.string(),
  nth: z.number().int(),
  pool: z.array(id),
  taken: z.number().int(),
})

const panelView = panelHead.extend({
  draw: draw.nullable(),
  members: z.array(seat),
  agenda: z.array(
    agendaItem.extend({
      /** The applicant's name for the office, which sees it in any case. */
      applicant: z.string(),
      school: z.string(),
      voted: z.number().int(),
      recused: z.array(z.object({ accountId: id, kind: z.enum(RECUSALS), why: z.string() })),
      /** Cases that left the stage since they were put on the agenda are not voted on. */
      gone: z.boolean(),
    }),
  ),
  /** Cases that wait at the stage and lie before no meeting. */
  notListed: z.number().int(),
})

const sitting = panelHead.extend({
  /** How many members there are, how many are present. */
  members: z.array(seat.pick({ name: true, employer: true, chair: true, present: true })),
  me: seat,
  agenda: z.array(
    agendaItem.extend({
      content: z.array(z.object({ title: z.string(), value: z.string().nullable(), depth: z.number().int() })),
      files: z.array(z.object({ nth: z.number().int(), title: bilingual })),
      recused: z.enum(RECUSALS).nullable(),
      voted: z.boolean(),
    }),
  ),
})

const candidates = z.object({
  callId: id,
  callTitle: bilingual,
  stage: z.string(),
  stageTitle: bilingual,
  body,
  waiting: z.number().int(),
  experts: z.array(
    z.object({
      accountId: id,
      name: z.string(),
      employer: z.string(),
      title: z.string().nullable(),
      fields: z.record(z.string(), z.number()),
      /** How many of the cases that wait rules keep them from. */
      conflicts: z.number().int(),
    }),
  ),
})

const members = z.object({
  named: z.array(id).max(200).default([]),
  /** So many more are drawn from the pool by the call's seed. */
  drawn: z.number().int().min(0).max(200).default(0),
  chair: id.optional().describe('The first named, or else the first drawn, where absent'),
})

export const panelProcedures = {
  panels: query(CONVENE, 'Meetings that one’s office convened')
    .input(z.object({ callId: id.optional() }))
    .output(z.array(panelRow)),
  panelCandidates: query(CONVENE, 'What a meeting of a stage needs, and who may be asked to sit')
    .input(z.object({ callId: id, stage: z.string() }))
    .output(candidates),
  panel: query(CONVENE, 'A meeting with its members, recusals, agenda and counts').input(one).output(panelView),
  convenePanel: command(
    CONVENE,
    'Convene a meeting on the cases that wait at a stage; members are named or drawn by lot',
  )
    .input(
      members.extend({
        callId: id,
        stage: z.string(),
        name: z.string().trim().min(2).max(120),
        heldOn: civilDate,
        place: z.string().trim().max(200).default(''),
        applicationIds: z.array(id).max(2_000).optional().describe('All that wait, where absent'),
      }),
    )
    .output(one),
  setPanelMembers: command(CONVENE, 'Name or draw the members anew, before the meeting sits')
    .input(members.extend(changed.shape))
    .output(ok),
  refillAgenda: command(CONVENE, 'Put the cases that wait now on the agenda, before the meeting sits')
    .input(one)
    .output(z.object({ cases: z.number().int() })),
  dropPanel: command(CONVENE, 'Call a meeting off before it sits').input(one).output(ok),
  recuseMember: command(CONVENE, 'Note that a member leaves seat and vote for a case')
    .input(one.extend({ applicationId: id, accountId: id, why: z.string().trim().min(2).max(500) }))
    .output(ok),
  openSitting: command(CONVENE, 'Mark who is present and open the meeting; attendance is fixed then')
    .input(changed.extend({ present: z.array(id).max(200) }))
    .output(ok),
  openVote: command(CONVENE, 'Open the vote on cases')
    .input(some)
    .output(z.object({ opened: z.number().int() })),
  closeVote: command(CONVENE, 'Close the vote and count: who passed goes on, who did not is refused with the figures')
    .input(some.extend({ withoutAll: z.boolean().default(false).describe('Close although ballots are missing') }))
    .output(z.object({ counted: z.number().int(), passed: z.number().int() })),
  closePanel: command(CONVENE, 'Close the meeting and number its minutes')
    .input(one)
    .output(z.object({ label: z.string() })),
  minutes: query(CONVENE, 'The minutes as PDF').input(one.extend({ locale })).output(z.file()),

  myPanels: query(SIT, 'Meetings that one is a member of').output(
    z.array(panelRow.extend({ toVote: z.number().int(), toSign: z.boolean() })),
  ),
  myPanel: query(SIT, 'A meeting as a member sees it').input(one.extend({ locale })).output(sitting),
  sittingFile: query(SIT, 'A file of a paper before the meeting')
    .input(one.extend({ applicationId: id, nth: z.coerce.number().int().min(1).max(200) }))
    .output(z.file()),
  declareRecusal: command(SIT, 'Leave seat and vote for a case, before its vote is open')
    .input(one.extend({ applicationId: id, why: z.string().trim().min(2).max(500) }))
    .output(ok),
  castBallots: command(SIT, 'Vote in secret: each ballot lies under the hash of a receipt that only the voter holds')
    .input(
      one.extend({
        ballots: z
          .array(z.object({ applicationId: id, choice: z.enum(BALLOTS), receipt: z.string().regex(/^[0-9a-f]{64}$/) }))
          .min(1)
          .max(500),
      }),
    )
    .output(z.object({ cast: z.number().int() })),
  // A command although it reads: receipts belong into no address.
  checkBallots: command(SIT, 'Whether one’s ballots lie in the urn, by their receipts')
    .input(
      one.extend({
        receipts: z
          .array(z.object({ applicationId: id, receipt: z.string().regex(/^[0-9a-f]{64}$/) }))
          .min(1)
          .max(500),
      }),
    )
    .output(z.array(z.object({ applicationId: id, choice: z.enum(BALLOTS).nullable() }))),
  signMinutes: command(SIT, 'Sign the minutes as a member who was present')
    .input(one.extend({ digest: z.string().describe('Of the minutes as read') }))
    .output(z.object({ state: z.enum(PANEL_STATES) })),
  sittingMinutes: query(SIT, 'The minutes as PDF, for a member').input(one.extend({ locale })).output(z.file()),
}
