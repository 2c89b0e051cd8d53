/** Sessions, the host’s screen, attendance, leave, completion. */
import { z } from 'zod'
import { command, decimal, id, query } from '../../../platform/access/contract.ts'
import { classId, figure, instant, ok, people, reason, sessionId, sessionRow } from './shapes.ts'

export const sessions = {
  sessions: query('training.plan.read', 'Sessions of a class').input(classId).output(z.array(sessionRow)),
  saveSession: command('training.session.write', 'Add or change a session')
    .input(
      classId.extend({
        sessionId: id.optional(),
        title: z.string().trim().min(1).max(120),
        place: z.string().trim().min(1).max(120),
        starts: instant,
        ends: instant,
        term: z.number().int().min(1).default(1),
        compulsory: z.boolean().default(false),
      }),
    )
    .output(z.object({ sessionId: id, clashes: z.number().int() })),
  removeSession: command('training.session.write', 'Remove a session that nobody attended').input(sessionId).output(ok),
  clashes: query('training.session.write', 'People whose sessions overlap')
    .input(classId)
    .output(
      z.array(
        z.object({
          personId: id,
          name: z.string(),
          sessionId: id,
          title: z.string(),
          starts: z.string(),
          withClass: z.string(),
          withClassEn: z.string(),
          withTitle: z.string(),
        }),
      ),
    ),
  screen: query('training.host', 'What the host’s screen shows now')
    .input(sessionId)
    .output(
      z.object({
        session: sessionRow,
        className: z.string(),
        classNameEn: z.string(),
        token: z.string(),
        url: z.string(),
        code: z.string(),
        secondsLeft: z.number().int(),
        periodSeconds: z.number().int().describe('How long one code is shown'),
        open: z.boolean(),
        now: z.string(),
        latest: z.array(z.object({ name: z.string(), orgName: z.string(), at: z.string() })),
      }),
    ),
  attendance: query('training.enrolment.read', 'Who was there')
    .input(sessionId)
    .output(
      z.array(
        z.object({
          personId: id,
          name: z.string(),
          number: z.string(),
          orgName: z.string(),
          state: z.string().nullable(),
          mode: z.string().nullable(),
          at: z.string().nullable(),
          reason: z.string().nullable(),
          leave: z.object({ state: z.string(), reason: z.string() }).nullable(),
        }),
      ),
    ),
  checkInByHand: command('training.host', 'Check people in by hand, with a reason')
    .input(sessionId.extend({ personIds: people, reason }))
    .output(z.object({ recorded: z.number().int() })),
  importAttendance: command('training.host', 'Attendance from a signed list (.xlsx), for places without network')
    .input(sessionId.extend({ file: z.file().max(5 * 2 ** 20) }))
    .output(
      z.object({
        recorded: z.number().int(),
        already: z.number().int(),
        faults: z.array(z.object({ cell: z.string(), code: z.string(), value: z.string() })),
      }),
    ),
  attendanceSheet: query('training.host', 'The list to sign, as .xlsx').input(sessionId).output(z.file()),
  leaveRequests: query('training.leave.decide', 'Requests for leave, in scope')
    .input(z.object({ open: z.coerce.boolean().default(true) }))
    .output(
      z.array(
        z.object({
          personId: id,
          name: z.string(),
          orgName: z.string(),
          sessionId: id,
          className: z.string(),
          classNameEn: z.string(),
          title: z.string(),
          starts: z.string(),
          reason: z.string(),
          state: z.string(),
          askedAt: z.string(),
        }),
      ),
    ),
  decideLeaves: command('training.leave.decide', 'Grant or refuse leave, one request or many with one answer')
    .input(
      z.object({
        requests: z
          .array(sessionId.extend({ personId: id }))
          .min(1)
          .max(500),
        grant: z.boolean(),
        answer: z.string().max(300).default(''),
      }),
    )
    .output(z.object({ decided: z.number().int() })),
  completionPreview: query(
    'training.enrolment.read',
    'Who would complete the class as attendance stands, by the rule that decides, with the share asked for',
  )
    .input(classId)
    .output(
      z.object({
        decided: z.boolean().describe('The class is completed: this is what was decided'),
        rule: figure,
        sessions: z.number().int(),
        over: z.number().int(),
        passing: z.number().int(),
        failing: z.number().int(),
        people: z.array(
          z.object({
            personId: id,
            name: z.string(),
            number: z.string(),
            orgName: z.string(),
            attended: z.number().int(),
            required: z.number().int(),
            passed: z.boolean(),
            reasons: z.array(z.string()),
          }),
        ),
      }),
    ),
  completeClass: command('training.class.write', 'Decide completion by rule, enter credits, issue certificates')
    .input(classId)
    .output(z.object({ passed: z.number().int(), failed: z.number().int(), credits: decimal })),
  certificate: query('training.own', 'One’s own certificate as PDF')
    .input(z.object({ documentId: id, locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.file()),
}
