/** Configuration from the environment, each value with a sensible default. */
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { Refusal } from '../base/errors.ts'

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
  }
}

/** All addresses of the machine are none that a telephone could open: then it is the machine's name. */
function reachable(host: string): string {
  if (/^(0\.0\.0\.0|::|\[::\]|\*)$/.test(host)) return hostname()
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
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

function flag(value: string | undefined, otherwise: boolean): boolean {
  if (value === undefined || value === '') return otherwise
  if (/^(1|true|yes|on)$/i.test(value)) return true
  if (/^(0|false|no|off)$/i.test(value)) return false
  throw new Refusal('invalid', 'server.bad_flag', { name: 'QIANGSHI_DEMO', value })
}
