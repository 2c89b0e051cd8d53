/** One's own data: the notice, copies, requests, who looked, what was handed on; and for offices what waits for an answer and what lapses. */
import { z } from 'zod'
import { command, id, page, paging, query } from '../access/contract.ts'
import { dutyProcedures } from './contract/duties.ts'

export type { Assessment, Incident, OwnIncident } from './contract/duties.ts'
export type { Basis, Bilingual, Declared, HeldSensitivity, HeldTable, Holding, Reader } from './contract/holding.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** How long something is kept: a term of a parameter, or as long as the words say. */
const kept = z.union([
  z.object({
    kind: z.literal('term'),
    parameter: z.string(),
    /** Null where no authority says it: nothing lapses then. */
    length: z.number().int().nullable(),
    unit: z.enum(['day', 'month']),
    since: bilingual,
    clause: z.string().nullable(),
    confidence: z.string().nullable(),
  }),
  z.object({ kind: z.literal('kept'), says: bilingual }),
])
const told = z.object({
  id: z.string(),
  title: bilingual,
  kinds: bilingual,
  purpose: bilingual,
  basis: z.enum(['duty', 'management', 'consent']),
  clause: z.string(),
  retention: kept,
  readers: z.array(z.string()),
  sensitivity: z.enum(['ordinary', 'personal', 'sensitive', 'guarded']),
})
export type ToldHolding = z.infer<typeof told>

const changes = z.object({ added: z.array(bilingual), changed: z.array(bilingual), removed: z.array(bilingual) })
export type NoticeChanges = z.infer<typeof changes>

const notice = z.object({
  version: z.number().int(),
  /** Null before the first day. */
  since: z.string().nullable(),
  controller: z.object({ name: z.string(), nameEn: z.string().nullable(), contact: z.string().nullable() }).nullable(),
  answerDays: z.number().int(),
  holdings: z.array(told),
  /** Platforms that may be entered with the one sign-in. */
  platforms: z.array(z.object({ name: z.string(), operator: z.string(), purpose: z.string(), basis: z.string() })),
  versions: z.array(z.object({ version: z.number().int(), since: z.string(), changes })),
})

const KINDS = ['copy', 'correct', 'delete', 'object', 'explain', 'close'] as const
const STATES = ['open', 'granted', 'refused', 'withdrawn'] as const
const request = z.object({
  accountId: id,
  id,
  kind: z.enum(KINDS),
  holding: bilingual.nullable(),
  words: z.string(),
  state: z.enum(STATES),
  askedAt: z.string(),
  dueOn: z.string(),
  late: z.boolean(),
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  answeredByName: z.string().nullable(),
  officeName: z.string(),
})
const officeRequest = request.extend({
  name: z.string(),
  orgName: z.string(),
  personId: id.nullable(),
  /** Works here today: then the record goes on when the account is closed. */
  employed: z.boolean(),
})

export const privacyContract = {
  notice: query('public', 'What is held about people, why, how long, who sees it, and what one may ask for').output(
    notice,
  ),
  requestExport: command('self', 'Ask for a copy of everything that is held about oneself', { fresh: true })
    .input(z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.object({ exportId: id, runId: id })),
  exports: query('self', 'Copies of one’s own data that were asked for').output(
    z.array(
      z.object({
        id,
        runId: id,
        askedAt: z.string(),
        readyAt: z.string().nullable(),
        expiresAt: z.string().nullable(),
        bytes: z.number().int().nullable(),
        rows: z.number().int().nullable(),
        /** It can be fetched. */
        open: z.boolean(),
      }),
    ),
  ),
  takeExport: command('self', 'Fetch a copy of one’s own data', { fresh: true })
    .input(z.object({ exportId: id }))
    .output(z.file()),
  ask: command('self', 'Ask to see, correct, delete, have explained, object to, or close the account')
    .input(
      z.object({
        kind: z.enum(KINDS),
        holding: z.string().max(60).optional(),
        words: z.string().trim().min(4).max(1000),
      }),
    )
    .output(z.object({ id, dueOn: z.string() })),
  withdrawRequest: command('self', 'Take a request back').input(z.object({ id })).output(z.object({})),
  ownRequests: query('self', 'Requests that one made').output(z.array(request)),
  looks: query(
    'self',
    'Who of the offices opened one’s record, or had something sealed shown, in the last year',
  ).output(
    z.array(
      z.object({
        at: z.string(),
        name: z.string(),
        orgName: z.string().nullable(),
        what: z.string(),
        purpose: z.string().nullable(),
      }),
    ),
  ),
  sharings: query('self', 'What about oneself was handed to whom').output(
    z.array(
      z.object({
        id,
        at: z.string(),
        kind: z.enum(['platform', 'file', 'authority']),
        recipient: z.string(),
        purpose: z.string(),
        basis: z.enum(['duty', 'consent']),
        kinds: z.array(z.string()),
      }),
    ),
  ),
  requests: query('privacy.request.read', 'Requests about personal data in scope; those that wait first')
    .input(paging.extend({ state: z.enum(STATES).optional() }))
    .output(page(officeRequest)),
  answer: command('privacy.request.answer', 'Grant or refuse a request, with reasons; closing takes effect at once', {
    fresh: true,
  })
    .input(z.object({ accountId: id, id, grant: z.boolean(), answer: z.string().trim().min(4).max(1000) }))
    .output(z.object({ restricted: z.boolean() })),
  restrictions: query('privacy.request.read', 'Records that are kept only, and for nothing else').output(
    z.array(
      z.object({
        personId: id,
        id,
        name: z.string(),
        number: z.string(),
        orgName: z.string(),
        since: z.string(),
        reason: z.string(),
        byName: z.string(),
      }),
    ),
  ),
  liftRestriction: command('privacy.request.answer', 'Let a record be used again, as when somebody is taken on anew')
    .input(z.object({ personId: id, reason: z.string().trim().min(2).max(300) }))
    .output(z.object({})),
  terms: query('privacy.retention', 'What is held, and how much of it lapses today; and what lapsed').output(
    z.object({
      holdings: z.array(
        told.extend({
          tables: z.array(
            z.object({
              name: z.string(),
              lapsing: z.number().int().nullable(),
              before: z.string().nullable(),
              clears: z.boolean(),
            }),
          ),
        }),
      ),
      past: z.array(
        z.object({
          day: z.string(),
          tableName: z.string(),
          parameter: z.string(),
          before: z.string(),
          rows: z.number().int(),
        }),
      ),
    }),
  ),
  setContact: command('privacy.contact.write', 'Say whom people may turn to about their data')
    .input(z.object({ orgId: id, contact: z.string().trim().min(4).max(300) }))
    .output(z.object({})),
  ...dutyProcedures,
}
