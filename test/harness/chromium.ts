/** The browser of the journeys: a Chromium from npm with everything it needs, Chinese letters included, or the one in `QIANGSHI_CHROMIUM`. */
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { buildWeb } from '../../src/server/web-build.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PACKAGE = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
const FONT = join(ROOT, 'node_modules', '@expo-google-fonts', 'noto-sans-sc', '400Regular')

// The package's own arguments are for a single process, which dies here. Nothing of the browser's own may go to the network.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
]

/** A headless browser; the caller closes it. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const system = process.env.QIANGSHI_CHROMIUM
  const own = system ? { executablePath: system } : await unpacked()
  return await chromium.launch({ headless: true, ...own, ...options, args: [...ARGS, ...(options.args ?? [])] })
}

let shared: Promise<Browser> | undefined

/** The browser of this process, started with the first journey; it ends with the process. Each visit has a context of its own. */
export async function sharedChromium(): Promise<Browser> {
  if (!(await shared)?.isConnected()) shared = launchChromium()
  return await shared!
}

/** Vitest calls this before the journeys, so that the workers find the browser unpacked and the web app built. */
export async function setup(): Promise<void> {
  if (!process.env.QIANGSHI_CHROMIUM) await unpacked()
  await buildWeb(() => {})
}

async function unpacked(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const folder = await firstThatWorks(
    [join(ROOT, '.tmp'), join(tmpdir(), `qiangshi-${process.getuid?.() ?? 'user'}`)],
    (base) => unpack(join(base, `chromium-${version}`)),
  )
  const env = {
    // Libraries that a bare system lacks, and letters: nothing is taken from, or written to, the home folder.
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    HOME: join(folder, 'home'),
    // Without a locale that knows Chinese letters a file would be saved under the name `download`.
    LC_ALL: 'C.UTF-8',
  }
  return { executablePath: join(folder, 'chromium'), env: { ...stringsOf(process.env), ...env } }
}

/** Unpacks beside the target and renames: a half-unpacked browser never exists under its name, and of two at once one wins. */
async function unpack(folder: string): Promise<string> {
  if (await exists(folder)) return folder
  const draft = `${folder}.${process.pid}`
  await mkdir(join(draft, 'home'), { recursive: true })
  await chmod(join(draft, 'home'), 0o777)
  const { inflate } = await import('@sparticuz/chromium')
  const before = process.env.TMPDIR
  process.env.TMPDIR = draft
  try {
    await Promise.all(
      ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((name) => inflate(join(PACKAGE, 'bin', name))),
    )
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  await chmod(join(draft, 'chromium'), 0o755)
  await writeFile(join(draft, 'fonts.conf'), fontsConf(folder))
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }))
  return folder
}

const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>${FONT}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'home', 'fonts')}</cachedir>
</fontconfig>
`

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function firstThatWorks<T>(places: string[], work: (place: string) => Promise<T>): Promise<T> {
  for (const [index, place] of places.entries()) {
    try {
      return await work(place)
    } catch (error) {
      if (
        index === places.length - 1 ||
        !['EACCES', 'EPERM', 'EROFS'].includes(String((error as { code?: string }).code))
      )
        throw error
    }
  }
  throw new Error('no place to unpack into')
}

const stringsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
