/** Telling platforms that somebody signed out, wherever and however the session ended: taken from a list, again and again until they have heard. */
import { sql } from 'kysely'
import type { House } from '../../access/index.ts'
import { isGone } from '../../db/index.ts'
import type { Providers } from './providers.ts'

const EVERY_MS = 1_000
const AT_ONCE = 20

type Due = { id: string; clientId: string; accountId: string; sid: string | null }
type Telling = { backchannelLogout(account: string, sid: string | null): Promise<void> }

export class SignOuts {
  readonly #house: House
  readonly #providers: () => Providers
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(house: House, providers: () => Providers) {
    this.#house = house
    this.#providers = providers
    this.#timer = setInterval(() => this.soon(), EVERY_MS)
    this.#timer.unref()
  }

  soon(): void {
    this.#running = this.#running
      .then(() => this.#round())
      .catch((error) => {
        if (!this.#stopped && !isGone(error) && !/destroyed/.test(String(error)))
          process.stderr.write(`telling platforms of sign-outs: ${String(error)}\n`)
      })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  async #round(): Promise<void> {
    if (this.#stopped) return
    const { db } = this.#house
    const { rows } =
      await sql<Due>`select t.id, t.client_id, t.account_id, t.sid from sso.take_sign_outs(${AT_ONCE}) t`.execute(db)
    if (rows.length === 0) return
    const provider = await this.#providers().current()
    await Promise.all(
      rows.map(async ({ id, clientId, accountId, sid }) => {
        const trouble = await tell(
          async () => (await provider.Client.find(clientId)) as unknown as Telling | undefined,
          accountId,
          sid,
        )
        await sql`select sso.note_sign_out(${id}, ${trouble})`.execute(db)
      }),
    )
    if (rows.length === AT_ONCE) this.soon()
  }
}

async function tell(
  find: () => Promise<Telling | undefined>,
  accountId: string,
  sid: string | null,
): Promise<string | null> {
  try {
    await (await find())?.backchannelLogout(accountId, sid)
    return null
  } catch (error) {
    return String((error as Error).message)
  }
}
