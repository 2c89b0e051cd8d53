/** The data folder: proves that it is ours before anything is written, and says where in it the database lives. */
import { randomBytes } from 'node:crypto'
import {
  access,
  chmod,
  chown,
  constants,
  link,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { Refusal } from '../../base/errors.ts'

/** The unprivileged user a database server runs as when the product itself runs as root, which PostgreSQL refuses. */
export type Identity = { uid: number; gid: number }

/** `home` holds the cluster and, where needed, a copy of the engine; it is the folder itself wherever that works. */
export type DataFolder = { folder: string; home: string; identity: Identity | undefined }

/** Where in its home the cluster lies. */
export const CLUSTER = 'postgres'
const MARKER = 'qiangshi-data.json'
const FORMAT = 1
const FILES = ['files', 'audit-heads']
const ELSEWHERE = '/var/lib/qiangshi'
const isRoot = process.getuid?.() === 0

/** What the folder is for: with a server of one's own it holds files only, and no unprivileged user need reach it. */
export type Use = 'database' | 'files'

/**
 * Makes or recognises the data folder and returns its real path.
 * @throws Refusal `db.folder_not_writable`, `db.folder_damaged`, `db.folder_format`, or `db.folder_foreign` when it holds something
 * that the product did not put there.
 */
export async function claimDataFolder(path: string, use: Use = 'database'): Promise<DataFolder> {
  let folder = resolve(path)
  try {
    await mkdir(folder, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
    folder = await realpath(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const marker = await claim(folder, use)
    const home = marker.database ?? folder
    return { folder, home, identity: isRoot && use === 'database' ? await identityFor(folder, home) : undefined }
  } catch (error) {
    if (error instanceof Refusal) throw error
    const foreign = (error as NodeJS.ErrnoException).code === 'EEXIST'
    throw new Refusal('fault', foreign ? 'db.folder_foreign' : 'db.folder_not_writable', {
      folder,
      why: String((error as Error).message),
    })
  }
}

type Marker = { product: string; format: number; database?: string }

async function claim(folder: string, use: Use): Promise<Marker> {
  for (;;) {
    const known = await readMarker(folder)
    if (known) return use === 'database' ? settled(folder, known) : known
    const others = (await readdir(folder)).filter((name) => !name.startsWith(`${MARKER}.`) && name !== 'lost+found')
    if (others.includes(MARKER)) continue
    // Before folders were marked beside a server of one's own, these two were all that lay in them.
    const foreign = use === 'files' ? others.filter((name) => !FILES.includes(name)) : others
    if (foreign.length > 0) throw new Refusal('fault', 'db.folder_foreign', { folder })
    // The database's user may pass through. Root working in somebody's checkout leaves them a folder that they can go on with.
    const above = await stat(dirname(folder))
    const owner = isRoot && above.uid !== 0 ? { uid: above.uid, gid: above.gid } : undefined
    if (isRoot) await chmod(folder, (await stat(folder)).mode | 0o011)
    if (owner) await chown(folder, owner.uid, owner.gid)
    const marker: Marker = { product: 'qiangshi', format: FORMAT, ...(use === 'database' ? await placeOf(folder) : {}) }
    await writeOnce(join(folder, MARKER), text(marker), 0o644, owner)
  }
}

const text = (marker: Marker): string => `${JSON.stringify(marker, null, 2)}\n`

/** Below a folder closed to others (such as /root) no unprivileged server can work: the database goes where services keep theirs. */
async function placeOf(folder: string): Promise<{ database?: string }> {
  if (!isRoot || (await canReach(folder, await identityFor(folder)))) return {}
  const database = join(ELSEWHERE, randomBytes(6).toString('hex'))
  await mkdir(database, { recursive: true, mode: 0o711 })
  return { database }
}

/** A folder that has held files only, and is to hold a database now, has not yet been asked where that can lie. */
async function settled(folder: string, marker: Marker): Promise<Marker> {
  if (!isRoot || marker.database || (await stat(join(folder, CLUSTER)).catch(() => undefined))) return marker
  const place = await placeOf(folder)
  if (!place.database) return marker
  const known = { ...marker, ...place }
  const { uid, gid } = await stat(join(folder, MARKER))
  const draft = join(folder, `${MARKER}.${process.pid}`)
  await writeFile(draft, text(known), { mode: 0o644, flush: true })
  await chown(draft, uid, gid)
  await rename(draft, join(folder, MARKER))
  return known
}

async function readMarker(folder: string): Promise<Marker | undefined> {
  const found = await readFile(join(folder, MARKER), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return undefined
  const marker = parsed(found)
  if (!marker) throw new Refusal('fault', 'db.folder_damaged', { file: join(folder, MARKER) })
  if (marker.product !== 'qiangshi') throw new Refusal('fault', 'db.folder_foreign', { folder })
  if (marker.format !== FORMAT)
    throw new Refusal('fault', 'db.folder_format', { folder, format: String(marker.format) })
  return marker
}

function parsed(found: string): Marker | undefined {
  try {
    const marker = JSON.parse(found) as unknown
    return marker !== null && typeof marker === 'object' && !Array.isArray(marker) ? (marker as Marker) : undefined
  } catch {
    return undefined
  }
}

/** Writes a file that must not change once it exists; of several that try at once, the first wins and all go on with its content. */
export async function writeOnce(file: string, content: string, mode: number, owner?: Identity): Promise<string> {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(draft, content, { mode, flush: true })
  try {
    if (owner) await chown(draft, owner.uid, owner.gid)
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return readFile(file, 'utf8')
}

/** The owner of the cluster, else of the folder or the folder above it where the system knows that user, else nobody: never root. */
async function identityFor(folder: string, home: string = folder): Promise<Identity> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const cluster = join(home, CLUSTER)
  for (const candidate of [cluster, folder, dirname(folder)]) {
    const owner = await stat(candidate).catch(() => undefined)
    if (!owner || owner.uid === 0) continue
    if (candidate === cluster) return { uid: owner.uid, gid: owner.gid }
    // A cluster cannot be made for a user without a name, only served.
    const gid = new RegExp(`^[^:]*:[^:]*:${owner.uid}:(\\d+):`, 'm').exec(passwd)?.[1]
    if (gid) return { uid: owner.uid, gid: Number(gid) }
  }
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd)
  return { uid: Number(nobody?.[1] ?? 65_534), gid: Number(nobody?.[2] ?? 65_534) }
}

/** True where the permissions of every folder on the way let this user through. */
export async function canReach(path: string, who: Identity): Promise<boolean> {
  const parts = path.split(sep)
  for (let depth = 1; depth <= parts.length; depth++) {
    const { uid, gid, mode } = await stat(parts.slice(0, depth).join(sep) || sep)
    const bit = uid === who.uid ? 0o100 : gid === who.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
  }
  return true
}
