/** Telling a platform something: one request to the address that was registered, to no other, and no further. */
import { lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import ipaddr from 'ipaddr.js'

const PATIENCE_MS = 4_000
/** Addresses of this machine and of the machinery around it. Regions run platforms on private networks, so those are let. */
const NEVER = new Set(['loopback', 'linkLocal', 'unspecified', 'broadcast', 'multicast'])

export const isForbidden = (address: string): boolean => NEVER.has(ipaddr.process(address).range())

/**
 * A POST that follows no redirect. The address is looked up once, and what was looked at is what is connected to.
 * @throws Error where nobody answers in time or, if `guarded`, the address is this machine's own
 */
export function post(url: string, options: RequestInit, guarded: boolean): Promise<Response> {
  const { protocol, hostname } = new URL(url)
  if (guarded && ipaddr.isValid(hostname.replace(/^\[|\]$/g, '')) && isForbidden(hostname.replace(/^\[|\]$/g, '')))
    return Promise.reject(new Error('address not allowed'))
  const body = String(options.body ?? '')
  return new Promise((resolve, reject) => {
    const ask = (protocol === 'https:' ? secure : plain)(
      url,
      {
        method: options.method ?? 'POST',
        headers: {
          ...Object.fromEntries(new Headers(options.headers)),
          'content-length': String(Buffer.byteLength(body)),
        },
        timeout: PATIENCE_MS,
        lookup: (name, ask, done) =>
          lookup(name, { ...ask, all: true }, (error, found) => {
            if (error) return done(error, '')
            const allowed = found.filter(({ address }) => !guarded || !isForbidden(address))
            if (allowed.length === 0) return done(new Error('address not allowed'), '')
            if (ask.all) done(null, allowed)
            else done(null, allowed[0]!.address, allowed[0]!.family)
          }),
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(new Response(null, { status: answer.statusCode ?? 502 })))
      },
    )
    ask.setTimeout(PATIENCE_MS, () => ask.destroy(new Error('no answer in time')))
    ask.on('error', reject)
    ask.end(body)
  })
}
