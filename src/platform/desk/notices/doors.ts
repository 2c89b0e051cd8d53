/** Doors without signing in: one’s calendar for whoever has its secret, and the end of letters for whoever holds one. And the round of the post. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { newId } from '../../../base/ids.ts'
import { actFor, actorOfAccount, type House } from '../../access/index.ts'
import { SYSTEM, transact } from '../../db/index.ts'
import {
  accountOfFeed,
  accountOfToken,
  type CalendarEntry,
  type CalendarSource,
  type Catalog,
  heldBy,
  ics,
  mailRound,
  spanAround,
  todoEntries,
  unsubscribe,
} from '../../inbox/index.ts'
import { localePage } from './page.ts'

const OFTEN = { config: { rateLimit: { max: 300, timeWindow: '1 minute' } } }
const NARROW = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }

/** The calendar of an account as it may see things now, in its language; undefined where it may do nothing any more. */
async function calendarOf(
  house: House,
  account: string,
  catalog: Catalog,
  sources: readonly CalendarSource[],
): Promise<string | undefined> {
  const actor = await actorOfAccount(house.db, account)
  if (!actor || actor.mustChange) return undefined
  const entries: CalendarEntry[] = []
  const today = await actFor(house, actor, 'self', async (act) => act.today)
  const span = spanAround(today)
  const may = (permission: string) => actor.assignments.some(({ role }) => house.permissions.holds(role, permission))
  if (may('desk.inbox.read'))
    entries.push(...(await actFor(house, actor, 'desk.inbox.read', (act) => todoEntries(act, heldBy(actor), span))))
  for (const source of sources)
    if (may(source.permission))
      entries.push(...(await actFor(house, actor, source.permission, (act) => source.entries(act as never, span))))
  return ics(entries, { locale: actor.locale, catalog, publicUrl: house.settings.publicUrl, today })
}

/** `/calendar/<secret>.ics` and `/mail/unsubscribe/<token>`. */
export const noticesDoors =
  (catalog: Catalog, sources: readonly CalendarSource[]) =>
  async (app: FastifyInstance, house: House): Promise<void> => {
    app.get<{ Params: { file: string } }>('/calendar/:file', OFTEN, async ({ params: { file } }, reply) => {
      const secret = /^([\w-]{32})\.ics$/.exec(file)?.[1]
      // The address is the secret: what goes wrong is told without it.
      const text = await answered(app, reply, async () => {
        const account = secret && (await accountOfFeed(house.db, secret))
        return account ? calendarOf(house, account, catalog, sources) : undefined
      })
      if (text === FAULT) return reply
      if (text === undefined) return reply.code(404).send({ kind: 'not_found', code: 'not_found' })
      return reply
        .headers({
          'content-type': 'text/calendar; charset=utf-8',
          'cache-control': 'private, max-age=900',
          'content-disposition': 'inline; filename="qiangshi.ics"',
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex',
        })
        .send(text)
    })

    type Token = { Params: { token: string } }
    const html = (reply: FastifyReply, code: number, text: string) =>
      reply
        .code(code)
        .headers({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
        .type('text/html; charset=utf-8')
        .send(text)
    // Only asks: programs that look at the links of a letter end nothing.
    app.get<Token>('/mail/unsubscribe/:token', NARROW, async ({ params: { token }, headers }, reply) => {
      const account = accountOfToken(house.key, token)
      const page = localePage(headers['accept-language'])
      return account ? html(reply, 200, page('ask')) : html(reply, 404, page('unknown'))
    })
    // By the button of that page, or by the mail program itself (RFC 8058).
    app.post<Token>('/mail/unsubscribe/:token', NARROW, async ({ params: { token }, headers, ip }, reply) => {
      const account = accountOfToken(house.key, token)
      const page = localePage(headers['accept-language'])
      if (!account) return html(reply, 404, page('unknown'))
      const ask = { actor: { ...SYSTEM, ip }, permission: 'public', scope: { paths: [], self: false } }
      await transact(house.db, ask, (act) => unsubscribe(act, account))
      return html(reply, 200, page('done'))
    })
  }

const FAULT = Symbol('fault')

async function answered<R>(
  app: FastifyInstance,
  reply: FastifyReply,
  work: () => Promise<R>,
): Promise<R | typeof FAULT> {
  try {
    return await work()
  } catch (error) {
    const id = newId()
    app.log.error({ id, path: '/calendar' }, String((error as Error).stack ?? error))
    await reply.code(500).send({ kind: 'fault', code: 'fault', id })
    return FAULT
  }
}

/** A round of the post, again and again by the background. */
export const sendMail = (catalog: Catalog) => ({
  name: 'mail',
  run: async ({ db, key, settings: { publicUrl, mail } }: House): Promise<void> => {
    await mailRound({ db, keys: key, publicUrl, mail, catalog })
  },
})
