/** The desk: one’s inbox, one’s background tasks, what is known of files, and the audit trail. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../access/contract.ts'
import { fileFacts } from '../files/contract.ts'
import { inboxCount, inboxItem } from '../inbox/contract.ts'
import { run } from '../jobs/contract.ts'

const trailEntry = z.object({
  id,
  at: z.string(),
  actor: z.string(),
  ip: z.string().nullable(),
  permission: z.string(),
  /** What the permission allows, as its module says it; null for what needs none and for what the product does by itself. */
  permissionName: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Past tense with the module in front: `records.person_moved`. */
  action: z.string(),
  subjectKind: z.string().nullable(),
  subjectId: id.nullable(),
  about: z.object({ id, name: z.string() }).nullable(),
  orgName: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  /** Place in the hash chain; null while the entry waits to be linked. */
  seq: z.number().int().nullable(),
})
export type TrailEntry = z.infer<typeof trailEntry>

export const deskContract = {
  inbox: query('desk.inbox.read', 'To-dos and messages for oneself and for the roles one holds, the latest first')
    .input(
      paging.extend({
        kind: z.enum(['todo', 'message']).optional(),
        open: z.boolean().optional().describe('Only what waits'),
      }),
    )
    .output(page(inboxItem)),
  inboxCount: query('desk.inbox.read', 'How much waits in the inbox').output(inboxCount),
  markRead: command('desk.inbox.read', 'Mark items of the inbox as read')
    .input(z.object({ ids: z.array(id).min(1).max(200) }))
    .output(z.object({ marked: z.number().int() })),

  job: query('self', 'How far a background task of one’s own is').input(z.object({ id })).output(run),
  jobs: query('self', 'One’s own background tasks, the latest first').input(paging).output(page(run)),
  cancelJob: command('self', 'Call off a background task of one’s own').input(z.object({ id })).output(z.object({})),
  jobsInScope: query('desk.job.read', 'Background tasks of the organisations in scope, the latest first')
    .input(paging)
    .output(page(run)),
  stopJob: command('desk.job.manage', 'Call off a background task in scope')
    .input(z.object({ id }))
    .output(z.object({})),

  file: query('desk.file.read', 'What is known of a file; its bytes come from /files/{id}')
    .input(z.object({ id }))
    .output(fileFacts),

  trail: query('audit.trail.read', 'The audit trail of the organisations in scope, the latest first')
    .input(
      paging.extend({
        action: z.string().trim().max(80).optional().describe('Beginning of the action'),
        actor: z.string().trim().max(60).optional().describe('Part of the name of who acted'),
        about: id.optional().describe('The person whose data it was'),
        subjectId: id.optional().describe('The thing that was changed'),
        from: civilDate.optional(),
        to: civilDate.optional(),
        signIns: z.boolean().optional().describe('False leaves out signing in and out'),
      }),
    )
    .output(page(trailEntry).extend({ capped: z.boolean().describe('There are more than were counted') })),
  verifyTrail: query('audit.verify', 'Recompute the hash chain over the whole trail').output(
    z.object({
      links: z.number().int(),
      lastAt: z.string().nullable(),
      broken: z.object({ seq: z.number().int(), eventId: id }).nullable(),
      head: z
        .object({
          state: z.enum(['none', 'held', 'lost', 'shrunk', 'forged']),
          seq: z.number().int().optional(),
          at: z.string().optional(),
        })
        .describe('What the head noted beside the database says: lost where newer entries were taken away'),
    }),
  ),
}
