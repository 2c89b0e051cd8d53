/** The mail server: handing over one letter, and what its answer means. */
import nodemailer from 'nodemailer'
import { againIn } from '../rules/sending.ts'
import type { Envelope } from './outbox.ts'

/** From the environment: `smtp://user:password@host:587`, and the sender, `强师 <notices@example.cn>`. */
export type MailServer = { url: string; from: string }

export type Outcome = {
  state: 'sent' | 'waiting' | 'failed'
  answer: string | null
  again: number
  nobodyThere: boolean
  /** The server itself cannot be reached or lets us not in: the next letter would fare no better. */
  down: boolean
}

const TIMEOUT = 20_000
const SENT: Outcome = { state: 'sent', answer: null, again: 0, nobodyThere: false, down: false }

/** A connection for one round. Nothing of a letter is ever read from files or from the network. */
export function openMail({ url, from }: MailServer) {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: 2 * TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as never)
  const host = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return {
    /** @param id the same at every try, so that a letter taken twice shows once */
    send: async (id: string, { to, subject, text, html, headers }: Envelope, attempts: number): Promise<Outcome> => {
      try {
        await transport.sendMail({ from, to, subject, text, html, headers, messageId: `<${id}@${host}>` })
        return SENT
      } catch (error) {
        return outcomeOf(error as SmtpError, attempts)
      }
    },
    close: () => transport.close(),
  }
}

/** Whether the server answers and lets us in; else the code of what it said. Nothing is sent. */
export async function reachMail({ url }: MailServer, timeout = TIMEOUT): Promise<string | null> {
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  } as never)
  try {
    await transport.verify()
    return null
  } catch (error) {
    return outcomeOf(error as SmtpError, 0).answer
  } finally {
    transport.close()
  }
}

export type SmtpError = { code?: string; responseCode?: number; response?: string; command?: string }

/** Servers say with an enhanced code (RFC 3463) that an address is wrong; a bare 550 may as well mean that we are. */
const NOBODY = /\b5\.1\.(1|2|3|6|10)\b/

/** What a failed try means. Of what the server said only codes are kept: its words may hold the address. */
export function outcomeOf({ code, responseCode, response = '' }: SmtpError, attempts: number): Outcome {
  const answer = [responseCode, code].filter(Boolean).join(' ') || 'unknown'
  const down = responseCode === undefined || code === 'EAUTH'
  if (!down && responseCode >= 500)
    return { state: 'failed', answer, again: 0, nobodyThere: NOBODY.test(response), down: false }
  const again = againIn(attempts)
  return { state: again === undefined ? 'failed' : 'waiting', answer, again: again ?? 0, nobodyThere: false, down }
}
