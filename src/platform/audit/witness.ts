/** The head of the chain, kept beside the database: taking the newest entries away leaves a shorter chain that holds, but not this head. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type QueryExecutorProvider, sql } from 'kysely'
import { z } from 'zod'

/** `hash` in hex; `at` is the machine's time when the head was noted; `counts` of what only ever grows, by name. */
export type Head = { seq: number; hash: string; at: string; counts: Counts }
export type Counts = Readonly<Record<string, number>>

/** What the note beside the database says of the chain in it. `none` where no head was ever noted. */
export type Testimony =
  | { state: 'none' | 'held' }
  | { state: 'lost'; seq: number; at: string }
  | { state: 'shrunk'; what: string; noted: number; found: number; at: string }
  | { state: 'forged' }

export type Witness = {
  /** Notes the present head, unless the chain does not hold the one noted before: then that one stays until somebody removes the file. */
  note: (db: QueryExecutorProvider, counts?: Counts) => Promise<Testimony>
  /** Whether the chain still holds the head that was noted, and nothing that only grows has become less. */
  ask: (db: QueryExecutorProvider, counts?: Counts) => Promise<Testimony>
}

const noted = z.object({
  seq: z.number().int(),
  hash: z.string(),
  at: z.string(),
  counts: z.record(z.string(), z.number()),
  mac: z.string(),
})

/**
 * @param folder for the notes, one file a database
 * @param key 32 bytes: a note that was not written with it is `forged`
 */
export function openWitness(folder: string, key: Buffer): Witness {
  const macOf = (file: string, { seq, hash, at, counts }: Head): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([file, seq, hash, at, Object.entries(counts).sort()]))
      .digest()

  const read = async (file: string): Promise<Head | 'none' | 'forged'> => {
    const text = await readFile(join(folder, file), 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (text === null) return 'none'
    try {
      const { mac, ...head } = noted.parse(JSON.parse(text))
      const given = Buffer.from(mac, 'hex')
      const right = macOf(file, head)
      return given.length === right.length && timingSafeEqual(given, right) ? head : 'forged'
    } catch {
      return 'forged'
    }
  }

  const write = async (db: QueryExecutorProvider, file: string, counts: Counts, known?: Head): Promise<void> => {
    const { rows } = await sql<{ seq: number; hash: string }>`select l.seq, encode(l.hash, 'hex') as hash
      from audit.link l order by l.seq desc limit 1`.execute(db)
    if (!rows[0]) return
    const grown = { ...known?.counts, ...counts }
    if (rows[0].seq === known?.seq && Object.entries(grown).every(([name, n]) => known.counts[name] === n)) return
    const head: Head = { ...rows[0], at: new Date().toISOString(), counts: grown }
    const path = join(folder, file)
    const draft = `${path}.${process.pid}.draft`
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(draft, JSON.stringify({ ...head, mac: macOf(file, head).toString('hex') }), { mode: 0o600 })
    await rename(draft, path)
  }

  const judge = async (
    db: QueryExecutorProvider,
    head: Head | 'none' | 'forged',
    counts: Counts,
  ): Promise<Testimony> => {
    if (typeof head === 'string') return { state: head }
    const { seq, hash, at } = head
    const { rows } =
      await sql`select from audit.link l where l.seq = ${seq} and l.hash = decode(${hash}, 'hex')`.execute(db)
    if (rows.length === 0) return { state: 'lost', seq, at }
    for (const [what, found] of Object.entries(counts)) {
      const before = head.counts[what] ?? 0
      if (found < before) return { state: 'shrunk', what, noted: before, found, at }
    }
    return { state: 'held' }
  }

  return {
    note: async (db, counts = {}) => {
      const file = await fileOf(db)
      const head = await read(file)
      const testimony = await judge(db, head, counts)
      if (testimony.state === 'held') await write(db, file, counts, head as Head)
      else if (testimony.state === 'none') await write(db, file, counts)
      return testimony
    },
    ask: async (db, counts = {}) => judge(db, await read(await fileOf(db)), counts),
  }
}

/** A folder may have served several databases. */
async function fileOf(db: QueryExecutorProvider): Promise<string> {
  const { rows } = await sql<{ name: string }>`select s.system_identifier::text || '-' || d.oid::text as name
    from pg_control_system() s, pg_database d where d.datname = current_database()`.execute(db)
  return `${rows[0]!.name}.json`
}
