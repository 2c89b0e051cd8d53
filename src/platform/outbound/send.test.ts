/** The guard, tried against servers on this machine: what may be reached, and what an answer may do. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { AllowList } from './addresses.ts'
import { Outbound } from './send.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('an address', () => {
  it.each([
    ['https://127.0.0.1/', 'outbound.not_allowed'],
    ['https://0x7f000001/', 'outbound.not_allowed'],
    ['https://2130706433/', 'outbound.not_allowed'],
    ['https://127.1/', 'outbound.not_allowed'],
    ['https://10.0.0.7/', 'outbound.not_allowed'],
    ['https://172.20.1.1/', 'outbound.not_allowed'],
    ['https://192.168.1.1/', 'outbound.not_allowed'],
    ['https://100.64.0.1/', 'outbound.not_allowed'],
    ['https://169.254.169.254/latest', 'outbound.not_allowed'],
    ['https://0.0.0.0/', 'outbound.not_allowed'],
    ['https://255.255.255.255/', 'outbound.not_allowed'],
    ['https://[::1]/', 'outbound.not_allowed'],
    ['https://[::ffff:127.0.0.1]/', 'outbound.not_allowed'],
    ['https://[::ffff:7f00:1]/', 'outbound.not_allowed'],
    ['https://[64:ff9b::7f00:1]/', 'outbound.not_allowed'],
    ['https://[fd00::1]/', 'outbound.not_allowed'],
    ['https://[fe80::1]/', 'outbound.not_allowed'],
    ['https://[2002:7f00:1::]/', 'outbound.not_allowed'],
    ['http://example.com/', 'outbound.plain'],
    ['ftp://example.com/', 'outbound.no_address'],
    ['file:///etc/passwd', 'outbound.no_address'],
    ['https://user:pass@example.com/', 'outbound.no_address'],
    ['example.com', 'outbound.no_address'],
    ['', 'outbound.no_address'],
  ])('%s is refused: %s', async (address, expected) => {
    expect(await code(new Outbound().send(address))).toBe(expected)
    expect(() => new Outbound().assertSendable(address)).toThrow(expected)
  })

  it('is looked at by what its name leads to', async () => {
    const leads = (...to: string[]) =>
      new Outbound([], async () => to.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    expect(await code(leads('10.0.0.1').send('https://inside.example/'))).toBe('outbound.not_allowed')
    expect(await code(leads('127.0.0.1', '::1').send('https://inside.example/'))).toBe('outbound.not_allowed')
    expect(await code(leads().send('https://inside.example/'))).toBe('outbound.not_allowed')
  })

  it('that is named is let, and only that', async () => {
    const host = await serve((_, answer) => answer.end('here'))
    const other = await serve((_, answer) => answer.end('there'))
    const out = new Outbound([host])
    expect(await (await out.send(`http://${host}/x`)).text()).toBe('here')
    expect(await code(out.send(`http://${other}/x`))).toBe('outbound.plain')
    expect(await code(out.send(`https://${other}/x`))).toBe('outbound.not_allowed')
    expect(await (await new Outbound(['127.0.0.0/8']).send(`http://${other}/`)).text()).toBe('there')
  })

  it('is connected to as it was looked at, whatever the name leads to the next moment', async () => {
    const host = await serve((_, answer) => answer.end('here'))
    let asked = 0
    const turning = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    const out = new Outbound([`turning.example:${host.split(':')[1]}`], turning)
    expect(await (await out.send(`http://turning.example:${host.split(':')[1]}/`)).text()).toBe('here')
    expect(asked).toBe(1)
  })

  it('of the machinery is not reached by a name that is let', () => {
    const list = new AllowList(['cas.city.local', '10.20.0.0/16', '192.168.3.4'])
    const url = (text: string) => new URL(text)
    expect(list.permits(url('https://cas.city.local/'), '10.1.1.1')).toBe(true)
    expect(list.permits(url('https://cas.city.local/'), '169.254.169.254')).toBe(false)
    expect(list.permits(url('https://other.local/'), '10.1.1.1')).toBe(false)
    expect(list.permits(url('https://other.local/'), '10.20.9.9')).toBe(true)
    expect(list.permits(url('https://other.local/'), '::ffff:10.20.9.9')).toBe(true)
    expect(list.permits(url('https://192.168.3.4/'), '192.168.3.4')).toBe(true)
    expect(list.permitsPlain(url('http://CAS.city.local/'))).toBe(true)
    expect(list.permitsPlain(url('http://cas.city.local.evil.example/'))).toBe(false)
  })

  it.each(['', 'a b', 'http://x', 'x/y', '10.0.0.0/99', 'user@x'])('is no item of the list: %j', (item) => {
    expect(() => new AllowList([item])).toThrow()
  })
})

describe('an answer', () => {
  it('leads nowhere else', async () => {
    let reached = false
    const inside = await serve((_, answer) => {
      reached = true
      answer.end()
    })
    const host = await serve((_, answer) => answer.writeHead(302, { location: `http://${inside}/` }).end())
    const answer = await new Outbound([host, inside]).send(`http://${host}/`)
    expect([answer.status, reached]).toEqual([302, false])
  })

  it('is read to its limit, and no longer than its time', async () => {
    const large = await serve((_, answer) => answer.end('x'.repeat(2_000)))
    expect(await code(new Outbound([large]).send(`http://${large}/`, { most: 1_999 }))).toBe('outbound.too_large')
    expect(await code(new Outbound([large]).send(`http://${large}/`, { most: 2_000 }))).toBe('answered')
    const dripping = await serve((_, answer) => {
      const drip = setInterval(() => answer.write('x'), 20)
      answer.on('close', () => clearInterval(drip))
    })
    expect(await code(new Outbound([dripping]).send(`http://${dripping}/`, { timeoutMs: 200 }))).toBe('outbound.late')
    const silent = await serve(() => {})
    expect(await code(new Outbound([silent]).send(`http://${silent}/`, { timeoutMs: 100 }))).toBe('outbound.late')
  })

  it('comes whole, with what was sent heard', async () => {
    const heard: string[] = []
    const host = await serve((request, answer) => {
      request.on('data', (chunk) => heard.push(`${request.method} ${request.headers['x-mark']} ${chunk}`))
      request.on('end', () => answer.writeHead(418, { 'x-a': '1', 'content-type': 'text/plain' }).end('短'))
    })
    const answer = await new Outbound([host]).fetch(`http://${host}/`, {
      method: 'POST',
      headers: { 'X-Mark': 'm' },
      body: '问',
    })
    expect([answer.status, answer.headers.get('x-a'), await answer.text()]).toEqual([418, '1', '短'])
    expect(heard).toEqual(['POST m 问'])
  })

  it('that never comes is told in words', async () => {
    const host = await serve((request) => request.socket.destroy())
    expect(await code(new Outbound([host]).send(`http://${host}/`))).toBe('outbound.unreachable')
    expect(await code(new Outbound([host]).send(`https://${host}/`))).toBe('outbound.untrusted')
    expect(await code(new Outbound(['nobody.invalid']).send('http://nobody.invalid/'))).toBe('outbound.unknown_host')
  })
})
