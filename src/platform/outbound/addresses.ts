/** Where the product may send a request: public addresses, and those of its own network that whoever runs it has named. */
import ipaddr from 'ipaddr.js'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]
type Named = { host: string; port: string | null }

/** Never reached by a name that is let, only by an address that is: the machinery around a server answers there. */
const MACHINERY = new Set(['linkLocal', 'unspecified', 'broadcast', 'multicast', 'reserved', 'discard'])
/** All of IPv6 that has been given out. */
const GLOBAL: Network = [ipaddr.parse('2000::'), 3]

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase()

/** IPv4 addresses written as IPv6 are looked at as what they are. */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === 'unicast' &&
  (address.kind() === 'ipv4' || ipaddr.subnetMatch(address, { global: [GLOBAL] }, '') === 'global')

/**
 * What is let beyond public addresses: `10.20.0.0/16` a network, `10.20.3.4` an address, `cas.city.local` a host, `127.0.0.1:8080` one port of
 * it. Only there may a request go without TLS.
 */
export class AllowList {
  readonly #networks: Network[] = []
  readonly #named: Named[] = []

  /** @throws Error with the item that is none of these */
  constructor(items: readonly string[] = []) {
    for (const item of items) {
      if (ipaddr.isValidCIDR(item)) this.#networks.push(ipaddr.parseCIDR(item))
      else if (URL.canParse(`http://${item}/`) && new URL(`http://${item}/`).host === item.toLowerCase()) {
        const { hostname, port } = new URL(`http://${item}/`)
        this.#named.push({ host: bare(hostname), port: port || null })
      } else throw new Error(item)
    }
  }

  #isNamed({ hostname, port, protocol }: URL): boolean {
    const asked = port || (protocol === 'https:' ? '443' : '80')
    return this.#named.some((one) => one.host === bare(hostname) && (one.port === null || one.port === asked))
  }

  #isInNetwork(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
    return this.#networks.some(
      ([network, bits]) => address.kind() === network.kind() && address.match(network as never, bits),
    )
  }

  /** Whether a connection to this address may be made for the request. */
  permits(url: URL, address: string): boolean {
    if (!ipaddr.isValid(address)) return false
    const found = ipaddr.process(address)
    if (isPublic(found) || this.#isInNetwork(found)) return true
    if (!this.#isNamed(url)) return false
    return !MACHINERY.has(found.range()) || bare(url.hostname) === found.toString()
  }

  /** Whether the request may go without TLS: only to what was named. */
  permitsPlain(url: URL): boolean {
    const host = bare(url.hostname)
    return this.#isNamed(url) || (ipaddr.isValid(host) && this.#isInNetwork(ipaddr.process(host)))
  }
}

/** The address itself where the host is one: it is looked up nowhere. */
export const literalOf = (url: URL): string | null => (ipaddr.isValid(bare(url.hostname)) ? bare(url.hostname) : null)
