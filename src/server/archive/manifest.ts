/** What a backup says about itself: the last entry of the archive, so that one which was cut off has none. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Until 1, contents of files lay in the archive in clear; since then as they lie in the store. */
export const FORMAT = 2

export const Manifest = z.object({
  format: z.literal('qiangshi-backup'),
  version: z.union([z.literal(1), z.literal(FORMAT)]),
  /** Version of the program that made it. */
  program: z.string(),
  madeAt: z.iso.datetime(),
  /** Where the master key was: in the environment (then the archive does not hold it) or in the database. */
  key: z.object({ kept: z.enum(['environment', 'database']), check: z.string().nullable() }),
  database: z.object({
    server: z.string(),
    migrations: z.array(z.string()),
    tables: z.array(
      z.object({
        table: z.string(),
        columns: z.array(z.string()),
        rows: z.int(),
        bytes: z.int(),
        sha256: z.string(),
      }),
    ),
    sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
  }),
  /** `missing` are contents that the register of files knows and the store did not have. */
  files: z.object({
    count: z.int(),
    bytes: z.int(),
    missing: z.array(z.string()),
    /** Over names and bytes of the contents as they lie in the archive, in its order. */
    sha256: z.string().optional(),
  }),
})
export type Manifest = z.infer<typeof Manifest>

export const MANIFEST = 'manifest.json'
/** `database/ledger.entry/000001.copy`: parts of one table follow each other. */
export const partName = (table: string, number: number): string =>
  `database/${table}/${String(number).padStart(6, '0')}.copy`
export const fileName = (sha256: string): string => `sealed/${sha256}`

/** What an entry of the archive is, by its name; undefined for a stranger. */
export function kindOf(name: string): { table: string } | { file: string; clear: boolean } | 'manifest' | undefined {
  if (name === MANIFEST) return 'manifest'
  const table = /^database\/([^/]+)\/\d+\.copy$/.exec(name)?.[1]
  if (table) return { table }
  const [, how, file] = /^(files|sealed)\/([0-9a-f]{64})$/.exec(name) ?? []
  return file ? { file, clear: how === 'files' } : undefined
}

/** The version in package.json. */
export async function programVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
