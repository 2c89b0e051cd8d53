/** Public notices: published by an office, read and objected to by anybody, and what comes of objections and appeals. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../../access/contract.ts'
import { bilingual } from '../../policy/contract.ts'

const locale = z.enum(['zh-CN', 'en'])
const code = z.string().trim().min(4).max(60)
const words = z.string().trim().min(2).max(4_000)
const stage = z.string().max(60)

/** What is before the public, as its hash is made of it. */
export const listed = z.object({
  code: z.string(),
  call: bilingual,
  stage: bilingual,
  org: bilingual,
  from: civilDate,
  until: civilDate.describe('The last day'),
  days: z.number().int().describe('Working days'),
  columns: z.array(z.object({ key: z.string(), title: bilingual })),
  rows: z.array(z.object({ nth: z.number().int(), shown: z.record(z.string(), bilingual) })),
})
export type ListedNotice = z.infer<typeof listed>

const noticeState = z.enum(['open', 'over', 'withdrawn'])

const noticeRow = z.object({
  id,
  code: z.string(),
  callId: id,
  callTitle: bilingual,
  stage: z.string(),
  stageTitle: bilingual,
  orgName: z.string(),
  from: civilDate,
  until: civilDate,
  daysLeft: z.number().int().describe('Working days after today until it is over'),
  state: noticeState,
  cases: z.number().int(),
  openObjections: z.number().int(),
  publishedAt: z.string(),
})
export type NoticeRow = z.infer<typeof noticeRow>

const objectionRow = z.object({
  id,
  applicationId: id,
  kind: z.enum(['notice', 'appeal']),
  callId: id,
  callTitle: bilingual,
  stage: z.string(),
  stageTitle: bilingual,
  name: z.string().describe('Of the applicant'),
  orgName: z.string(),
  words: z.string(),
  named: z.boolean().describe('Who raised it gave a name, which is shown on request and on record'),
  raisedAt: z.string(),
  dueOn: civilDate.nullable(),
  daysLeft: z.number().int().nullable(),
  state: z.enum(['open', 'upheld', 'dismissed']),
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  answeredByName: z.string().nullable(),
  paused: z.boolean(),
  returnTo: z.array(z.object({ id: z.string(), title: bilingual })).describe('Stages the case may go back to'),
})
export type ObjectionRow = z.infer<typeof objectionRow>

export const publicView = z.object({
  listed,
  hash: z.string(),
  state: noticeState,
  open: z.boolean().describe('Objections are taken'),
  anonymous: z.boolean().describe('Also without a name'),
})
export type PublicNotice = z.infer<typeof publicView>

const subject = z.object({
  callId: id,
  stage,
  orgId: id.describe('In whose name; one of those that the asker acts for'),
})

export const noticeProcedures = {
  noticesDue: query('cases.notice.publish', 'Lists that wait to be published').output(
    z.array(
      z.object({
        callId: id,
        callTitle: bilingual,
        stage: z.string(),
        stageTitle: bilingual,
        orgId: id,
        orgName: z.string(),
        cases: z.number().int(),
        since: z.string(),
      }),
    ),
  ),
  noticePreview: query('cases.notice.publish', 'The notice as it would be published now')
    .input(subject)
    .output(z.object({ listed, anonymous: z.boolean(), objectionDays: z.number().int(), mark: z.string() })),
  publishNotice: command('cases.notice.publish', 'Put a list before the public')
    .input(
      subject.extend({
        mark: z.string().max(64).describe('Of the preview: it is refused where the list has changed since'),
      }),
    )
    .output(z.object({ id, code: z.string() })),
  withdrawNotice: command('cases.notice.publish', 'Take a notice back; its cases wait to be published again')
    .input(z.object({ noticeId: id, reason: z.string().trim().min(2).max(1_000) }))
    .output(z.object({})),
  notices: query('cases.case.read', 'Notices in scope, the latest first')
    .input(paging.extend({ callId: id.optional(), state: noticeState.optional() }))
    .output(page(noticeRow)),
  objections: query('cases.objection.answer', 'Objections and appeals that one answers')
    .input(
      paging.extend({
        state: z.enum(['open', 'upheld', 'dismissed']).optional(),
        kind: z.enum(['notice', 'appeal']).optional(),
      }),
    )
    .output(page(objectionRow)),
  revealObjector: command('cases.objection.answer', 'Who raised an objection, on record and with a reason')
    .input(z.object({ applicationId: id, objectionId: id, reason: z.string().trim().min(2).max(500) }))
    .output(z.object({ name: z.string(), contact: z.string() })),
  answerObjection: command('cases.objection.answer', 'Answer an objection or an appeal')
    .input(
      z.object({
        applicationId: id,
        objectionId: id,
        verdict: z.enum(['upheld', 'dismissed']),
        answer: words.describe('For who raised it'),
        told: words.optional().describe('For the applicant, where that is something else'),
        outcome: z
          .discriminatedUnion('act', [
            z.object({ act: z.literal('refuse') }),
            z.object({ act: z.literal('return'), to: stage.nullable() }),
          ])
          .optional()
          .describe('What becomes of the case where an objection is upheld'),
        to: stage.optional().describe('Where an appeal that is upheld leads; the stage that refused where left out'),
      }),
    )
    .output(z.object({})),

  publicNotice: query('public', 'A public notice by its code').input(z.object({ code })).output(publicView.nullable()),
  printNotice: query('public', 'A public notice as .pdf, with its hash')
    .route({ method: 'POST' })
    .input(z.object({ code, locale }))
    .output(z.file()),
  checkNotice: query('public', 'Whether a kept copy, or its hash, is what was published')
    .route({ method: 'POST' })
    .input(z.object({ code, copy: z.string().max(4 * 2 ** 20) }))
    .output(
      z.object({ same: z.boolean(), hash: z.string().nullable().describe('Of the copy; null where it is none') }),
    ),
  raiseObjection: command('public', 'Object to what is listed')
    .input(
      z.object({
        code,
        nth: z.number().int().min(1).describe('The line of the list'),
        words,
        by: z
          .object({ name: z.string().trim().min(2).max(64), contact: z.string().trim().min(5).max(120) })
          .nullable()
          .describe('Null: without a name, where the notice allows that'),
      }),
    )
    .output(z.object({ receipt: z.string().describe('Shown once; whoever holds it can look the answer up') })),
  objectionByReceipt: query('public', 'How an objection stands, by its receipt')
    .route({ method: 'POST' })
    .input(z.object({ receipt: code }))
    .output(
      z
        .object({
          kind: z.enum(['notice', 'appeal']),
          state: z.enum(['open', 'upheld', 'dismissed']),
          raisedAt: z.string(),
          dueOn: civilDate.nullable(),
          answer: z.string().nullable(),
          answeredAt: z.string().nullable(),
        })
        .nullable(),
    ),
}
