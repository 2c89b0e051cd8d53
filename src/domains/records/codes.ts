/** Loads the code tables from the files in `codes` into the database; the same files twice change nothing. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Db } from '../../platform/db/index.ts'

const FOLDER = join(import.meta.dirname, 'codes')
const words = z.union([
  z.tuple([z.string(), z.string()]),
  z.tuple([z.string(), z.string(), z.string()]),
  // Where the standard says since when or until when: `to` is the first day on which the code is no longer used.
  z.strictObject({
    zh: z.string(),
    en: z.string(),
    mapsTo: z.string().optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
])
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
  from: string | null
  to: string | null
}

/** All entries in the order of the files. */
export async function codeEntries(): Promise<CodeEntry[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml')).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(FOLDER, file), 'utf8')))
  return texts
    .flatMap((text) => Tables.parse(parse(text)))
    .flatMap(({ name, source, local, codes }) =>
      Object.entries(codes).map(([code, entry]) => {
        const { zh, en, mapsTo, from, to } = Array.isArray(entry)
          ? { zh: entry[0], en: entry[1], mapsTo: entry[2] }
          : entry
        return { table: name, code, zh, en, source, local, mapsTo: mapsTo ?? null, from: from ?? null, to: to ?? null }
      }),
    )
}

/** Brings `records.code` up to the files; codes that left them stay for old records and end today. */
export async function loadCodes(owner: Db): Promise<void> {
  const rows = (await codeEntries()).map(({ mapsTo, ...entry }, position) => ({ ...entry, maps_to: mapsTo, position }))
  const told = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("table" text, code text, zh text, en text, "from" date, "to" date,
    source text, local boolean, maps_to text, position int)`
  await sql`insert into records.code as c ("table", code, zh, en, "from", "to", source, local, maps_to, position)
    select r."table", r.code, r.zh, r.en, r."from", r."to", r.source, r.local, r.maps_to, r.position from ${told}
    on conflict ("table", code) do update set zh = excluded.zh, en = excluded.en, "from" = excluded."from", "to" = excluded."to",
      source = excluded.source, local = excluded.local, maps_to = excluded.maps_to, position = excluded.position
    where (c.zh, c.en, c."from", c."to", c.source, c.local, c.maps_to, c.position) is distinct from
      (excluded.zh, excluded.en, excluded."from", excluded."to", excluded.source, excluded.local, excluded.maps_to, excluded.position)`.execute(
    owner,
  )
  await sql`update records.code c set "to" = db.today() where (c."to" is null or c."to" > db.today())
    and not exists (select from ${told} where r."table" = c."table" and r.code = c.code)`.execute(owner)
}
