/** Loads the code tables from `codes/tables.yaml` into the database; the same file twice changes nothing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Db } from '../../platform/db/index.ts'

const FILE = join(import.meta.dirname, 'codes', 'tables.yaml')
const words = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.string()])])
const Tables = z.array(
  z.strictObject({
    name: z.string(),
    source: z.string(),
    local: z.boolean().default(false),
    codes: z.record(z.string(), words),
  }),
)

export type CodeEntry = {
  table: string
  code: string
  zh: string
  en: string
  source: string
  local: boolean
  mapsTo: string | null
}

/** All entries in the order of the file. */
export async function codeEntries(): Promise<CodeEntry[]> {
  const tables = Tables.parse(parse(await readFile(FILE, 'utf8')))
  return tables.flatMap(({ name, source, local, codes }) =>
    Object.entries(codes).map(([code, [zh, en, mapsTo]]) => ({
      table: name,
      code,
      zh,
      en,
      source,
      local,
      mapsTo: mapsTo ?? null,
    })),
  )
}

/** Brings `records.code` up to the file in one statement; codes that left the file stay for old records and end today. */
export async function loadCodes(owner: Db): Promise<void> {
  const rows = (await codeEntries()).map(({ mapsTo, ...entry }, position) => ({ ...entry, maps_to: mapsTo, position }))
  await sql`insert into records.code as c ("table", code, zh, en, source, local, maps_to, position)
    select r."table", r.code, r.zh, r.en, r.source, r.local, r.maps_to, r.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("table" text, code text, zh text, en text, source text, local boolean, maps_to text, position int)
    on conflict ("table", code) do update set zh = excluded.zh, en = excluded.en, source = excluded.source, local = excluded.local, maps_to = excluded.maps_to, position = excluded.position
    where (c.zh, c.en, c.source, c.local, c.maps_to, c.position) is distinct from (excluded.zh, excluded.en, excluded.source, excluded.local, excluded.maps_to, excluded.position)`.execute(
    owner,
  )
}
