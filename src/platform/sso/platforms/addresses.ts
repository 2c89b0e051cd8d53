/** Addresses that a platform registers: whole, exact, and its own. */
import { invalid } from '../../../base/errors.ts'

type Addresses = {
  startUrl: string | null
  redirectUris: string[]
  signOutUris: string[]
  logoutUri: string | null
  pairwise: boolean
  scopes: string[]
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Addresses are https, but for this machine itself while nothing is in production; without fragments and wildcards. What the product sends by itself (that
 * somebody signed out) goes to a host that people are sent to anyway.
 * @throws Refusal `sso.address_insecure`, `sso.address_fragment`, `sso.address_foreign`, `sso.number_hidden`
 */
export function assertAddresses(given: Addresses, production: boolean): void {
  const all = [
    ...given.redirectUris,
    ...given.signOutUris,
    ...(given.logoutUri ? [given.logoutUri] : []),
    ...(given.startUrl ? [given.startUrl] : []),
  ]
  for (const address of all) {
    const { protocol, hostname, hash, username, password } = new URL(address)
    const local = !production && LOCAL.has(hostname)
    if (protocol !== 'https:' && !(protocol === 'http:' && local)) throw invalid('sso.address_insecure', { address })
    if (hash !== '' || address.includes('*') || username !== '' || password !== '')
      throw invalid('sso.address_fragment', { address })
  }
  const hosts = new Set(given.redirectUris.map((address) => new URL(address).host))
  if (given.logoutUri && !hosts.has(new URL(given.logoutUri).host))
    throw invalid('sso.address_foreign', { address: given.logoutUri })
  if (given.pairwise && given.scopes.includes('number')) throw invalid('sso.number_hidden')
}
