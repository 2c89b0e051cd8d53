/** One round of the post: writes the letters that are due, then hands over what waits. Several processes may do it side by side. */
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import { type Keys, Tampered } from '../../cipher/index.ts'
import { type Act, type Db, SYSTEM, transact } from '../../db/index.ts'
import { nextLetter, type Wishes } from '../rules/sending.ts'
import type { Catalog } from '../words.ts'
import { digest, type Owed } from './letters.ts'
import { addresses, openEnvelope, sealEnvelope, unsubscribeToken } from './outbox.ts'
import { type MailServer, type Outcome, openMail } from './server.ts'

export type Post = {
  db: Db
  keys: Keys
  publicUrl: string
  /** Undefined: there is no mail server, and nothing is written. */
  mail: MailServer | undefined
  catalog: Catalog
}

const LETTERS = 200
const HANDED_OVER = 20

type Due = Wishes & { accountId: string; addressCipher: Buffer; locale: string }

const byItself = <R>(db: Db, work: (act: Act) => Promise<R>): Promise<R> =>
  transact(db, { actor: SYSTEM, permission: 'desk.mail', scope: { paths: [], self: false } }, work)

/** Returns how many letters were written, sent and given up. */
export async function mailRound(post: Post): Promise<{ written: number; sent: number; failed: number; down: boolean }> {
  const { mail } = post
  if (!mail) return { written: 0, sent: 0, failed: 0, down: false }
  let written = 0
  for (let more = true; more; ) {
    const { due, letters } = await write(post)
    written += letters
    more = due === LETTERS
  }
  return { written, ...(await handOver(post, mail)) }
}

/** What is owed and the letter with it change places in one transaction: nothing is told twice, nothing is lost. */
const write = ({ db, keys, publicUrl, catalog }: Post): Promise<{ due: number; letters: number }> =>
  byItself(db, async (act) => {
    const { rows: due } = await sql<Due>`select d.* from inbox.letters_due(${LETTERS}) d`.execute(act.tx)
    if (due.length === 0) return { due: 0, letters: 0 }
    const accounts = due.map(({ accountId }) => accountId)
    const { rows } = await sql<
      Owed & { accountId: string }
    >`select o.* from inbox.take_owed(${accounts}::uuid[]) o`.execute(act.tx)
    const owed = Map.groupBy(rows, ({ accountId }) => accountId)
    const now = new Date(act.now)
    const posted = due.map((one) => {
      const items = owed.get(one.accountId) ?? []
      const row = { account: one.accountId, next: nextLetter(one, now, items.length > 0) }
      const to = items.length > 0 ? opened(() => addresses(keys).open(one.addressCipher, one.accountId)) : undefined
      if (!to) return row
      const id = newId()
      const unsubscribe = `${publicUrl}/mail/unsubscribe/${unsubscribeToken(keys, one.accountId)}`
      const letter = digest(items, { locale: one.locale, publicUrl, unsubscribe, catalog })
      return { ...row, id, envelope: sealEnvelope(keys, id, { to, ...letter }).toString('hex') }
    })
    const { rows: answer } = await sql<{
      letters: number
    }>`select inbox.post(${JSON.stringify(posted)}::jsonb) as letters`.execute(act.tx)
    return { due: due.length, letters: answer[0]!.letters }
  })

/** What does not open (under a key that was lost) holds up nobody else's letters. */
function opened<R>(open: () => R): R | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof Tampered) return undefined
    throw error
  }
}

const UNREADABLE: Outcome = { state: 'failed', answer: 'unreadable', again: 0, nobodyThere: false, down: false }

type Claimed = { accountId: string; id: string; envelopeCipher: Buffer; attempts: number }

async function handOver(
  { db, keys }: Post,
  mail: MailServer,
): Promise<{ sent: number; failed: number; down: boolean }> {
  const count = { sent: 0, failed: 0, down: false }
  let server: ReturnType<typeof openMail> | undefined
  try {
    while (!count.down) {
      const { rows } = await byItself(db, (act) =>
        sql<Claimed>`select c.* from inbox.claim_mail(${HANDED_OVER}) c`.execute(act.tx),
      )
      if (rows.length === 0) break
      server ??= openMail(mail)
      for (const outcome of await Promise.all(rows.map((row) => handOverOne(db, keys, server!, row)))) {
        if (outcome.state !== 'waiting') count[outcome.state] += 1
        count.down ||= outcome.down
      }
    }
    return count
  } finally {
    server?.close()
  }
}

async function handOverOne(
  db: Db,
  keys: Keys,
  server: ReturnType<typeof openMail>,
  { accountId, id, envelopeCipher, attempts }: Claimed,
): Promise<Outcome> {
  const envelope = opened(() => openEnvelope(keys, id, envelopeCipher))
  const outcome = envelope ? await server.send(id, envelope, attempts) : UNREADABLE
  const { state, answer, again, nobodyThere } = outcome
  await byItself(db, (act) =>
    sql`select inbox.mail_ended(${accountId}::uuid, ${id}::uuid, ${state}, ${answer}, ${again}::int, ${nobodyThere})`.execute(
      act.tx,
    ),
  )
  return outcome
}
