/** Training: plans, classes, places, enrolment, sessions, check-in, completion, credits, audit, findings. */
import { z } from 'zod'
import { command, decimal, id, page, paging, query } from '../../platform/access/contract.ts'

const ok = z.object({})
const people = z.array(id).min(1).max(500)
const reason = z.string().trim().min(2).max(500)
const classId = z.object({ classId: id })
const sessionId = z.object({ sessionId: id })
const instant = z.iso.datetime({ offset: true })

export const target = z.strictObject({
  stages: z.array(z.string()).optional(),
  categories: z.array(z.string()).optional(),
  subjects: z.array(z.string()).optional(),
  posts: z.array(z.string()).optional(),
  excludePosts: z.array(z.string()).optional(),
  honoursAny: z.array(z.string()).optional(),
  titlesAny: z.array(z.string()).optional(),
  serviceYears: z.strictObject({ from: z.number().int().min(0).optional(), to: z.number().int().max(60).optional() }).optional(),
  hiredWithinMonths: z.number().int().min(1).max(120).optional(),
})
const clause = z.object({ document: z.string(), number: z.string().optional(), article: z.string().optional(), words: z.string().optional() }).partial()

export const classRow = z.object({
  id, code: z.string(), name: z.string(), nameEn: z.string(), projectId: id, project: z.string(), projectEn: z.string(), projectCode: z.string(),
  level: z.string(), kind: z.string(), creditKind: z.string(), places: z.number().int().nullable(), hours: decimal.nullable(), terms: z.number().int(),
  schedule: z.array(z.object({ places: z.number().int(), starts: z.string() })), sessionsPlanned: z.object({ days: z.number(), hoursPerDay: z.number() }).nullable(), assumed: z.array(z.string()),
  budgetFen: z.number().int(), enrolment: z.enum(['delegated', 'open']), state: z.string(), deadline: z.string().nullable(), target, clause,
  eligible: z.number().int(), shared: z.number().int(), seated: z.number().int(), waiting: z.number().int(), passed: z.number().int(), credits: decimal,
  sessions: z.number().int(), nextSession: z.string().nullable(),
})
export const planRow = z.object({
  id, orgId: id, year: z.number().int(), document: z.string(), title: z.string(), titleEn: z.string(), state: z.string(), issuedOn: z.string().nullable(),
  publishedAt: z.string().nullable(),
  projects: z.array(z.object({ id, code: z.string(), name: z.string(), nameEn: z.string(), aim: z.string() })),
})
const quotaRow = z.object({
  orgId: id, orgName: z.string(), eligible: z.number().int(), exact: decimal, byRule: z.number().int(), places: z.number().int(),
  taken: z.number().int(), waiting: z.number().int(), reason: z.string().nullable(),
})
const candidate = z.object({
  personId: id, name: z.string(), number: z.string(), orgName: z.string(), stages: z.array(z.string()), subjects: z.array(z.string()), title: z.string().nullable(),
  posts: z.array(z.string()), fairShare: decimal, recent: z.number().int(), state: z.string().nullable(), warned: z.boolean(),
})
const enrolmentRow = z.object({
  personId: id, name: z.string(), number: z.string(), orgId: id, orgName: z.string(), state: z.string(), seated: z.boolean(), term: z.number().int(),
  reason: z.string().nullable(), fairShare: decimal.nullable(), attended: z.number().int().nullable(), required: z.number().int().nullable(),
  credits: decimal.nullable(), present: z.number().int(), onLeave: z.number().int(),
})
const sessionRow = z.object({
  id, classId: id, ord: z.number().int(), term: z.number().int(), title: z.string(), place: z.string(), starts: z.string(), ends: z.string(),
  compulsory: z.boolean(), expected: z.number().int(), present: z.number().int(), onLeave: z.number().int(),
})
const mine = z.object({
  classId: id, code: z.string(), name: z.string(), nameEn: z.string(), project: z.string(), hours: decimal.nullable(), level: z.string(), state: z.string(), reason: z.string().nullable(),
  deadline: z.string().nullable(), credits: decimal.nullable(), attended: z.number().int().nullable(), required: z.number().int().nullable(),
  certificate: z.object({ id, label: z.string(), verifyCode: z.string() }).nullable(),
  sessions: z.array(sessionRow.pick({ id: true, title: true, place: true, starts: true, ends: true, compulsory: true }).extend({ attendance: z.string().nullable(), leave: z.string().nullable() })),
  clashes: z.array(z.object({ sessionId: id, withClass: z.string(), withTitle: z.string(), starts: z.string() })),
})
const entry = z.object({
  id, creditYear: z.number().int(), occurredOn: z.string(), kind: z.string(), level: z.string(), hours: decimal, credits: decimal, title: z.string(),
  sourceKind: z.string(), sourceId: id, counterOf: id.nullable(), countered: z.boolean(), reason: z.string().nullable(), locked: z.boolean(),
  objection: z.object({ id, state: z.string(), text: z.string(), answer: z.string().nullable(), dueOn: z.string() }).nullable(),
})
const figure = z.object({ value: decimal, unit: z.string(), clause, confidence: z.string() })
const rate = z.object({ id: z.string(), numerator: z.number(), denominator: z.number() })
const schoolYear = z.object({ orgId: id, year: z.coerce.number().int().min(2000).max(2100) })

export const trainingContract = {
  plans: query('training.plan.read', 'Yearly plans with their projects').input(z.object({ year: z.coerce.number().int().optional() })).output(z.array(planRow)),
  importPlan: command('training.plan.write', 'Take a plan over from the authority’s pack')
    .input(z.object({ orgId: id, authority: z.string().max(40), year: z.number().int() })).output(z.object({ planId: id, created: z.boolean() })),
  publishPlan: command('training.plan.publish', 'Publish a plan: schools and teachers see it').input(z.object({ planId: id })).output(ok),
  classes: query('training.plan.read', 'Classes of a plan with their figures').input(z.object({ planId: id })).output(z.array(classRow)),
  class: query('training.plan.read', 'One class').input(classId).output(classRow),
  createClass: command('training.class.write', 'Add a class to a plan')
    .input(z.object({
      planId: id, projectId: id, code: z.string().trim().min(1).max(40), name: z.string().trim().min(2).max(120), level: z.enum(['school', 'district', 'city', 'national']),
      kind: z.string().max(40), creditKind: z.string().max(40), target, places: z.number().int().min(1).max(100_000).nullable(), hours: decimal,
      terms: z.number().int().min(1).max(20).default(1), budgetFen: z.number().int().min(0).default(0), enrolment: z.enum(['delegated', 'open']),
    })).output(z.object({ classId: id })),
  updateClass: command('training.class.write', 'Change a class before places are shared out')
    .input(classId.extend({
      name: z.string().trim().min(2).max(120).optional(), places: z.number().int().min(1).max(100_000).nullable().optional(), hours: decimal.optional(), target: target.optional(),
      budgetFen: z.number().int().min(0).optional(), enrolment: z.enum(['delegated', 'open']).optional(),
    })).output(ok),
  eligible: query('training.delegate.read', 'Who a class is for, in scope, with the fair-share figure')
    .input(classId.extend(paging.shape).extend({ orgId: id.optional(), search: z.string().max(40).optional() })).output(page(candidate)),
  explain: query('training.delegate.read', 'Why a person may or may not be sent').input(classId.extend({ personId: id }))
    .output(z.object({ eligible: z.boolean(), conditions: z.array(z.object({ id: z.string(), holds: z.boolean(), wanted: z.unknown(), found: z.unknown() })), clause })),
  shareOut: command('training.class.write', 'Share places out to schools by largest remainder and open delegation')
    .input(classId.extend({ deadline: instant })).output(z.object({ schools: z.number().int(), places: z.number().int() })),
  adjustQuota: command('training.class.write', 'Change a school’s places by hand, with a reason')
    .input(classId.extend({ orgId: id, places: z.number().int().min(0), reason })).output(ok),
  quotas: query('training.delegate.read', 'Places by school').input(classId).output(z.array(quotaRow)),
  propose: command('training.delegate.write', 'Propose eligible people within the school’s places; the rest wait in line if asked')
    .input(classId.extend({ orgId: id, personIds: people, waitIfFull: z.boolean().default(false) }))
    .output(z.object({ proposed: z.array(id), waiting: z.array(id) })),
  takeBackProposal: command('training.delegate.write', 'Take a proposal back; the place goes to the next in line').input(classId.extend({ personId: id, reason })).output(ok),
  confirmClass: command('training.class.write', 'Confirm the proposals; places left over go to the waiting lines of other schools').input(classId)
    .output(z.object({ confirmed: z.number().int(), fromWaiting: z.number().int() })),
  enrolments: query('training.enrolment.read', 'People of a class, in scope')
    .input(classId.extend(paging.shape).extend({ state: z.string().optional(), orgId: id.optional(), search: z.string().max(40).optional() })).output(page(enrolmentRow)),

  mine: query('training.own', 'One’s own classes: proposals, sessions, clashes, certificates').output(z.array(mine)),
  openClasses: query('training.own', 'Open classes one may join').output(z.array(classRow.extend({ eligibleSelf: z.boolean(), full: z.boolean() }))),
  answer: command('training.own', 'Accept a proposal, or decline it with a reason').input(classId.extend({ accept: z.boolean(), reason: reason.optional() })).output(ok),
  enrol: command('training.own', 'Join an open class; wait in line when it is full').input(classId.extend({ waitIfFull: z.boolean().default(false) }))
    .output(z.object({ state: z.enum(['confirmed', 'waiting']) })),
  leaveClass: command('training.own', 'Give one’s place in an open class back before it begins').input(classId.extend({ reason })).output(ok),
  checkIn: command('training.own', 'Check in with the scanned code').input(z.object({ token: z.string().max(200) }))
    .output(z.object({ sessionTitle: z.string(), className: z.string(), at: z.string(), already: z.boolean() })),
  checkInWithDigits: command('training.own', 'Check in with the six digits on the screen').input(sessionId.extend({ digits: z.string().max(12) }))
    .output(z.object({ sessionTitle: z.string(), className: z.string(), at: z.string(), already: z.boolean() })),
  askLeave: command('training.own', 'Ask for leave from a session').input(sessionId.extend({ reason })).output(ok),
  myCredits: query('training.own', 'Credits by kind and year, what is missing, where each entry came from').output(z.object({
    cycle: z.object({ from: z.number().int(), to: z.number().int(), year: z.number().int() }),
    earned: decimal, missing: decimal, pace: decimal, onPace: z.boolean(), complete: z.boolean(), required: figure,
    fromDistrict: z.object({ earned: decimal, missing: decimal, required: figure }),
    byKind: z.array(z.object({ kind: z.string(), level: z.string(), hours: decimal, credits: decimal })),
    byYear: z.array(z.object({ year: z.number().int(), credits: decimal })), entries: z.array(entry),
  })),
  object: command('training.own', 'Object to an entry, or to one that is missing').input(z.object({ entryId: id.nullable(), text: z.string().trim().min(5).max(1000) })).output(z.object({ id })),

  sessions: query('training.plan.read', 'Sessions of a class').input(classId).output(z.array(sessionRow)),
  saveSession: command('training.session.write', 'Add or change a session')
    .input(classId.extend({
      sessionId: id.optional(), title: z.string().trim().min(1).max(120), place: z.string().trim().min(1).max(120), starts: instant, ends: instant, term: z.number().int().min(1).default(1),
      compulsory: z.boolean().default(false),
    })).output(z.object({ sessionId: id, clashes: z.number().int() })),
  removeSession: command('training.session.write', 'Remove a session that nobody attended').input(sessionId).output(ok),
  clashes: query('training.session.write', 'People whose sessions overlap').input(classId)
    .output(z.array(z.object({ personId: id, name: z.string(), sessionId: id, title: z.string(), starts: z.string(), withClass: z.string(), withTitle: z.string() }))),
  screen: query('training.host', 'What the host’s screen shows now').input(sessionId).output(z.object({
    session: sessionRow, className: z.string(), token: z.string(), url: z.string(), code: z.string(), secondsLeft: z.number().int(), open: z.boolean(), now: z.string(),
    latest: z.array(z.object({ name: z.string(), orgName: z.string(), at: z.string() })),
  })),
  attendance: query('training.enrolment.read', 'Who was there').input(sessionId).output(z.array(z.object({
    personId: id, name: z.string(), number: z.string(), orgName: z.string(), state: z.string().nullable(), mode: z.string().nullable(), at: z.string().nullable(),
    reason: z.string().nullable(), leave: z.object({ state: z.string(), reason: z.string() }).nullable(),
  }))),
  checkInByHand: command('training.host', 'Check people in by hand, with a reason').input(sessionId.extend({ personIds: people, reason })).output(z.object({ recorded: z.number().int() })),
  importAttendance: command('training.host', 'Attendance from a signed list (.xlsx), for places without network').input(sessionId.extend({ file: z.file().max(5 * 2 ** 20) }))
    .output(z.object({ recorded: z.number().int(), already: z.number().int(), faults: z.array(z.object({ cell: z.string(), code: z.string(), value: z.string() })) })),
  attendanceSheet: query('training.host', 'The list to sign, as .xlsx').input(sessionId).output(z.file()),
  leaveRequests: query('training.leave.decide', 'Requests for leave, in scope').input(z.object({ open: z.coerce.boolean().default(true) })).output(z.array(z.object({
    personId: id, name: z.string(), orgName: z.string(), sessionId: id, className: z.string(), title: z.string(), starts: z.string(), reason: z.string(), state: z.string(), askedAt: z.string(),
  }))),
  decideLeave: command('training.leave.decide', 'Grant or refuse leave').input(sessionId.extend({ personId: id, grant: z.boolean(), answer: z.string().max(300).default('') })).output(ok),
  completeClass: command('training.class.write', 'Decide completion by rule, enter credits, issue certificates').input(classId)
    .output(z.object({ passed: z.number().int(), failed: z.number().int(), credits: decimal })),
  certificate: query('training.own', 'One’s own certificate as PDF').input(z.object({ documentId: id, locale: z.enum(['zh-CN', 'en']).default('zh-CN') })).output(z.file()),

  objections: query('training.objection.answer', 'Objections, in scope').input(z.object({ open: z.coerce.boolean().default(true) })).output(z.array(z.object({
    id, personId: id, name: z.string(), orgName: z.string(), text: z.string(), state: z.string(), raisedAt: z.string(), dueOn: z.string(), answer: z.string().nullable(),
    entry: z.object({ id, title: z.string(), credits: decimal, occurredOn: z.string() }).nullable(),
  }))),
  answerObjection: command('training.objection.answer', 'Answer an objection; an upheld one takes the entry back')
    .input(z.object({ personId: id, objectionId: id, uphold: z.boolean(), answer: reason })).output(ok),
  credits: query('training.credit.read', 'Credits of people in scope').input(paging.extend({ orgId: id.optional(), year: z.coerce.number().int(), short: z.coerce.boolean().default(false), search: z.string().max(40).optional() }))
    .output(page(z.object({ personId: id, name: z.string(), number: z.string(), orgName: z.string(), year: decimal, cycle: decimal, fromDistrict: decimal, missing: decimal, onPace: z.boolean() }))),
  audits: query('training.credit.read', 'The yearly audit by school').input(z.object({ year: z.coerce.number().int() })).output(z.array(z.object({
    orgId: id, orgName: z.string(), state: z.string().nullable(), teachers: z.number().int(), compliant: z.number().int(), entries: z.number().int(), credits: decimal, openObjections: z.number().int(),
    sampled: z.number().int(), checked: z.number().int(), faults: z.number().int(), lockedAt: z.string().nullable(), seal: z.string().nullable(),
  }))),
  takeBackEntry: command('training.audit.check', 'Take an entry back by a counter-entry with a reason').input(z.object({ personId: id, entryId: id, reason })).output(ok),
  confirmCredits: command('training.audit.confirm', 'The school confirms its credits of a year').input(schoolYear).output(ok),
  drawSample: command('training.audit.check', 'Draw the sample by rule, or add people by hand').input(z.object({ year: z.number().int(), orgId: id, personIds: z.array(id).default([]) }))
    .output(z.object({ drawn: z.number().int() })),
  sample: query('training.audit.check', 'The sample of a school').input(schoolYear).output(z.array(z.object({
    personId: id, name: z.string(), number: z.string(), drawn: z.string(), result: z.string().nullable(), note: z.string().nullable(), entries: z.array(entry.pick({ id: true, title: true, kind: true, level: true, hours: true, credits: true, occurredOn: true })),
  }))),
  checkSample: command('training.audit.check', 'Record what the check of sampled people found')
    .input(z.object({ year: z.number().int(), personIds: people, result: z.enum(['sound', 'fault']), note: z.string().max(500).default('') })).output(z.object({ checked: z.number().int() })),
  finishCheck: command('training.audit.check', 'Finish the check of a school').input(schoolYear).output(ok),
  lockYear: command('training.audit.lock', 'Lock checked schools with a sealed total').input(z.object({ year: z.number().int() })).output(z.object({ locked: z.number().int() })),

  scorecards: query('training.scorecard.read', 'Scorecards by school, each figure with its definition').input(z.object({ planId: id })).output(z.object({
    definitions: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string(), definitionZh: z.string(), definitionEn: z.string(), clause })),
    schools: z.array(z.object({ orgId: id, orgName: z.string(), kind: z.string(), rates: z.array(rate), circular: z.object({ issuedAt: z.string(), acknowledgedAt: z.string().nullable() }).nullable() })),
  })),
  behind: query('training.scorecard.read', 'The people behind a figure, in scope').input(z.object({ planId: id, orgId: id, indicator: z.string(), met: z.coerce.boolean() }))
    .output(z.array(z.object({ personId: id, name: z.string(), number: z.string(), detail: z.string() }))),
  issueCirculars: command('training.circular.write', 'Issue the circular to every school').input(z.object({ planId: id })).output(z.object({ issued: z.number().int() })),
  circulars: query('training.circular.read', 'Circulars in scope').input(z.object({ planId: id.optional() })).output(z.array(z.object({
    id, planId: id, title: z.string(), orgId: id, orgName: z.string(), label: z.string(), issuedAt: z.string(), acknowledgedAt: z.string().nullable(), note: z.string().nullable(), rates: z.array(rate),
  }))),
  circular: query('training.circular.read', 'A circular as PDF').input(z.object({ circularId: id, locale: z.enum(['zh-CN', 'en']).default('zh-CN') })).output(z.file()),
  acknowledge: command('training.circular.acknowledge', 'The school acknowledges the circular').input(z.object({ circularId: id, note: z.string().max(500).default('') })).output(ok),
  overview: query('training.scorecard.read', 'The year in figures and pictures').input(z.object({ planId: id })).output(z.object({
    places: z.number().int(), seated: z.number().int(), passed: z.number().int(), credits: decimal, teachers: z.number().int(), onPace: z.number().int(),
    byProject: z.array(z.object({ projectId: id, name: z.string(), nameEn: z.string(), places: z.number().int(), seated: z.number().int(), passed: z.number().int() })),
    byMonth: z.array(z.object({ month: z.string(), sessions: z.number().int(), present: z.number().int(), expected: z.number().int() })),
    audit: z.object({ schools: z.number().int(), confirmed: z.number().int(), checked: z.number().int(), locked: z.number().int() }),
    circulars: z.object({ issued: z.number().int(), acknowledged: z.number().int() }), openObjections: z.number().int(), openLeave: z.number().int(),
  })),
}

