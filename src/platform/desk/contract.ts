/** The desk: one’s inbox, one’s background tasks, what is known of files, and the audit trail. */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../access/contract.ts'
import { fileFacts } from '../files/contract.ts'
import { inboxCount, inboxItem, notices, wishes } from '../inbox/contract.ts'
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

const kind = z.enum(['todo', 'message'])
/** The module that sent it. */
const area = z.string().regex(/^[a-z]{1,32}$/)

export const deskContract = {
  inbox: query('desk.inbox.read', 'To-dos and messages for oneself and for the roles one holds, the latest first')
    .input(
      paging.extend({
        kind: kind.optional(),
        open: z.boolean().optional().describe('Only what waits'),
        area: area.optional(),
        whose: z.enum(['own', 'role']).optional().describe('For oneself, or for a role that one holds'),
        byDue: z.boolean().optional().describe('What is due first comes first'),
      }),
    )
    .output(page(inboxItem)),
  inboxAreas: query('desk.inbox.read', 'Which areas the inbox holds something of, and how much of it waits')
    .input(z.object({ kind }))
    .output(z.array(z.object({ area: z.string(), n: z.number().int() }))),
  inboxCount: query('desk.inbox.read', 'How much waits in the inbox').output(inboxCount),
  markRead: command('desk.inbox.read', 'Mark items of the inbox as read')
    .input(z.object({ ids: z.array(id).min(1).max(200) }))
    .output(z.object({ marked: z.number().int() })),
  markAllRead: command('desk.inbox.read', 'Mark everything in the inbox as read, of one kind and area where given')
    .input(z.object({ kind: kind.optional(), area: area.optional() }))
    .output(z.object({ marked: z.number().int() })),

  notices: query('self', 'How one is told by e-mail, and one’s calendar feed').output(notices),
  setNotices: command('self', 'Choose how often letters come, and when not').input(wishes).output(z.object({})),
  claimAddress: command('self', 'Send a code to an address that is to be one’s own')
    .input(z.object({ address: z.string().trim().min(3).max(254) }))
    .output(z.object({})),
  confirmAddress: command('self', 'Bring back the code that was sent to the address')
    .input(z.object({ code: z.string().regex(/^\d{6}$/) }))
    .output(z.object({})),
  removeAddress: command('self', 'Take one’s address away').output(z.object({})),
  makeFeed: command('self', 'Make an address for one’s calendar; the one before ends').output(
    z.object({ url: z.string().describe('Shown once') }),
  ),
  revokeFeed: command('self', 'End the address of one’s calendar').output(z.object({})),

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
  trailTotals: query(
    'audit.verify',
    'The signed total of every day, to be kept outside: it shows later whether anything before was changed',
  ).output(
    z.object({
      fingerprint: z.string().describe('Of the key that signs: note it where the file is not kept'),
      lastDay: z.string().nullable(),
      days: z.number().int(),
      file: z.string().nullable().describe('What “qiangshi verify” reads; null while no day has been totalled'),
    }),
  ),
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
