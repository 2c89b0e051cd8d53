/** The desk: one’s inbox, one’s background tasks, and what is known of files. */
import { z } from 'zod'
import { command, id, page, paging, query } from '../access/contract.ts'
import { fileFacts } from '../files/contract.ts'
import { inboxCount, inboxItem } from '../inbox/contract.ts'
import { run } from '../jobs/contract.ts'

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
}
