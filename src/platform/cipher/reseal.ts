/**
 * Sealing everything anew: after a switch of the suite or the version of the key, and whatever was written meanwhile by a program that had not
 * heard of it. Nothing is lost on the way, since every sealed text says what it was sealed under; whoever is interrupted goes on where it was.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/index.ts'
import { choose } from './chosen.ts'
import { type Before, type Choice, headOf, type Keys, type Sealer, sealer } from './sealer.ts'
import { Tampered } from './suites.ts'

/** A column of sealed texts, as its module declares it. */
export type Kept = {
  /** With its schema: `directory.person`. It has a primary key. */
  table: string
  cipher: string
  purpose: string
  /** How it was done before there were suites, where that was otherwise than usual. */
  before?: Before
  /** The column whose text the sealed one is bound to, if any. */
  bound?: string
  /** The column with its blind index, if any; guarded by `cipher.guard_blind`. */
  hash?: string
  /** The blind index is made after the text was written, by `blindWaiting`; a text that changes loses it. */
  late?: true
}

/** `broken` opens under no key: the texts are left as they are, and told by their primary keys. */
export type Resealed = { table: string; column: string; sealed: number; broken: string[] }

export type Watch = { signal?: AbortSignal; batch?: number; onProgress?: (table: string, done: number) => void }

const BATCH = 2_000
/** What is written while we go through a table is found by going through it again, but not for ever. */
const ROUNDS = 5
const TOLD = 20

type Row = { key: Record<string, string>; sealed: string; bound: string; hash?: string }

/** How many texts of each column are not sealed as is chosen now. */
export async function waiting(
  db: Db,
  keys: Keys,
  kept: readonly Kept[],
): Promise<{ table: string; column: string; count: number }[]> {
  const head = headOf(chosenOf(keys).seal)
  return Promise.all(
    kept.map(async ({ table, cipher }) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)} t
        where substring(t.${sql.ref(cipher)} from 1 for 4) <> ${head}`.execute(db)
      return { table, column: cipher, count: rows[0]!.count }
    }),
  )
}

/**
 * Seals anew what is not sealed as is chosen now, thousands of rows a statement, each batch a transaction of its own. Readers and writers go on.
 * @param db the owner's connection
 */
export async function reseal(db: Db, keys: Keys, kept: readonly Kept[], watch: Watch = {}): Promise<Resealed[]> {
  const done: Resealed[] = []
  for (const column of kept) done.push(await resealColumn(db, keys, column, watch))
  await blindWaiting(db, keys, kept, watch)
  return done
}

/**
 * Makes blind indexes that are made late and have yet to be. What opens under no key is left without.
 * @param db the owner's connection, or a transaction that may write the columns; then only what it sees
 * @returns how many were made
 */
export async function blindWaiting(
  db: Db,
  keys: Keys,
  kept: readonly Kept[],
  { signal, batch = BATCH }: Watch = {},
): Promise<number> {
  let made = 0
  for (const column of kept) {
    const { table, cipher, hash, late, purpose, before } = column
    if (!hash || !late) continue
    const texts = sealer(keys, purpose, before)
    const columns = await keyOf(db, table)
    for (let after: Row['key'] | undefined; ; ) {
      signal?.throwIfAborted()
      const rows = await readRows(db, column, columns, batch, after, sql`t.${sql.ref(hash)} is null`)
      if (rows.length === 0) break
      after = rows.at(-1)!.key
      const anew = rows.flatMap((row) => {
        const text = opened(texts, row)
        return text === undefined ? [] : [{ ...row.key, was: row.sealed, made: texts.blind(text).toString('hex') }]
      })
      const { numAffectedRows } = await sql`update ${sql.table(table)} t set ${sql.ref(hash)} = decode(r.made, 'hex')
        from ${asRows(anew, columns, 'was text, made text')} where ${sameKey(columns)} and t.${sql.ref(hash)} is null
          and t.${sql.ref(cipher)} = decode(r.was, 'hex')`.execute(db)
      made += Number(numAffectedRows ?? 0)
    }
  }
  return made
}

async function resealColumn(
  db: Db,
  keys: Keys,
  kept: Kept,
  { signal, batch = BATCH, onProgress }: Watch,
): Promise<Resealed> {
  const { table, cipher, purpose, before } = kept
  const texts = sealer(keys, purpose, before)
  const columns = await keyOf(db, table)
  const broken = new Set<string>()
  let sealed = 0
  for (let round = 0; round < ROUNDS; round++) {
    let found = 0
    for (let after: Row['key'] | undefined; ; ) {
      signal?.throwIfAborted()
      const head = headOf(chosenOf(keys).seal)
      const rows = await readRows(
        db,
        kept,
        columns,
        batch,
        after,
        sql`substring(t.${sql.ref(cipher)} from 1 for 4) <> ${head}`,
      )
      if (rows.length === 0) break
      after = rows.at(-1)!.key
      const anew = rows.flatMap((row) => {
        const text = opened(texts, row)
        if (text === undefined) broken.add(JSON.stringify(row.key))
        return text === undefined
          ? []
          : [{ ...row.key, was: row.sealed, made: texts.seal(text, row.bound).toString('hex') }]
      })
      // Where somebody has written another text meanwhile, that one stays.
      const { numAffectedRows } = await sql`update ${sql.table(table)} t set ${sql.ref(cipher)} = decode(r.made, 'hex')
        from ${asRows(anew, columns, 'was text, made text')} where ${sameKey(columns)} and t.${sql.ref(cipher)} = decode(r.was, 'hex')`.execute(
        db,
      )
      const count = Number(numAffectedRows ?? 0)
      found += count
      sealed += count
      onProgress?.(table, sealed)
    }
    if (found === 0) break
  }
  return { table, column: cipher, sealed, broken: [...broken].slice(0, TOLD) }
}

/**
 * Makes all blind indexes anew under a choice: one transaction, in which the tables are read but not written by others, so that at no time
 * two hashes of one text differ. @throws Tampered where a text opens under no key: its hash could not be made
 */
export async function reblind(
  db: Db,
  keys: Keys,
  kept: readonly Kept[],
  choice: Choice,
  { batch = BATCH, onProgress }: Watch = {},
): Promise<void> {
  const derive = (purpose: string): Buffer => keys(purpose)
  const then: Keys = Object.assign(derive, { chosen: { seal: chosenOf(keys).seal, blind: choice } })
  await db.transaction().execute(async (tx) => {
    await choose(tx, 'blind', choice)
    for (const column of kept) {
      const { table, hash, purpose, before } = column
      if (!hash) continue
      await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx)
      const texts = sealer(then, purpose, before)
      const columns = await keyOf(tx, table)
      let done = 0
      for (let after: Row['key'] | undefined; ; ) {
        const rows = await readRows(tx, column, columns, batch, after, sql`t.${sql.ref(hash)} is not null`)
        if (rows.length === 0) break
        after = rows.at(-1)!.key
        const anew = rows.map((row) => {
          const text = opened(texts, row)
          if (text === undefined) throw new Tampered(`${table} ${JSON.stringify(row.key)} opens under no key`)
          return { ...row.key, made: texts.blind(text).toString('hex') }
        })
        await sql`update ${sql.table(table)} t set ${sql.ref(hash)} = decode(r.made, 'hex')
          from ${asRows(anew, columns, 'made text')} where ${sameKey(columns)}`.execute(tx)
        done += rows.length
        onProgress?.(table, done)
      }
    }
  })
  if (keys.chosen) keys.chosen.blind = choice
}

const chosenOf = (keys: Keys) => keys.chosen ?? { seal: { suite: 'aes', version: 1 } as Choice }

function opened(texts: Sealer, { sealed, bound }: Row): string | undefined {
  try {
    return texts.open(Buffer.from(sealed, 'hex'), bound)
  } catch (error) {
    if (error instanceof Tampered) return undefined
    throw error
  }
}

type Column = { name: string; type: string }

/** The primary key of a table, in its order. */
async function keyOf(db: Db, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as k(att, ord)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.att
    where i.indrelid = ${table}::regclass and i.indisprimary order by k.ord`.execute(db)
  return rows
}

const listed = (columns: readonly Column[], one: (column: Column) => RawBuilder<unknown>) => sql.join(columns.map(one))

/** Rows behind a key in the order of the primary key, the sealed text in hex. */
async function readRows(
  db: Db,
  { table, cipher, bound }: Kept,
  columns: readonly Column[],
  batch: number,
  after: Row['key'] | undefined,
  where: RawBuilder<unknown>,
): Promise<Row[]> {
  const key = listed(columns, ({ name }) => sql`t.${sql.ref(name)}`)
  const behind = after
    ? sql`and (${key}) > (${listed(columns, ({ name, type }) => sql`${after[name]}::${sql.raw(type)}`)})`
    : sql``
  const { rows } = await sql<Row>`select
      jsonb_build_object(${listed(columns, ({ name }) => sql`${sql.lit(name)}, t.${sql.ref(name)}::text`)}) as key,
      encode(t.${sql.ref(cipher)}, 'hex') as sealed, ${bound ? sql`t.${sql.ref(bound)}::text` : sql`''`} as bound
    from ${sql.table(table)} t where t.${sql.ref(cipher)} is not null and ${where} ${behind} order by ${key} limit ${batch}`.execute(
    db,
  )
  return rows
}

const asRows = (
  rows: unknown[],
  columns: readonly Column[],
  more: string,
) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
  as r(${listed(columns, ({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`)}, ${sql.raw(more)})`

const sameKey = (columns: readonly Column[]) =>
  sql.join(
    columns.map(({ name }) => sql`t.${sql.ref(name)} = r.${sql.ref(name)}`),
    sql` and `,
  )
