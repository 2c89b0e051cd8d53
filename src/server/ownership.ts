/** Whose the files in the data folder are: root leaves them to the folder's owner, everybody else must be able to work in them. */
import { access, chown, constants, lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../base/errors.ts'
import type { Witness } from '../platform/audit/index.ts'

const isRoot = process.getuid?.() === 0
/** What the product itself keeps there; the database's folder is the database's. */
const KEPT = ['files', 'audit-heads'] as const

type Owner = { uid: number; gid: number }

/** The user whom root leaves everything to; undefined where that is root, or this is not root. */
async function heirOf(folder: string): Promise<Owner | undefined> {
  if (!isRoot) return undefined
  const { uid, gid } = await stat(folder)
  return uid === 0 ? undefined : { uid, gid }
}

/**
 * Leaves what an earlier start as root has made to the owner of the folder; refuses where this user could not work with it.
 * @throws Refusal `server.not_yours`
 */
export async function settleOwnership(folder: string): Promise<void> {
  const heir = await heirOf(folder)
  if (heir) {
    for (const name of [...KEPT, 'qiangshi-data.json']) await leaveTo(heir, join(folder, name))
    return
  }
  const closed = await closedTo(folder)
  if (closed) throw new Refusal('fault', 'server.not_yours', closed)
}

/** The first folder or note that this user cannot work with, and whose it is. The store has two levels of folders. */
export async function closedTo(folder: string): Promise<{ path: string; owner: number } | undefined> {
  const [files, heads] = KEPT.map((name) => join(folder, name)) as [string, string]
  const first = await within(files)
  const second = (await Promise.all(first.map((path) => within(path)))).flat()
  for (const path of [files, heads, ...first, ...second]) {
    if (await lacks(path, constants.R_OK | constants.W_OK | constants.X_OK))
      return { path, owner: (await lstat(path)).uid }
  }
  for (const path of await within(heads, 'file'))
    if (await lacks(path, constants.R_OK)) return { path, owner: (await lstat(path)).uid }
  return undefined
}

const lacks = (path: string, what: number): Promise<boolean> =>
  access(path, what).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )

async function within(path: string, kind: 'folder' | 'file' = 'folder'): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => (kind === 'folder' ? entry.isDirectory() : entry.isFile()))
    .map(({ name }) => join(path, name))
}

async function leaveTo(heir: Owner, path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (!found) return
  if (found.uid !== heir.uid) await chown(path, heir.uid, heir.gid)
  if (!found.isDirectory()) return
  for (const name of await readdir(path)) await leaveTo(heir, join(path, name))
}

/** What root does with every content of the store in somebody else's folder: it is theirs as soon as it is kept, or sealed anew. */
export async function inheritance(folder: string): Promise<((path: string) => Promise<void>) | undefined> {
  const heir = await heirOf(folder)
  return heir && ((path) => chown(path, heir.uid, heir.gid))
}

/** The witness likewise. */
export async function inheritedWitness(folder: string, witness: Witness): Promise<Witness> {
  const heir = await heirOf(folder)
  if (!heir) return witness
  return {
    ...witness,
    note: async (db) => {
      const testimony = await witness.note(db)
      await leaveTo(heir, join(folder, 'audit-heads'))
      return testimony
    },
  }
}
