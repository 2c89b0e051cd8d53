/** Providers that speak CAS, version 2 or 3: a ticket, good once, for the exact address that this browser's way began with. */
import { Refusal, refused } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import type { Outbound } from '../../outbound/index.ts'
import { callbackOf, type Known, outboundOf } from '../providers/read.ts'
import { readCasAnswer } from '../rules/cas-answer.ts'
import type { Proofs } from './attempt.ts'
import { Astray, type Identity, isStrong, labelOf } from './identity.ts'

/** The state stands in the address that a ticket is for: a ticket of another browser's way is for another address. */
const serviceOf = (house: House, key: string, { state }: Pick<Proofs, 'state'>): string =>
  `${callbackOf(house, key)}?${new URLSearchParams({ state })}`

/** Where the browser goes. `anew`: the provider is to ask who sits there, whoever was there before. */
export const casAddress = (house: House, provider: Known, proofs: Proofs, anew: boolean): string =>
  `${provider.address}/login?${new URLSearchParams({ service: serviceOf(house, provider.key, proofs), ...(anew ? { renew: 'true' } : {}) })}`

const validation = (address: string, version: 2 | 3 | null): string =>
  `${address}${version === 2 ? '' : '/p3'}/serviceValidate`

/** Who came back. @throws Astray */
export async function casIdentity(
  house: House,
  provider: Known,
  proofs: Proofs,
  search: string,
  anew: boolean,
): Promise<Identity> {
  const tickets = new URLSearchParams(search).getAll('ticket')
  const ticket = tickets[0] ?? ''
  // A CAS that was left comes back without one.
  if (tickets.length === 0) throw new Astray('cancelled')
  if (tickets.length > 1 || !/^ST-[\x21-\x7E]{1,250}$/.test(ticket)) throw new Astray('unproven')
  const asked = new URLSearchParams({
    service: serviceOf(house, provider.key, proofs),
    ticket,
    ...(anew ? { renew: 'true' } : {}),
  })
  const answer = await ask(outboundOf(house), `${validation(provider.address, provider.casVersion)}?${asked}`)
  if (!('user' in answer)) throw new Astray('unproven', answer)
  const said = (name: string) => answer.attributes.get(name) ?? []
  return {
    subject: answer.user,
    label: labelOf(said('displayName')[0], said('name')[0], said('cn')[0], answer.user),
    strong: isStrong(provider.secondValues, [
      ...said('authnContextClass'),
      ...said('authenticationMethod'),
      ...said('amr'),
    ]),
  }
}

async function ask(out: Outbound, address: string) {
  try {
    const answer = await out.send(address, { headers: { accept: 'application/xml, text/xml' }, most: 65_536 })
    if (answer.status !== 200) throw new Astray('unproven')
    return readCasAnswer(await answer.text())
  } catch (error) {
    if (error instanceof Refusal) throw new Astray('unreachable', error)
    throw error
  }
}

/**
 * Whether a CAS answers there: asked about a ticket that is none, it must say so.
 * @throws Refusal as `Outbound.send`; `upstream.answer_status`, `upstream.no_cas`
 */
export async function tryCas(out: Outbound, address: string, back: string): Promise<void> {
  const asked = new URLSearchParams({ service: back, ticket: 'ST-0-none' })
  const answer = await out.send(`${validation(address, 2)}?${asked}`, { most: 65_536 })
  if (answer.status !== 200) throw refused('upstream.answer_status', { status: answer.status })
  if (!('refused' in readCasAnswer(await answer.text()))) throw refused('upstream.no_cas')
}
