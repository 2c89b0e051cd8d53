/** One request to another system: to the address that was looked at, within a time, as much as is asked for, and no further. */
import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { refused } from '../../base/errors.ts'
import { AllowList, literalOf } from './addresses.ts'

export type Ask = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  /** From beginning to end, not between two bytes. */
  timeoutMs?: number
  /** Bytes of the answer; more is refused. */
  most?: number
  signal?: AbortSignal
}

/** Looks up every address of a host; another than the system's is for tests. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

const PATIENCE_MS = 8_000
const MOST = 2 ** 20
const HAVE_NO_BODY = new Set([204, 205, 304])

const systemLookup: Resolve = (host) =>
  new Promise((resolve, reject) =>
    lookup(host, { all: true, verbatim: true }, (error, found) => (error ? reject(error) : resolve(found))),
  )

export class Outbound {
  readonly #allowed: AllowList
  readonly #resolve: Resolve

  /** @param allowed hosts and networks that may be reached although they are not public */
  constructor(allowed: readonly string[] = [], resolve: Resolve = systemLookup) {
    this.#allowed = new AllowList(allowed)
    this.#resolve = resolve
  }

  /**
   * Whether an address may be sent to, as it is written: for whoever enters one. What its name leads to is looked at with every request.
   * @throws Refusal `outbound.no_address`, `outbound.plain`, `outbound.not_allowed`
   */
  assertSendable(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname)
      throw refused('outbound.no_address')
    const { host } = url
    if (url.protocol === 'http:' && !this.#allowed.permitsPlain(url)) throw refused('outbound.plain', { host })
    const literal = literalOf(url)
    if (literal && !this.#allowed.permits(url, literal)) throw refused('outbound.not_allowed', { host })
    return url
  }

  /**
   * Sends a request and reads the whole answer, whatever its status. Redirects are answers like others: nothing is followed.
   * @throws Refusal `outbound.no_address`, `outbound.plain`, `outbound.not_allowed`, `outbound.unknown_host`, `outbound.late`,
   *   `outbound.too_large`, `outbound.untrusted` (its certificate), `outbound.unreachable`
   */
  async send(address: string, ask: Ask = {}): Promise<Response> {
    const url = this.assertSendable(address)
    const { host } = url
    const late = AbortSignal.timeout(ask.timeoutMs ?? PATIENCE_MS)
    const signal = ask.signal ? AbortSignal.any([late, ask.signal]) : late
    try {
      const pinned = await orAborted(this.#lookAt(url), signal)
      const answer = await ended(url, ask, pinned, signal)
      const body = await read(answer, ask.most ?? MOST, host, signal)
      return asResponse(answer, body)
    } catch (error) {
      if (late.aborted) throw refused('outbound.late', { host })
      throw trouble(error, host)
    }
  }

  /** `fetch` for libraries that take one. */
  readonly fetch = async (
    address: string | URL,
    {
      method,
      headers,
      body,
      signal,
    }: { method?: string; headers?: HeadersInit; body?: unknown; signal?: AbortSignal } = {},
  ): Promise<Response> =>
    this.send(String(address), {
      method: (method ?? 'GET') as 'GET',
      headers: Object.fromEntries(new Headers(headers)),
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(signal ? { signal } : {}),
    })

  /** The addresses that may be connected to; of several that a name has only those. */
  async #lookAt(url: URL): Promise<LookupAddress[]> {
    const literal = literalOf(url)
    if (literal) return []
    const found = await this.#resolve(url.hostname)
    const permitted = found.filter(({ address }) => this.#allowed.permits(url, address))
    if (permitted.length === 0) throw refused('outbound.not_allowed', { host: url.host })
    return permitted
  }
}

function ended(url: URL, ask: Ask, pinned: LookupAddress[], signal: AbortSignal): Promise<IncomingMessage> {
  const body = ask.body === undefined ? undefined : Buffer.from(ask.body)
  const options: RequestOptions = {
    method: ask.method ?? 'GET',
    // A connection of its own: none that was made for another look-up.
    agent: false,
    headers: {
      'user-agent': 'Qiangshi',
      ...ask.headers,
      'accept-encoding': 'identity',
      ...(body ? { 'content-length': String(body.length) } : {}),
    },
    lookup: (_host, { all }, done) => {
      if (all) done(null, pinned)
      else done(null, pinned[0]!.address, pinned[0]!.family)
    },
    signal,
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secure : plain)(url, options, resolve)
    request.on('error', reject)
    request.end(body)
  })
}

async function read(answer: IncomingMessage, most: number, host: string, signal: AbortSignal): Promise<Buffer> {
  const stop = () => answer.destroy(new Error('aborted'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > most) throw refused('outbound.too_large', { host })
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } finally {
    signal.removeEventListener('abort', stop)
    answer.destroy()
  }
}

function asResponse(answer: IncomingMessage, body: Buffer): Response {
  const status = answer.statusCode ?? 0
  const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
  return new Response(HAVE_NO_BODY.has(status) ? null : new Uint8Array(body), {
    status: status >= 200 && status <= 599 ? status : 502,
    headers,
  })
}

const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })

/** What went wrong, in the product's words; never what was sent. */
function trouble(error: unknown, host: string): unknown {
  if (error instanceof Error && error.name === 'Refusal') return error
  const { code = '' } = error as { code?: string }
  if (/^(ENOTFOUND|EAI_AGAIN|ENODATA)$/.test(code)) return refused('outbound.unknown_host', { host })
  if (/^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|ERR_SSL)/.test(code))
    return refused('outbound.untrusted', { host })
  return refused('outbound.unreachable', { host })
}
