/** Words for the terminal: steps, refusals and results in the language of the person's system. */
import { IntlMessageFormat } from 'intl-messageformat'
import { Refusal, type RefusalData } from '../base/errors.ts'
import { isGone } from '../platform/db/index.ts'
import { wordsOf } from './catalogs.ts'

/** The language of the person’s system. */
export const locale: 'zh-CN' | 'en' = /^zh/i.test(
  process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '',
)
  ? 'zh-CN'
  : 'en'

/** The sentence for a code, or the code itself where no catalog has it. */
export function sentence(code: string, data: RefusalData = {}): string {
  const text = wordsOf(locale)[code] ?? wordsOf(locale)[`errors.${code}`]
  if (text === undefined) return Object.keys(data).length > 0 ? `${code} ${JSON.stringify(data)}` : code
  return String(new IntlMessageFormat(text, locale).format(data as Record<string, string>))
}

/** Progress goes to standard error, so that standard output stays what was asked for. */
export const step = (code: string, data?: RefusalData): void => void process.stderr.write(`· ${sentence(code, data)}\n`)

/** What the operating system says, by its code: the key of our sentence. */
const SYSTEM: Record<string, string> = {
  EADDRINUSE: 'server.port_busy',
  EADDRNOTAVAIL: 'server.host_unknown',
  ENOTFOUND: 'server.host_unknown',
  EACCES: 'server.not_permitted',
  EPERM: 'server.not_permitted',
  EROFS: 'server.not_permitted',
  EEXIST: 'server.file_exists',
  ENOENT: 'server.no_such_path',
  ENOTDIR: 'server.no_such_path',
  EISDIR: 'server.no_such_path',
  ENOSPC: 'server.disk_full',
  EDQUOT: 'server.disk_full',
}

type SystemError = {
  code?: string
  message?: string
  path?: string
  port?: number
  address?: string
  hostname?: string
  syscall?: string
}

/** One clear sentence for whatever ended a command; the stack of a real fault follows it. */
export function explainFailure(error: unknown): string {
  if (error instanceof Refusal) return sentence(error.code, error.data)
  // A procedure that was called from inside the program wraps the refusal.
  const wrapped = (error as { data?: { code?: string } }).data
  if (typeof wrapped?.code === 'string') return sentence(wrapped.code, wrapped)
  if (isGone(error)) return sentence('db.unavailable')
  const { code = '', message = '', path, port, address, hostname, syscall } = error as SystemError
  const key = code === 'EACCES' && syscall === 'listen' ? 'server.port_forbidden' : SYSTEM[code]
  if (key) return sentence(key, { path: path ?? message, port: port ?? '', host: hostname ?? address ?? '' })
  return String((error as Error)?.stack ?? error)
}
