/** Moves of many at once: schools merged, school years taken over, retirement, turnover. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../../../platform/access/contract.ts'
import { Words } from '../../../platform/sheets/contract.ts'

const READ = 'records.person.read'
const WRITE = 'records.person.write'
const EXPORT = 'records.export'
const MERGE = 'records.school.merge'
const ok = z.object({})
const locale = z.enum(['zh-CN', 'en']).default('zh-CN')
const limit = z.coerce.number().int().min(1).max(200).default(50)
const cursor = z.string().max(120).optional()
const span = { orgId: id.optional(), from: civilDate.optional(), until: civilDate.optional() }
const codes = z.array(z.string().max(40)).max(20)
const merging = {
  fromIds: z.array(id).min(1).max(10),
  toId: id,
  on: civilDate,
  keepPosts: codes.default([]),
  joinClusters: z.boolean().default(true),
}
const count = z.number().int()

export const moveProcedures = {
  retirements: query(READ, 'Who reaches the statutory age of retirement, and when')
    .input(z.object({ ...span, cursor, limit }))
    .output(
      z.object({
        from: z.string(),
        until: z.string(),
        rows: z.array(
          z.object({
            personId: id,
            number: z.string(),
            name: z.string(),
            sex: z.string(),
            birthDate: z.string(),
            orgName: z.string(),
            category: z.string(),
            title: z.string().nullable(),
            subjects: codes,
            retiresOn: z.string(),
            /** By an approval on record; otherwise worked out. */
            approved: z.boolean(),
            /** The day has come, and the employment goes on. */
            past: z.boolean(),
          }),
        ),
        next: z.string().nullable(),
        total: count,
        years: z.array(z.object({ year: count, people: count, men: count, teachers: count })),
        schools: z.array(z.object({ orgId: id, name: z.string(), people: count })),
        /** People without date of birth or sex: they are on no list. */
        unknown: count,
        rule: z.array(
          z.object({
            id: z.string(),
            value: z.record(z.string(), z.number()),
            clause: z.unknown(),
            confidence: z.string(),
          }),
        ),
      }),
    ),
  exportRetirements: query(EXPORT, 'The list of retirements as .xlsx')
    .input(z.object({ ...span, locale }))
    .output(z.file()),
  turnover: query(READ, 'Who came and went, by organisation and reason')
    .input(z.object(span))
    .output(
      z.object({
        from: z.string(),
        until: z.string(),
        rows: z.array(
          z.object({
            orgId: id,
            kind: z.string(),
            name: z.string(),
            staff: count,
            left: count,
            joined: count,
            leavingRate: z.string().nullable(),
            joiningRate: z.string().nullable(),
          }),
        ),
        reasons: z.array(z.object({ kind: z.string(), came: z.boolean(), people: count })),
        definitions: z.array(z.object({ id: z.string(), name: Words, definition: Words })),
      }),
    ),
  turnoverPeople: query(READ, 'The people behind it')
    .input(
      z.object({
        ...span,
        came: z.stringbool().or(z.boolean()).optional(),
        kind: z.string().max(30).optional(),
        cursor,
        limit,
      }),
    )
    .output(
      z.object({
        rows: z.array(
          z.object({
            personId: id,
            number: z.string(),
            name: z.string(),
            orgName: z.string(),
            on: z.string(),
            came: z.boolean(),
            kind: z.string(),
            otherName: z.string().nullable(),
            reason: z.string().nullable(),
            /** Still in sight: the name leads to the record. */
            seen: z.boolean(),
          }),
        ),
        next: z.string().nullable(),
        total: count,
      }),
    ),
  exportTurnover: query(EXPORT, 'Turnover as .xlsx')
    .input(z.object({ ...span, locale }))
    .output(z.file()),

  previewSchoolMerge: query(MERGE, 'What merging schools would do')
    .input(
      z.object({
        ...merging,
        fromIds: z.union([id.transform((one) => [one]), merging.fromIds]),
        keepPosts: z.union([z.string().transform((one) => [one]), codes]).default([]),
        joinClusters: z.stringbool().or(z.boolean()).default(true),
      }),
    )
    .output(
      z.object({
        from: z.array(
          z.object({
            orgId: id,
            name: z.string(),
            people: count,
            secondary: count,
            posts: z.array(z.object({ code: z.string(), people: count })),
            accounts: count,
            officeRoles: count,
            clusters: z.array(z.string()),
            departments: count,
            arrivals: count,
            moves: count,
          }),
        ),
        to: z.object({ orgId: id, name: z.string(), people: count }),
        kept: z.array(z.object({ rel: z.string(), held: count })),
        clashes: z.array(z.object({ code: z.string(), people: z.array(z.string()) })),
      }),
    ),
  planSchoolMerge: command(MERGE, 'Merge schools on a day; on one that has come, at once')
    .input(z.object({ ...merging, reason: z.string().trim().min(2).max(200) }))
    .output(z.object({ mergeId: id, done: z.boolean() })),
  withdrawSchoolMerge: command(MERGE, 'Take back a merge whose day has not come')
    .input(z.object({ mergeId: id, reason: z.string().trim().min(2).max(200) }))
    .output(ok),
  schoolMerges: query(MERGE, 'Merges of schools, planned and done').output(
    z.array(
      z.object({
        mergeId: id,
        to: z.string(),
        from: z.array(z.string()),
        on: z.string(),
        state: z.string(),
        reason: z.string(),
        outcome: z.record(z.string(), z.number()).nullable(),
      }),
    ),
  ),

  schoolYear: query(WRITE, 'What goes on into a school year, person by person')
    .input(z.object({ orgId: id, year: z.coerce.number().int().min(2000).max(2100).optional() }))
    .output(
      z.object({
        orgId: id,
        orgName: z.string(),
        year: count,
        from: z.string(),
        doneAt: z.string().nullable(),
        rows: z.array(
          z.object({
            personId: id,
            number: z.string(),
            name: z.string(),
            teaching: z.array(z.object({ stage: z.string(), subject: z.string(), from: z.string().nullable() })),
            posts: z.array(z.object({ code: z.string(), from: z.string().nullable() })),
            leaves: z.string().nullable(),
          }),
        ),
      }),
    ),
  rollYear: command(WRITE, 'Take a school over into a school year: what is named ends, everything else goes on')
    .input(
      z.object({
        orgId: id,
        year: z.number().int().min(2000).max(2100),
        teachingEnds: z.array(id).max(5000).default([]),
        postsEnd: z
          .array(z.object({ personId: id, code: z.string().max(40) }))
          .max(5000)
          .default([]),
      }),
    )
    .output(z.object({ people: count, teachingEnded: count, postsEnded: count })),
  schoolYears: query(READ, 'Which schools have taken over into a school year')
    .input(z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }))
    .output(
      z.object({
        year: count,
        rows: z.array(
          z.object({
            orgId: id,
            name: z.string(),
            people: count,
            doneAt: z.string().nullable(),
            teachingEnded: count.nullable(),
            postsEnded: count.nullable(),
          }),
        ),
      }),
    ),
}
