/** People: who works where since when, what they teach, titles, posts, honours. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../../../platform/access/contract.ts'

const ok = z.object({})
const codes = z.array(z.string().max(40)).max(20)
const dated = { from: z.string().nullable(), until: z.string().nullable() }

/** Filters of the list and of its export. Lists are OR within, AND between. */
export const filter = z.object({
  search: z.string().trim().max(40).optional(),
  orgId: id.optional(),
  stage: z.string().max(2).optional(),
  subject: z.string().max(4).optional(),
  category: z.string().max(2).optional(),
  title: z.string().max(20).optional(),
  post: z.string().max(40).optional(),
})
export const personRow = z.object({
  personId: id,
  name: z.string(),
  number: z.string(),
  orgId: id,
  orgName: z.string(),
  category: z.string().nullable(),
  basis: z.string().nullable(),
  stages: codes,
  subjects: codes,
  title: z.string().nullable(),
  posts: codes,
  serviceFrom: z.string().nullable(),
  employedFrom: z.string().nullable(),
})
const fact = z.object({ id, code: z.string(), name: z.string().nullable(), ...dated })
export const person = personRow.extend({
  /** Of who somebody is: name, number, sex, birth and identity document. */
  version: z.number().int(),
  sex: z.string(),
  birthDate: z.string().nullable(),
  idType: z.string(),
  idMasked: z.string().nullable(),
  workSince: z.string().nullable(),
  teachingSince: z.string().nullable(),
  /** When the first teacher certificate was given. */
  qualifiedOn: z.string().nullable(),
  employments: z.array(
    z.object({
      id,
      orgId: id,
      orgName: z.string(),
      category: z.string(),
      basis: z.string(),
      kind: z.string(),
      endReason: z.string().nullable(),
      ...dated,
    }),
  ),
  teachings: z.array(z.object({ id, stage: z.string(), subject: z.string(), ...dated })),
  titles: z.array(fact),
  postHistory: z.array(fact.extend({ orgName: z.string() })),
  honours: z.array(fact.extend({ level: z.string(), awardedOn: z.string().nullable() })),
  educations: z.array(
    z.object({
      id,
      level: z.string(),
      degree: z.string().nullable(),
      institution: z.string().nullable(),
      major: z.string().nullable(),
      graduatedOn: z.string().nullable(),
    }),
  ),
  login: z.string().nullable(),
  accountActive: z.boolean().nullable(),
  /** The day on which a transfer that is entered comes into force, and where to. */
  movesOn: z.string().nullable(),
  movesTo: z.string().nullable(),
  mayEdit: z.boolean(),
  mayTransfer: z.boolean(),
  mayHonour: z.boolean(),
  mayReveal: z.boolean(),
})
const revealed = z.object({ idType: z.string(), idNumber: z.string() })
const basics = z.object({
  name: z.string().trim().min(2).max(40),
  sex: z.enum(['0', '1', '2', '9']).default('0'),
  birthDate: civilDate.nullable().default(null),
  idNumber: z.string().trim().max(20).nullable().default(null),
  workSince: civilDate.nullable().default(null),
})
export const peopleProcedures = {
  people: query(
    'records.person.read',
    'Teachers in scope: by name, pinyin, initials, number or school; filtered; keyset-paged',
  )
    .input(paging.extend(filter.shape))
    .output(page(personRow)),
  person: query('records.person.read', 'One teacher with full history')
    .input(z.object({ personId: id }))
    .output(person),
  me: query('records.person.own', 'One’s own record').output(person),
  codes: query('self', 'Code tables of the state, the ministry and the house')
    .input(z.object({ tables: z.string().max(200).optional().describe('Names with commas between') }))
    .output(
      z.array(
        z.object({
          table: z.string(),
          code: z.string(),
          zh: z.string(),
          en: z.string().nullable(),
          local: z.boolean(),
        }),
      ),
    ),
  addTeacher: command('records.person.write', 'Take a teacher on at a school')
    .input(
      basics.extend({
        orgId: id,
        number: z.string().trim().max(32).optional(),
        category: z.string().max(2),
        basis: z.enum(['in_post', 'contract']),
        from: civilDate,
        stage: z.string().max(2).optional(),
        subjects: codes.default([]),
        title: z.string().max(20).optional(),
        posts: codes.default([]),
      }),
    )
    /** The login is another than the number in lower case where that one was somebody's already. */
    .output(z.object({ personId: id, number: z.string(), login: z.string() })),
  /** What is left out stays as it is; so do identity number and first day of work where they are null. */
  correct: command('records.person.write', 'Correct basic data')
    .input(
      z.object({
        personId: id,
        /** As the writer saw it: where somebody else has changed the person since, it is refused with what stands now. */
        version: z.number().int().optional(),
        number: z.string().trim().min(1).max(32).optional(),
        name: z.string().trim().min(2).max(40).optional(),
        sex: z.enum(['0', '1', '2', '9']).optional(),
        birthDate: civilDate.nullable().optional(),
        idNumber: z.string().trim().max(40).optional(),
        workSince: civilDate.optional(),
      }),
    )
    /** The login, where it changed with the number. */
    .output(z.object({ login: z.string().nullable() })),
  setTeaching: command('records.person.write', 'What somebody teaches from a date on')
    .input(
      z.object({
        personId: id,
        from: civilDate,
        teaching: z.array(z.object({ stage: z.string().max(2), subject: z.string().max(4) })).max(12),
      }),
    )
    .output(ok),
  setTitle: command('records.person.write', 'The title from a date on')
    .input(z.object({ personId: id, from: civilDate, title: z.string().max(20) }))
    .output(ok),
  setPosts: command('records.person.write', 'The posts from a date on')
    .input(z.object({ personId: id, from: civilDate, posts: codes }))
    .output(ok),
  transfer: command(
    'records.transfer',
    'Move somebody to another school; the history stays. A day to come: entered now, in force on the day',
  )
    .input(z.object({ personId: id, toOrgId: id, on: civilDate, reason: z.string().trim().min(2).max(200) }))
    .output(ok),
  withdrawTransfer: command('records.transfer', 'Take back a transfer whose day has not come')
    .input(z.object({ personId: id }))
    .output(ok),
  arrivals: query('records.person.read', 'Who is expected at a school in scope on a day to come').output(
    z.array(
      z.object({
        personId: id,
        number: z.string(),
        name: z.string(),
        orgId: id,
        orgName: z.string(),
        fromName: z.string(),
        movesOn: z.string(),
      }),
    ),
  ),
  revealIdentity: command('records.identity.reveal', 'An identity number in full, for a purpose that is kept', {
    fresh: true,
  })
    .input(z.object({ personId: id, purpose: z.string().trim().min(4).max(200) }))
    .output(revealed),
  revealOwnIdentity: command('records.person.own', 'One’s own identity number in full', { fresh: true }).output(
    revealed,
  ),
  leave: command('records.transfer', 'End somebody’s employment')
    .input(z.object({ personId: id, on: civilDate, reason: z.string().trim().min(2).max(200) }))
    .output(ok),
  employ: command('records.transfer', 'Employ somebody again who had left')
    .input(
      z.object({
        personId: id,
        orgId: id,
        category: z.string().max(2),
        basis: z.enum(['in_post', 'contract']),
        from: civilDate,
      }),
    )
    .output(ok),
  awardHonour: command('records.honour.write', 'Put an honour on record')
    .input(
      z.object({
        personId: id,
        code: z.string().max(40),
        name: z.string().trim().max(60).optional(),
        level: z.string().max(2),
        awardedOn: civilDate,
        until: civilDate.nullable().optional(),
      }),
    )
    .output(z.object({ id })),
  endHonour: command('records.honour.write', 'End an honour; it stays on record')
    .input(z.object({ personId: id, honourId: id, on: civilDate }))
    .output(ok),
}
