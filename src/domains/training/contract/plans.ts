/** Plans, classes, places and delegation. */
import { z } from 'zod'
import { command, id, page, paging, query } from '../../../platform/access/contract.ts'
import { candidateOrder, enrolmentOrder } from './orders.ts'
import {
  candidate,
  classId,
  classRow,
  clause,
  enrolmentRow,
  hoursGiven,
  instant,
  locale,
  ok,
  people,
  period,
  planRow,
  quotaRow,
  reason,
  target,
} from './shapes.ts'

const enrolments = classId.extend(enrolmentOrder.shape).extend({
  state: z.string().max(100).optional().describe('One or several, separated by commas'),
  orgId: id.optional(),
  search: z.string().max(40).optional(),
})

export const plans = {
  plans: query('training.plan.read', 'Yearly plans with their projects')
    .input(z.object({ year: z.coerce.number().int().optional() }))
    .output(z.array(planRow)),
  importPlan: command('training.plan.write', 'Take a plan over from the authority’s pack')
    .input(z.object({ orgId: id, authority: z.string().max(40), year: z.number().int() }))
    .output(z.object({ planId: id, created: z.boolean() })),
  publishPlan: command('training.plan.publish', 'Publish a plan: schools and teachers see it')
    .input(z.object({ planId: id }))
    .output(ok),
  classes: query('training.plan.read', 'Classes of a plan with their figures')
    .input(z.object({ planId: id }))
    .output(z.array(classRow)),
  class: query('training.plan.read', 'One class').input(classId).output(classRow),
  createClass: command('training.class.write', 'Add a class to a plan')
    .input(
      z.object({
        planId: id,
        projectId: id,
        code: z.string().trim().min(1).max(40),
        name: z.string().trim().min(2).max(120),
        nameEn: z.string().trim().max(160).default(''),
        level: z.enum(['school', 'district', 'city', 'national']),
        kind: z.string().max(40),
        creditKind: z.string().max(40),
        target,
        places: z.number().int().min(1).max(100_000).nullable(),
        hours: hoursGiven,
        terms: z.number().int().min(1).max(20).default(1),
        period: period.nullable().default(null),
        budgetFen: z.number().int().min(0).default(0),
        enrolment: z.enum(['delegated', 'open']),
      }),
    )
    .output(z.object({ classId: id })),
  updateClass: command('training.class.write', 'Change a class before places are shared out')
    .input(
      classId.extend({
        name: z.string().trim().min(2).max(120).optional(),
        nameEn: z.string().trim().max(160).optional(),
        period: period.nullable().optional(),
        places: z.number().int().min(1).max(100_000).nullable().optional(),
        hours: hoursGiven.optional(),
        target: target.optional(),
        budgetFen: z.number().int().min(0).optional(),
        enrolment: z.enum(['delegated', 'open']).optional(),
      }),
    )
    .output(ok),
  eligible: query('training.delegate.read', 'Who a class is for, in scope, with the fair-share figure')
    .input(
      classId
        .extend(paging.shape)
        .extend(candidateOrder.shape)
        .extend({ orgId: id.optional(), search: z.string().max(40).optional() }),
    )
    .output(page(candidate)),
  explain: query('training.delegate.read', 'Why a person may or may not be sent')
    .input(classId.extend({ personId: id }))
    .output(
      z.object({
        eligible: z.boolean(),
        conditions: z.array(z.object({ id: z.string(), holds: z.boolean(), wanted: z.unknown(), found: z.unknown() })),
        clause,
      }),
    ),
  shareOut: command('training.class.write', 'Share places out to schools by largest remainder and open delegation')
    .input(classId.extend({ deadline: instant }))
    .output(z.object({ schools: z.number().int(), places: z.number().int() })),
  adjustQuota: command('training.class.write', 'Change a school’s places by hand, with a reason')
    .input(classId.extend({ orgId: id, places: z.number().int().min(0), reason }))
    .output(ok),
  quotas: query('training.delegate.read', 'Places by school').input(classId).output(z.array(quotaRow)),
  ownPlaces: query(
    'training.delegate.read',
    'Places of the schools in scope in all classes of a plan, one line a class',
  )
    .input(z.object({ planId: id }))
    .output(
      z.array(
        z.object({
          classId: id,
          schools: z.number().int(),
          places: z.number().int(),
          taken: z.number().int(),
          waiting: z.number().int(),
        }),
      ),
    ),
  propose: command(
    'training.delegate.write',
    'Propose eligible people within the school’s places; the rest wait in line if asked',
  )
    .input(classId.extend({ orgId: id, personIds: people, waitIfFull: z.boolean().default(false) }))
    .output(z.object({ proposed: z.array(id), waiting: z.array(id) })),
  takeBackProposals: command(
    'training.delegate.write',
    'Take proposals back, one or many; their places go to the next in line',
  )
    .input(classId.extend({ personIds: people, reason }))
    .output(z.object({ takenBack: z.number().int() })),
  confirmClass: command(
    'training.class.write',
    'Confirm the proposals; places left over go to the waiting lines of other schools',
  )
    .input(classId)
    .output(z.object({ confirmed: z.number().int(), fromWaiting: z.number().int() })),
  enrolments: query('training.enrolment.read', 'People of a class, in scope')
    .input(enrolments.extend(paging.shape))
    .output(page(enrolmentRow)),
  exportEnrolments: query('training.enrolment.read', 'People of a class as .xlsx, as far as one may see them')
    .input(enrolments.extend({ locale }))
    .output(z.file()),
}
