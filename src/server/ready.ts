/** What can be refused before anything is opened: a secret that is no secret, an address that somebody else has. */
import { createServer } from 'node:net'
import { Refusal } from '../base/errors.ts'
import type { Environment } from './settings.ts'

/** Thirty-two random bytes hardly ever have fewer different ones than this. */
const DIFFERENT_BYTES = 16

/** @throws what `assertSecret` and `assertPortFree` throw. */
export async function assertReady(env: Environment): Promise<void> {
  assertSecret(env)
  await assertPortFree(env)
}

/** @throws Refusal `server.secret_missing`, `server.secret_short`, `server.secret_weak`. Says nothing outside production. */
export function assertSecret({ production, masterKey }: Environment): void {
  if (!production) return
  if (masterKey === undefined) throw new Refusal('invalid', 'server.secret_missing')
  const bytes = Buffer.from(masterKey, 'base64')
  if (bytes.length < 32) throw new Refusal('invalid', 'server.secret_short')
  if (new Set(bytes).size < DIFFERENT_BYTES) throw new Refusal('invalid', 'server.secret_weak')
}

/** Throws what listening would throw: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`. */
export const assertPortFree = ({ host, port }: Environment): Promise<void> =>
  new Promise((free, taken) => {
    const probe = createServer()
    probe.once('error', taken)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => free()))
  })
