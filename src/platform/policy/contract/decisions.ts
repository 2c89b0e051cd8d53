/** Decisions that are kept with their reasons, and objections to them or to the facts they rest on. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../access/contract.ts'
import { explanation } from './explain.ts'
import { about, bilingual, foundParameter } from './words.ts'

const decisionRow = z.object({
  id,
  personId: id,
  set: z.string(),
  title: bilingual,
  asOf: civilDate,
  knownAt: z.string().describe('When it was decided, and what was known then'),
  outcome: z.string(),
  purpose: z.string(),
  madeBy: z.string(),
  insteadOf: id.nullable(),
  stands: z.boolean().describe('No later decision took its place'),
})
export type DecisionRow = z.infer<typeof decisionRow>

const decisionAgain = z.object({
  decision: decisionRow,
  /** From the facts and the versions that were kept. */
  asItStood: explanation,
  /** Run again, it comes out as it was decided, condition by condition. */
  same: z.boolean(),
  /** The same question as of the same day, by what is known today; null where the rule is gone. */
  today: explanation.nullable(),
})
export type DecisionAgain = z.infer<typeof decisionAgain>

const objectionRow = z.object({
  id,
  /** The person or the school it is about. */
  about: z.object({ kind: about, id, name: z.string(), nameEn: z.string().nullable() }),
  orgName: z.string().describe('Where the person is employed, or what the school belongs to'),
  raisedBy: z.string().nullable().describe('Who raised it on behalf of a school'),
  own: z.boolean().describe('Raised by the asker: somebody else answers'),
  set: z.string(),
  title: bilingual,
  asOf: civilDate,
  decisionId: id.nullable(),
  /** The fact objected to; null where it is the result. */
  fact: z.object({ id: z.string(), title: bilingual, unit: z.string().nullable(), was: z.unknown() }).nullable(),
  text: z.string(),
  state: z.enum(['open', 'upheld', 'rejected']),
  raisedAt: z.string(),
  dueOn: civilDate.nullable(),
  dueBy: foundParameter.nullable().describe('The figure that the day rests on, as it held when it was raised'),
  ownerRole: z.string(),
  ownerName: z.string().describe('The organisation that answers'),
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  /** Where it was upheld before anything was corrected. */
  remedy: z
    .object({ what: z.string().describe('What will be corrected'), by: civilDate.describe('The last day for it') })
    .nullable(),
  newDecisionId: id.nullable(),
})
export type ObjectionRow = z.infer<typeof objectionRow>

const set = z.string().max(120).describe('Id of the requirement set')
const reason = z.string().trim().min(2).max(1000)
const objecting = z.object({
  set,
  asOf: civilDate.optional(),
  fact: z.string().max(120).optional().describe('The fact that is wrong; the result itself where left out'),
  text: z.string().trim().min(5).max(1000),
})
const ids = z.object({ aboutId: id.describe('The person or the school it is about'), objectionId: id })

export const decisionProcedures = {
  decide: command('policy.decide', 'Decide on people by a requirement set; facts and reasons are kept')
    .input(
      z.object({
        set,
        orgId: id.describe('Everybody employed there on the day'),
        personIds: z.array(id).max(1000).optional().describe('Only these of them'),
        asOf: civilDate.optional(),
        purpose: z.string().trim().min(2).max(200),
      }),
    )
    .output(z.object({ decided: z.array(z.object({ outcome: z.string(), people: z.number().int() })) })),
  decisions: query('policy.explain', 'What was decided of a person')
    .input(z.object({ personId: id }))
    .output(z.array(decisionRow)),
  decision: query('policy.explain', 'A decision as it stood, and as it would be today')
    .input(z.object({ personId: id, decisionId: id }))
    .output(decisionAgain),
  object: command('policy.object', 'Object to a decision on oneself, or to a fact that it rests on')
    .input(objecting.extend({ decisionId: id.optional() }))
    .output(z.object({ id })),
  objectForSchool: command(
    'policy.school.object',
    'Object on behalf of a school to how it was judged, or to a fact behind it',
  )
    .input(objecting.extend({ orgId: id }))
    .output(z.object({ id })),
  ownObjections: query('policy.object', 'One’s own objections and their answers').output(z.array(objectionRow)),
  schoolObjections: query(
    'policy.school.object',
    'Objections on behalf of the schools in scope, and their answers',
  ).output(z.array(objectionRow)),
  objections: query('policy.objection.answer', 'Objections that one may answer')
    .input(z.object({ open: z.coerce.boolean().default(true) }))
    .output(z.array(objectionRow)),
  objection: query('policy.objection.answer', 'An objection with what it is about, as it stood and as it is today')
    .input(ids)
    .output(
      z.object({
        objection: objectionRow,
        asItStood: explanation,
        same: z.boolean(),
        today: explanation.nullable(),
        changed: z.boolean().describe('The fact, or the result, is another one today: something was corrected'),
      }),
    ),
  answerObjection: command('policy.objection.answer', 'Answer an objection with a reason; a decision may be made anew')
    .input(
      ids.extend({
        uphold: z.boolean(),
        answer: reason,
        remedy: z
          .object({ what: reason, by: civilDate })
          .optional()
          .describe('What will be corrected and by when: needed to uphold it before anything was corrected'),
        anew: z.boolean().default(false).describe('Decide again by what is known now'),
      }),
    )
    .output(z.object({ decisionId: id.nullable(), outcome: z.string().nullable() })),
}
