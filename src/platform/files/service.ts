/** Keeping files and getting them back, under the scope of the act. */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { invalid, notFound, Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import type { FileFacts } from './contract.ts'
import { type FileKind, KINDS } from './kinds.ts'
import { safeName } from './names.ts'
import type { Bytes, FileStore, Stored } from './store.ts'

/** What files are kept for: a module declares its purposes, with the limits that belong to them. */
export type Purpose = {
  /** `records.roster` */
  id: string
  maxBytes: number
  kinds: readonly FileKind[]
  /** The permission that an upload over HTTP needs. */
  permission: string
}

export type NewFile = {
  name: string
  purpose: Purpose
  /** In whose scope others may read it; without it, only the account that put it there. */
  orgPath?: string | undefined
}

/**
 * Keeps bytes and says so in the transaction. What a rolled-back act left in the store is found by nobody.
 * @throws Refusal `files.too_large`, `files.empty`, `files.kind_not_allowed`
 */
export async function putFile<T>(act: Act<T>, store: FileStore, file: NewFile & { bytes: Bytes }): Promise<FileFacts> {
  return keep(act, await store.put(file.bytes, file.purpose.maxBytes), file)
}

/** Enters bytes that lie in the store already. */
export async function keep<T>(act: Act<T>, stored: Stored, { name, purpose, orgPath }: NewFile): Promise<FileFacts> {
  assertKind(stored, purpose)
  const row = {
    id: newId(),
    name: safeName(name, stored.kind),
    mediaType: KINDS[stored.kind],
    size: stored.size,
    purpose: purpose.id,
    sha256: stored.sha256,
  }
  const { rows } = await sql<{
    createdAt: string
  }>`insert into files.file (id, sha256, name, media_type, size, purpose, account_id, org_path)
    values (${row.id}, ${row.sha256}, ${row.name}, ${row.mediaType}, ${row.size}, ${row.purpose}, ${act.actor.account}, ${orgPath ?? null}::ltree)
    returning created_at`.execute(act.tx)
  await record(act, {
    action: 'files.file_kept',
    subject: { kind: 'file', id: row.id },
    after: row,
    ...(orgPath ? { orgPath } : {}),
  })
  return { ...row, createdAt: rows[0]!.createdAt }
}

export function assertKind(stored: Stored, purpose: Purpose): void {
  if (!purpose.kinds.includes(stored.kind))
    throw invalid('files.kind_not_allowed', { found: stored.kind, allowed: purpose.kinds.join(', ') })
}

/** What is known of a file. Outside the scope it does not exist. */
export async function fileOf<T>(act: Act<T>, id: string): Promise<FileFacts> {
  const { rows } = await sql<FileFacts>`select f.id, f.name, f.media_type, f.size, f.purpose, f.sha256, f.created_at
    from files.file f where f.id = ${id}`.execute(act.tx)
  if (!rows[0]) throw notFound('file')
  return rows[0]
}

/** A file with all its bytes, checked against their hash. */
export async function readFile<T>(
  act: Act<T>,
  store: FileStore,
  id: string,
): Promise<{ facts: FileFacts; bytes: Buffer }> {
  const { facts, stream } = await streamFile(act, store, id)
  const bytes = await buffer(stream)
  if (createHash('sha256').update(bytes).digest('hex') !== facts.sha256) throw new Refusal('fault', 'files.damaged')
  return { facts, bytes }
}

export async function streamFile<T>(
  act: Act<T>,
  store: FileStore,
  id: string,
): Promise<{ facts: FileFacts; stream: Readable }> {
  const facts = await fileOf(act, id)
  return { facts, stream: await store.open(facts.sha256) }
}
