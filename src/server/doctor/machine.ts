/** The machine: Node, data folder, disk, address, web app, faces for printing, browser. Nothing is changed or made. */
import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { renderCertificate } from '../../platform/documents/index.ts'
import { reachMail } from '../../platform/inbox/index.ts'
import { closedTo } from '../ownership.ts'
import { assertPortFree } from '../ready.ts'
import type { Environment } from '../settings.ts'
import { webState } from '../web-build.ts'
import { type Finding, fault, ok, skipped, warning } from './finding.ts'

const OLDEST_NODE = 24
const GIGABYTE = 2 ** 30

export async function node(): Promise<Finding> {
  const data = { version: process.versions.node, wanted: OLDEST_NODE }
  return Number.parseInt(process.versions.node, 10) >= OLDEST_NODE ? ok('node.ok', data) : fault('node.old', data)
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

export async function dataFolder({ dataFolder: folder, databaseUrl }: Environment): Promise<Finding> {
  const found = await stat(folder).catch(() => undefined)
  if (!found) return skipped('data.none', { folder })
  if (!found.isDirectory()) return fault('data.no_folder', { folder })
  const mine = await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  const { username } = userInfo()
  if (!mine) return fault('data.closed', { folder, owner: found.uid, user: username })
  const closed = await closedTo(folder)
  if (closed) return fault('data.not_yours', { ...closed, user: username })
  const holds = await readdir(folder)
  const marked = holds.includes('qiangshi-data.json')
  if (!marked && !databaseUrl && holds.length > 0) return fault('data.foreign', { folder })
  return ok('data.ok', { folder, user: username })
}

/** Room on the disk of the data folder, or of what is there of the way to it. */
export async function disk({ dataFolder: folder }: Environment): Promise<Finding> {
  let at = folder
  while (!(await isThere(at)) && dirname(at) !== at) at = dirname(at)
  const { bavail, bsize } = await statfs(at)
  const free = (bavail * bsize) / GIGABYTE
  const data = { folder: at, free: free.toFixed(1) }
  return free < 0.2 ? fault('disk.full', data) : free < 2 ? warning('disk.low', data) : ok('disk.ok', data)
}

export async function port(env: Environment): Promise<Finding> {
  const data = { host: env.host, port: env.port }
  try {
    await assertPortFree(env)
    return ok('port.free', data)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE')
      return fault('port.unusable', { ...data, why: (error as Error).message })
    const host = env.host.includes(':') ? `[${env.host}]` : env.host
    const healthy = await fetch(`http://${host}:${env.port}/health`, { signal: AbortSignal.timeout(3000) })
      .then(async (answer) => ((await answer.json()) as { ok?: boolean }).ok === true)
      .catch(() => false)
    return healthy ? ok('port.serving', data) : warning('port.busy', data)
  }
}

export async function web(): Promise<Finding> {
  const state = await webState()
  return state === 'fresh' ? ok('web.ok') : state === 'stale' ? warning('web.stale') : fault('web.missing')
}

/** Characters that only appear where all the faces are there: ordinary ones, and two of rare names. */
export async function faces(): Promise<Finding> {
  const { missing } = await renderCertificate(
    {
      locale: 'zh-CN',
      title: '培训结业证书',
      titleOther: 'Certificate of Completion',
      name: '张䶮𠮷',
      idMasked: '510***********1234',
      paragraphs: ['考核合格，准予结业。'],
      issuer: '某某区教育委员会',
      date: '2023-12-20',
      number: '教训证〔2023〕1号',
      verify: { page: 'https://localhost/verify', code: '7K3QX-9D2MA-V0TZH-4WBEC' },
    },
    '2023-12-20T02:00:00Z',
  )
  return missing.length === 0 ? ok('faces.ok') : fault('faces.missing', { characters: missing.join('') })
}

const MAIL_WAITS = 5_000

/** Whether letters would get away: the server is asked to let us in, and nothing is sent. The address may hold a password and is not told. */
export async function mail({ mail: server }: Environment): Promise<Finding> {
  if (!server) return skipped('mail.none')
  const data = { host: new URL(server.url).host, from: server.from }
  const answer = await reachMail(server, MAIL_WAITS)
  return answer === null ? ok('mail.ok', data) : warning('mail.unreachable', { ...data, answer })
}

/** Only the tests of the product need it. */
export async function chromium(): Promise<Finding> {
  const named = process.env.QIANGSHI_CHROMIUM
  if (named)
    return (await isThere(named)) ? ok('chromium.ok', { path: named }) : warning('chromium.gone', { path: named })
  try {
    return ok('chromium.ok', { path: join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '..') })
  } catch {
    return skipped('chromium.none')
  }
}
