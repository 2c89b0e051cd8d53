/** Configuration from the environment, each value with a sensible default. */
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { Refusal } from '../base/errors.ts'
import { Outbound } from '../platform/outbound/index.ts'

export type Environment = {
  port: number
  host: string
  dataFolder: string
  databaseUrl: string | undefined
  demo: boolean
  production: boolean
  publicUrl: string
  /** Whether `publicUrl` was set, or made from host and port. */
  publicUrlSet: boolean
  masterKey: string | undefined
  /** Proxies before the product, as addresses or ranges; those of the private network where it is not said. */
  proxies: string | undefined
  /** Hosts and networks that the product may send requests to although they are not public. */
  outbound: string[] | undefined
  /** Whether offices must have a second factor, or are asked to. */
  secondFactor: 'asked' | 'enforced'
  /** The mail server and who letters come from; none: notices stay in the product. */
  mail: { url: string; from: string } | undefined
}

const ROOT = join(import.meta.dirname, '..', '..')

/** Reads the environment; a value that makes no sense is refused with its name. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Refusal('invalid', 'server.bad_port', { value: env.PORT })
  const host = env.HOST || '127.0.0.1'
  const production = env.NODE_ENV === 'production'
  return {
    port,
    host,
    dataFolder: resolve(env.QIANGSHI_DATA || join(ROOT, '.qiangshi')),
    databaseUrl: env.DATABASE_URL ? postgresUrl(env.DATABASE_URL) : undefined,
    demo: production ? false : flag(env.QIANGSHI_DEMO, true),
    production,
    publicUrl: env.QIANGSHI_URL ? webUrl(env.QIANGSHI_URL) : `http://${reachable(host)}:${port}`,
    publicUrlSet: Boolean(env.QIANGSHI_URL),
    masterKey: env.QIANGSHI_SECRET || undefined,
    proxies: env.QIANGSHI_PROXIES ? proxyList(env.QIANGSHI_PROXIES) : undefined,
    outbound: env.QIANGSHI_OUTBOUND ? outboundList(env.QIANGSHI_OUTBOUND) : undefined,
    secondFactor: flag(env.QIANGSHI_SECOND_FACTOR, production, 'QIANGSHI_SECOND_FACTOR') ? 'enforced' : 'asked',
    mail: mailServer(env.QIANGSHI_SMTP_URL, env.QIANGSHI_MAIL_FROM),
  }
}

/** All addresses of the machine are none that a telephone could open: then it is the machine's name. */
function reachable(host: string): string {
  if (/^(0\.0\.0\.0|::|\[::\]|\*)$/.test(host)) return hostname()
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/** Addresses, ranges (10.0.0.0/8) and the names `loopback`, `linklocal`, `uniquelocal`, with commas between. */
function proxyList(value: string): string {
  const items = value.split(',').map((item) => item.trim())
  const isRange = (item: string): boolean => {
    const [address = '', bits = '0', ...more] = item.split('/')
    return (
      isIP(address) > 0 &&
      /^\d{1,3}$/.test(bits) &&
      Number(bits) <= (isIP(address) === 4 ? 32 : 128) &&
      more.length === 0
    )
  }
  if (!items.every((item) => /^(loopback|linklocal|uniquelocal)$/.test(item) || isRange(item)))
    throw new Refusal('invalid', 'server.bad_proxies', { value })
  return items.join(', ')
}

/** Networks, addresses, hosts and hosts with a port, with commas between. */
function outboundList(value: string): string[] {
  const items = value.split(',').map((item) => item.trim())
  try {
    new Outbound(items)
  } catch {
    throw new Refusal('invalid', 'server.bad_outbound', { value })
  }
  return items
}

/** The value itself is not shown: it may hold a password. */
function postgresUrl(value: string): string {
  if (!/^postgres(ql)?:\/\//i.test(value) || !URL.canParse(value))
    throw new Refusal('invalid', 'server.bad_database_url')
  return value
}

function webUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.hash || url.search || url.username)
    throw new Refusal('invalid', 'server.bad_url', { value })
  return value.replace(/\/+$/, '')
}

/** The address may hold a password and is not shown. A sender is an address, or a name with the address in angle brackets. */
function mailServer(url: string | undefined, from: string | undefined): Environment['mail'] {
  if (!url) return undefined
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !/^smtps?:$/.test(parsed.protocol) || !parsed.hostname)
    throw new Refusal('invalid', 'server.bad_smtp_url')
  if (!from || !/^([^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(from) || from.includes('<') !== from.endsWith('>'))
    throw new Refusal('invalid', 'server.bad_mail_from')
  return { url, from }
}

function flag(value: string | undefined, otherwise: boolean, name = 'QIANGSHI_DEMO'): boolean {
  if (value === undefined || value === '') return otherwise
  if (/^(1|true|yes|on)$/i.test(value)) return true
  if (/^(0|false|no|off)$/i.test(value)) return false
  throw new Refusal('invalid', 'server.bad_flag', { name, value })
}
