/** What can be refused before anything is opened: a secret that is no secret, an address that nobody can open or that somebody else has. */
import { createServer } from 'node:net'
import { Refusal } from '../base/errors.ts'
import { weaknessOf } from './secret-strength.ts'
import type { Environment } from './settings.ts'

/** @throws what `assertSecret` and `assertPortFree` throw, and Refusal `server.url_missing`. */
export async function assertReady(env: Environment): Promise<void> {
  assertSecret(env)
  // QR codes and certificates carry the address for years.
  if (env.production && !env.publicUrlSet) throw new Refusal('invalid', 'server.url_missing')
  await assertPortFree(env)
}

/** @throws Refusal `server.secret_missing`, `server.secret_short`, `server.secret_weak`. Says nothing outside production. */
export function assertSecret({ production, masterKey }: Environment): void {
  if (!production) return
  if (masterKey === undefined) throw new Refusal('invalid', 'server.secret_missing')
  const weakness = weaknessOf(masterKey)
  if (weakness) throw new Refusal('invalid', `server.secret_${weakness}`)
}

/** Throws what listening would throw: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`. */
export const assertPortFree = ({ host, port }: Environment): Promise<void> =>
  new Promise((free, taken) => {
    const probe = createServer()
    probe.once('error', taken)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => free()))
  })
