/** Load over HTTP: the server in a child process, the generator here. Both share the machine, so only figures of one run compare. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import autocannon from 'autocannon'
import type { Answer, Order, Ready } from './http-server.ts'

export type Served = {
  product: string
  bare: string
  ask: (order: Order) => Promise<Extract<Answer, { done: true }>>
  stop: () => Promise<void>
}

/** Starts the server on a database and waits until it listens. */
export async function serve(databaseUrl: string): Promise<Served> {
  const child = fork(join(import.meta.dirname, 'http-server.ts'), [databaseUrl])
  const answer = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the server under measurement ended'))
      child.once('exit', gone)
      child.once('message', (message) => {
        child.off('exit', gone)
        resolve(message as T)
      })
    })
  const ready = await answer<Ready>()
  return {
    product: `http://127.0.0.1:${ready.product}`,
    bare: `http://127.0.0.1:${ready.bare}`,
    ask: async (order) => {
      child.send(order)
      return answer()
    },
    stop: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

export type Request = { path: string; cookie?: string; body: unknown }

/** The product's own calls, as the web app makes them. */
export const rpc = (procedure: string, input: unknown, cookie: string): Request => ({
  path: `/rpc/${procedure.replaceAll('.', '/')}`,
  cookie,
  body: { json: input },
})

const asSent = ({ path, cookie, body }: Request) => ({
  method: 'POST' as const,
  path,
  headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
  body: JSON.stringify(body),
})

/** One request, its body and the cookie that it may set. Throws on anything but success. */
export async function callOnce(base: string, request: Request): Promise<{ text: string; cookie: string }> {
  const { path, ...init } = asSent(request)
  const response = await fetch(base + path, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return { text, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

export type Load = { rate: number; p50: number; p99: number; seconds: number }

/** The same request over and over for so many seconds. */
export function hammer(base: string, request: Request, connections: number, seconds: number): Promise<Load> {
  return run({ url: base, connections, duration: seconds, requests: [asSent(request)] })
}

/** Each request once, over so many connections; `next` is asked when a connection is free. */
export function burst(
  base: string,
  amount: number,
  connections: number,
  next: (nth: number) => Request,
): Promise<Load> {
  let nth = 0
  const setupRequest = (given: object) => ({ ...given, ...asSent(next(nth++ % amount)) })
  return run({ url: base, connections, amount, requests: [{ setupRequest } as never] })
}

async function run(options: autocannon.Options): Promise<Load> {
  const begun = performance.now()
  const result = await autocannon({ ...options, timeout: 60 })
  const failed = result.errors + result.timeouts + result.non2xx
  if (failed > 0)
    throw new Error(`${failed} of ${result.requests.total} requests failed: ${JSON.stringify(result.statusCodeStats)}`)
  return {
    rate: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    seconds: (performance.now() - begun) / 1000,
  }
}
