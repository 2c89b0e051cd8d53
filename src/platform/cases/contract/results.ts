/** What cases end in: decisions by rank, filing, the archive of designations with their terms, assessments, removals, members. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../../access/contract.ts'
import { toldRow } from '../../forms/contract.ts'
import { bilingual } from '../../policy/contract.ts'

const DECIDE = 'cases.decide'
const READ = 'cases.designation.read'
const MANAGE = 'cases.designation.manage'
const ok = z.object({})
const locale = z.enum(['zh-CN', 'en']).default('zh-CN')
const place = z.object({ callId: id, stage: z.string() })
const several = place.extend({ applicationIds: z.array(id).min(1).max(5_000) })
const reason = z.string().trim().min(2).max(1_000)

const votes = z.object({
  ayes: z.number().int(),
  noes: z.number().int(),
  blanks: z.number().int(),
  entitled: z.number().int(),
})

const head = place.extend({ callTitle: bilingual, stageTitle: bilingual })
const candidate = z.object({
  applicationId: id,
  name: z.string(),
  org: z.string(),
  track: z.string().nullable(),
  trackTitle: bilingual.nullable(),
  score: z.string().nullable(),
  /** Within the track; those with the same score share a rank. */
  rank: z.number().int(),
  votes: votes.nullable(),
})

const ranking = head.extend({
  quotas: z.array(
    z.object({
      org: z.string(),
      track: bilingual.nullable(),
      places: z.number().int(),
      taken: z.number().int(),
    }),
  ),
  rows: z.array(candidate.extend({ decided: z.enum(['yes', 'no']).nullable(), words: z.string().nullable() })),
})

const filing = head.extend({
  result: z.object({
    kind: z.string(),
    title: bilingual,
    level: z.string(),
    years: z.number().int().nullable(),
    duties: z.array(bilingual),
    certificate: z.boolean(),
  }),
  rows: z.array(
    candidate.extend({
      /** The same kind is held already, and until when; null for good. */
      held: z.object({ until: z.string().nullable() }).nullable(),
    }),
  ),
})

const key = z.object({ holderId: id, designationId: id })
export const LEVELS = ['national', 'city', 'district', 'school'] as const

const designationRow = key.extend({
  personId: id.nullable(),
  name: z.string(),
  org: z.string(),
  kind: z.string(),
  title: bilingual,
  level: z.enum(LEVELS),
  from: civilDate,
  /** The last day; null where it stays. */
  until: civilDate.nullable(),
  state: z.enum(['coming', 'holding', 'over', 'removed']),
  removedOn: civilDate.nullable(),
  circular: z.string().nullable(),
  certificate: z.string().nullable(),
  lastYear: z.number().int().nullable(),
  lastGrade: bilingual.nullable(),
})

const filters = z.object({
  q: z.string().trim().max(60).optional(),
  kind: z.string().max(120).optional(),
  level: z.enum(LEVELS).optional(),
  orgId: id.optional().describe('And all below it'),
  on: civilDate.optional().describe('Holding on this day'),
  expiring: z.coerce.number().int().min(1).max(3_660).optional().describe('Holding today, over within so many days'),
  unassessed: z.coerce.number().int().min(1990).max(2200).optional().describe('Not assessed in this year'),
})

const designation = designationRow.extend({
  duties: z.array(bilingual),
  removedWhy: z.string().nullable(),
  callId: id.nullable(),
  callTitle: bilingual.nullable(),
  /** Assessed every year by these grades. */
  grades: z.array(z.object({ id: z.string(), title: bilingual, removes: z.boolean() })),
  assessed: z.boolean(),
  /** What is filled in with an assessment, for the screen; null where nothing but a grade is asked. */
  form: z.record(z.string(), z.unknown()).nullable(),
  mostMembers: z.number().int().nullable(),
  assessments: z.array(
    z.object({
      year: z.number().int(),
      grade: bilingual,
      words: z.string().nullable(),
      /** The form as it was filled in. */
      answers: z.array(toldRow),
      by: z.string(),
      at: z.string(),
    }),
  ),
  members: z.array(z.object({ id, name: z.string(), org: z.string(), from: civilDate, until: civilDate.nullable() })),
})

export const resultProcedures = {
  decisionsWaiting: query(
    DECIDE,
    'Stages at which cases wait for a meeting, a decision or filing by one’s office',
  ).output(
    z.array(head.extend({ kind: z.enum(['panel', 'decide', 'file']), waiting: z.number().int(), since: z.string() })),
  ),
  ranking: query(DECIDE, 'Cases at a decision by rank, with scores, votes and places').input(place).output(ranking),
  decideCases: command(DECIDE, 'Say yes or no to cases, within the places there are')
    .input(several.extend({ verdict: z.enum(['yes', 'no']), words: z.string().trim().max(1_000).optional() }))
    .output(z.object({ decided: z.number().int() })),
  filing: query(DECIDE, 'Cases that wait to be filed, and whether they hold the same already')
    .input(place.extend({ from: civilDate.optional() }))
    .output(filing),
  fileCases: command(DECIDE, 'File results: designations with their term, certificates, the circular')
    .input(several.extend({ from: civilDate, circular: z.string().trim().min(2).max(120).optional() }))
    .output(
      z.object({
        filed: z.number().int(),
        firstCertificate: z.string().nullable(),
        lastCertificate: z.string().nullable(),
      }),
    ),

  designations: query(READ, 'Designations in one’s scope')
    .input(filters.extend(paging.shape))
    .output(page(designationRow)),
  designationKinds: query(READ, 'Kinds of designations in one’s scope').output(
    z.array(z.object({ kind: z.string(), title: bilingual, level: z.enum(LEVELS), holding: z.number().int() })),
  ),
  exportDesignations: query(READ, 'Designations as an Excel list').input(filters.extend({ locale })).output(z.file()),
  designation: query(READ, 'A designation with duties, assessments and members')
    .input(key.extend({ locale }))
    .output(designation),
  myDesignations: query(READ, 'One’s own designations, and the studios that one belongs to')
    .input(z.object({ locale }).prefault({}))
    .output(
      z.object({
        held: z.array(designation),
        memberOf: z.array(
          z.object({
            designationId: id,
            title: bilingual,
            host: z.string(),
            from: civilDate,
            until: civilDate.nullable(),
          }),
        ),
      }),
    ),
  designationCertificate: query(READ, 'A certificate as PDF').input(key.extend({ locale })).output(z.file()),
  assessDesignations: command(MANAGE, 'Enter the assessment of a year; a grade that removes removes')
    .input(
      z.object({
        of: z.array(key).min(1).max(2_000),
        year: z.number().int().min(1990).max(2200),
        grade: z.string().max(60),
        words: z.string().trim().max(1_000).optional(),
        answers: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .output(z.object({ assessed: z.number().int(), removed: z.number().int() })),
  removeDesignation: command(MANAGE, 'Remove a designation with its cause; the certificate is revoked')
    .input(key.extend({ on: civilDate, why: reason }))
    .output(ok),
  addMember: command(MANAGE, 'Take somebody into a studio')
    .input(key.extend({ number: z.string().trim().min(1).max(40), from: civilDate }))
    .output(z.object({ memberId: id, name: z.string() })),
  endMember: command(MANAGE, 'End a membership of a studio')
    .input(key.extend({ memberId: id, on: civilDate }))
    .output(ok),
}
