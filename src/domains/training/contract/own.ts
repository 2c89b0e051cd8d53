/** What a teacher does: answers, own enrolment, check-in, credits, objections. */
import { z } from 'zod'
import { command, decimal, id, query } from '../../../platform/access/contract.ts'
import { classId, classRow, entry, figure, mine, ok, ownObjection, reason, sessionId } from './shapes.ts'

const checkedIn = z.object({
  sessionTitle: z.string(),
  className: z.string(),
  classNameEn: z.string(),
  at: z.string(),
  already: z.boolean(),
})

const demand = z.object({
  id: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  ofTotal: z.boolean().describe('It counts the credits of the cycle as a whole'),
  ofFloor: z.boolean().describe('It counts concentrated training at district level or above'),
  earned: decimal,
  missing: decimal,
  required: figure,
})

export const own = {
  mine: query(
    'training.own',
    'One’s own classes: proposals, sessions, leave, clashes, outcomes with their reasons, certificates',
  ).output(z.array(mine)),
  openClasses: query('training.own', 'Open classes one may join').output(
    z.array(classRow.extend({ eligibleSelf: z.boolean(), full: z.boolean() })),
  ),
  answer: command('training.own', 'Accept a proposal, or decline it with a reason')
    .input(classId.extend({ accept: z.boolean(), reason: reason.optional() }))
    .output(ok),
  enrol: command('training.own', 'Join an open class; wait in line when it is full')
    .input(classId.extend({ waitIfFull: z.boolean().default(false) }))
    .output(z.object({ state: z.enum(['confirmed', 'waiting']) })),
  leaveClass: command('training.own', 'Give one’s place in an open class back before it begins')
    .input(classId.extend({ reason }))
    .output(ok),
  checkIn: command('training.own', 'Check in with the scanned code')
    .input(z.object({ token: z.string().max(200) }))
    .output(checkedIn),
  checkInWithDigits: command('training.own', 'Check in with the six digits on the screen')
    .input(sessionId.extend({ digits: z.string().max(12) }))
    .output(checkedIn),
  askLeave: command('training.own', 'Ask for leave from a session').input(sessionId.extend({ reason })).output(ok),
  myCredits: query(
    'training.own',
    'Credits by kind and year, what is missing, where each entry came from, own objections',
  ).output(
    z.object({
      cycle: z.object({ from: z.number().int(), to: z.number().int(), year: z.number().int() }),
      earned: decimal,
      onPace: z.boolean(),
      complete: z.boolean(),
      demands: z.array(demand).describe('What the cycle asks for in credits, condition by condition'),
      pace: demand
        .nullable()
        .describe('What the pace asks for by the end of the year; null where nothing prescribes one'),
      byKind: z.array(z.object({ kind: z.string(), level: z.string(), hours: decimal, credits: decimal })),
      byYear: z.array(z.object({ year: z.number().int(), credits: decimal })),
      entries: z.array(entry),
      objections: z.array(ownObjection),
      answerWithin: figure.describe('Days in which an objection is answered'),
    }),
  ),
  object: command('training.own', 'Object to an entry, or to one that is missing')
    .input(
      z.object({
        entryId: id.nullable(),
        text: z.string().trim().min(5).max(1000),
        year: z
          .number()
          .int()
          .min(2000)
          .max(2100)
          .optional()
          .describe('Of a missing entry; the present one where left out'),
      }),
    )
    .output(z.object({ id })),
}
