/** How one wants to be told: to which verified address, how often, and when not. */
import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { conflict, invalid, Refusal, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import { type Keys, maskMail, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import type { Notices } from '../contract.ts'
import { nextLetter, type Wishes } from '../rules/sending.ts'
import { normalAddress } from './address.ts'
import { changedLetter, codeLetter } from './letters.ts'
import { addresses, postOwn } from './outbox.ts'

const CODE_MINUTES = 15
const MOST_FAILURES = 5
const MOST_CODES_AN_HOUR = 5

const subjectOf = <T>(act: Act<T>) => ({ kind: 'account', id: act.actor.account! })

/** One's own settings; the address only as it may be shown. */
export async function noticesOf<T>(act: Act<T>, mail: boolean): Promise<Notices> {
  const { rows } = await sql<
    Omit<Notices, 'mail'>
  >`select n.address_masked as address, n.refused_at is not null as refused,
      coalesce(n.frequency, 'daily') as frequency, coalesce(n.send_at, '07:30') as send_at, coalesce(n.weekday, 1) as weekday, n.quiet_from, n.quiet_until,
      (select jsonb_build_object('address', c.address_masked) from inbox.address_claim c
        where c.account_id = db.account() and c.expires_at > now()) as claim,
      (select jsonb_build_object('state', m.state, 'at', coalesce(m.ended_at, m.made_at)) from inbox.mail m
        where m.account_id = db.account() and m.kind = 'digest' order by m.id desc limit 1) as latest,
      (select jsonb_build_object('madeAt', f.made_at, 'readAt', f.read_at) from inbox.feed f where f.account_id = db.account()) as feed
    from (select db.account() as account_id) me left join inbox.notices n on n.account_id = me.account_id`.execute(
    act.tx,
  )
  return { mail, ...rows[0]! }
}

/** @throws Refusal `inbox.quiet_half` */
export async function setWishes<T>(act: Act<T>, wishes: Wishes): Promise<void> {
  if ((wishes.quietFrom === null) !== (wishes.quietUntil === null)) throw invalid('inbox.quiet_half')
  const next = nextLetter(wishes, new Date(act.now), false)
  await sql`insert into inbox.notices as n (account_id, frequency, send_at, weekday, quiet_from, quiet_until, next_at)
    values (db.account(), ${wishes.frequency}, ${wishes.sendAt}, ${wishes.weekday}, ${wishes.quietFrom}, ${wishes.quietUntil}, ${next})
    on conflict (account_id) do update set frequency = excluded.frequency, send_at = excluded.send_at, weekday = excluded.weekday,
      quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, next_at = excluded.next_at`.execute(act.tx)
  await record(act, { action: 'desk.notices_set', subject: subjectOf(act), after: wishes })
}

/**
 * Sends a code to an address that is to become one's own; until it comes back, nothing else is sent there.
 * @throws Refusal `inbox.mail_off`, `inbox.bad_address`, `inbox.too_many_codes`
 */
export async function claimAddress<T>(
  act: Act<T>,
  { keys, mail, locale }: { keys: Keys; mail: boolean; locale: string },
  typed: string,
): Promise<void> {
  if (!mail) throw refused('inbox.mail_off')
  const address = normalAddress(typed)
  const account = act.actor.account!
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const { rows } = await sql<{
    sent: number
  }>`insert into inbox.address_claim as c (account_id, address_cipher, address_masked, code_hash, expires_at)
    values (${account}, ${addresses(keys).seal(address, account)}, ${maskMail(address)}, ${codeHash(keys, account, code)}, now() + make_interval(mins => ${CODE_MINUTES}))
    on conflict (account_id) do update set address_cipher = excluded.address_cipher, address_masked = excluded.address_masked, code_hash = excluded.code_hash,
      expires_at = excluded.expires_at, failures = 0,
      sent = case when c.since < now() - interval '1 hour' then 1 else c.sent + 1 end,
      since = case when c.since < now() - interval '1 hour' then now() else c.since end
    returning sent`.execute(act.tx)
  if (rows[0]!.sent > MOST_CODES_AN_HOUR) throw new Refusal('limited', 'inbox.too_many_codes')
  await postOwn(act, keys, 'code', { to: address, ...codeLetter(locale, code, CODE_MINUTES) })
  await record(act, { action: 'desk.address_claimed', subject: subjectOf(act), after: { address: maskMail(address) } })
}

const codeHash = (keys: Keys, account: string, code: string): Buffer =>
  sealer(keys, 'inbox.code').blind(`${account} ${code}`)

/**
 * The code came back: the address is one's own. A wrong code is counted, so its refusal is returned and the transaction ends well.
 * @throws Refusal `inbox.no_claim`
 */
export async function confirmAddress<T>(
  act: Act<T>,
  { keys, locale }: { keys: Keys; locale: string },
  code: string,
): Promise<Refusal | undefined> {
  const account = act.actor.account!
  const { rows } = await sql<{ right: boolean; sealed: Buffer; masked: string; failures: number }>`
    update inbox.address_claim c set failures = c.failures + case when c.code_hash = ${codeHash(keys, account, code)} then 0 else 1 end
    where c.account_id = ${account} and c.expires_at > now() and c.failures < ${MOST_FAILURES}
    returning c.code_hash = ${codeHash(keys, account, code)} as right, c.address_cipher as sealed, c.address_masked as masked, c.failures`.execute(
    act.tx,
  )
  const claim = rows[0]
  if (!claim) throw conflict('inbox.no_claim')
  if (!claim.right) return new Refusal('refused', 'inbox.wrong_code', { left: MOST_FAILURES - claim.failures })
  const old = await addressOf(act, keys)
  const address = addresses(keys).open(claim.sealed, account)
  const wishes = await noticesOf(act, true)
  // Coming with an address after the letters were ended means wanting them again.
  const frequency = wishes.frequency === 'never' ? 'daily' : wishes.frequency
  const next = nextLetter({ ...wishes, frequency }, new Date(act.now), false)
  await sql`insert into inbox.notices as n (account_id, address_cipher, address_masked, verified_at, frequency, next_at)
    values (${account}, ${addresses(keys).seal(address, account)}, ${claim.masked}, db.now(), ${frequency}, ${next})
    on conflict (account_id) do update set address_cipher = excluded.address_cipher, address_masked = excluded.address_masked,
      verified_at = excluded.verified_at, refused_at = null, frequency = excluded.frequency, next_at = excluded.next_at`.execute(
    act.tx,
  )
  // The claim stays, used up: its count of codes goes on.
  await sql`update inbox.address_claim c set expires_at = now() where c.account_id = ${account}`.execute(act.tx)
  if (old && old !== address) await postOwn(act, keys, 'changed', { to: old, ...changedLetter(locale) })
  await record(act, { action: 'desk.address_verified', subject: subjectOf(act), after: { address: claim.masked } })
  return undefined
}

async function addressOf<T>(act: Act<T>, keys: Keys): Promise<string | undefined> {
  const { rows } = await sql<{
    sealed: Buffer | null
  }>`select n.address_cipher as sealed from inbox.notices n where n.account_id = db.account()`.execute(act.tx)
  return rows[0]?.sealed ? addresses(keys).open(rows[0].sealed, act.actor.account!) : undefined
}

/** Nothing is sent any more; what was asked for stays chosen. */
export async function removeAddress<T>(act: Act<T>): Promise<void> {
  await sql`update inbox.notices n set address_cipher = null, address_masked = null, verified_at = null, refused_at = null, next_at = null
    where n.account_id = db.account()`.execute(act.tx)
  await sql`update inbox.address_claim c set expires_at = now() where c.account_id = db.account()`.execute(act.tx)
  await record(act, { action: 'desk.address_removed', subject: subjectOf(act) })
}

/** Ends the letters of an account whose token somebody holds. Returns the language to answer in; undefined where there is nothing to end. */
export async function unsubscribe<T>(act: Act<T>, account: string): Promise<string | undefined> {
  const { rows } = await sql<{ locale: string | null }>`select inbox.unsubscribe(${account}::uuid) as locale`.execute(
    act.tx,
  )
  if (!rows[0]?.locale) return undefined
  await record(act, { action: 'desk.mail_unsubscribed', subject: { kind: 'account', id: account } })
  return rows[0].locale
}

/** Once a day: letters that went out long ago are forgotten, and addresses that nobody verified. */
export const noticesTidied = {
  name: 'inbox.tidied',
  permission: 'desk.mail',
  run: async (act: Act): Promise<void> => {
    await sql`select inbox.tidy()`.execute(act.tx)
  },
}
