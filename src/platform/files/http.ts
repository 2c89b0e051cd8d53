/** Files over plain HTTP, for the handlers of the server: streams in, streams out, no transaction open while they run. */
import type { Readable } from 'node:stream'
import type { Act } from '../db/index.ts'
import type { FileFacts } from './contract.ts'
import { KINDS } from './kinds.ts'
import { contentDisposition } from './names.ts'
import { assertKind, keep, type NewFile, streamFile } from './service.ts'
import type { FileStore } from './store.ts'

export type Upload = NewFile & {
  store: FileStore
  /** The body of the request. */
  stream: AsyncIterable<Uint8Array>
  /** Opens the transaction under the purpose's permission, once the last byte is there. */
  enter: <R>(work: (act: Act) => Promise<R>) => Promise<R>
}

/**
 * Takes an upload. Check the permission before: the bytes are taken first, then entered.
 * @throws Refusal `files.too_large` as soon as it is, `files.empty`, `files.kind_not_allowed`
 */
export async function receiveUpload({ store, stream, enter, ...file }: Upload): Promise<FileFacts> {
  const stored = await store.put(stream, file.purpose.maxBytes)
  assertKind(stored, file.purpose)
  return enter((act) => keep(act, stored, file))
}

export type Download = { headers: Record<string, string>; stream: Readable; facts: FileFacts }

/** What a browser may show itself; everything else is saved. */
const SHOWN: readonly string[] = [KINDS.pdf, KINDS.png, KINDS.jpeg]

/** A file with the headers to send it under. `inline` lets a browser show a PDF or a picture. @throws Refusal `not_found` */
export async function openDownload<T>(
  act: Act<T>,
  store: FileStore,
  id: string,
  { inline = false } = {},
): Promise<Download> {
  const { facts, stream } = await streamFile(act, store, id)
  const shown = inline && SHOWN.includes(facts.mediaType)
  const headers = {
    'content-type': facts.mediaType,
    'content-length': String(facts.size),
    'content-disposition': contentDisposition(facts.name, shown),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'content-security-policy': shown ? "default-src 'none'; frame-ancestors 'self'" : "sandbox; default-src 'none'",
  }
  return { headers, stream, facts }
}
