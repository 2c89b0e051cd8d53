/** Opens an .xlsx as the zip archive it is, and refuses what is none, what is locked, and what would unpack without end. */
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { BufferReader, type RandomAccessReader, RemoteZipReader } from '@cj-tech-master/excelts/archive'
import { isXmlParseError, SaxParser, type SaxTag } from '@cj-tech-master/excelts/xml'
import { invalid, Refusal } from '../../base/errors.ts'

/** A file in memory, or the path of one. */
export type Source = Uint8Array | string

export interface Limits {
  /** Size of the file itself, in bytes. */
  readonly fileBytes: number
  /** Size of everything that is read, unpacked, in bytes. */
  readonly unpackedBytes: number
  /** Unpacked size over packed size of one part of more than 16 MB. Office files stay below 100; deflate can reach 1032. */
  readonly ratio: number
  /** Rows with data. */
  readonly rows: number
}

const LIMITS: Limits = { fileBytes: 64 << 20, unpackedBytes: 300 << 20, ratio: 300, rows: 200_000 }

const MEGABYTE = 1 << 20
const CHUNK = 128 << 10
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Parts that are never read and so never weighed. */
const UNREAD = /^(xl\/(media|drawings|charts|embeddings|printerSettings|theme|pivot)|docProps|customXml)/

const damaged = (): Refusal => invalid('sheets.damaged')

async function fileReader(file: FileHandle): Promise<RandomAccessReader> {
  const { size } = await file.stat()
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(end - start)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
    return bytes.subarray(0, bytesRead)
  }
  return { size, read, close: () => file.close() }
}

/** Spreadsheets of before 2007 and password-protected workbooks share one container; a protected one names its package. */
async function refuseUnlessZip(reader: RandomAccessReader): Promise<void> {
  if (reader.size < OLE.length) throw invalid('sheets.not_a_workbook')
  const head = Buffer.from(await reader.read(0, OLE.length))
  if (head.subarray(0, 2).toString('latin1') === 'PK') return
  if (!head.equals(OLE)) throw invalid('sheets.not_a_workbook')
  const all = Buffer.from(await reader.read(0, reader.size))
  throw invalid(all.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'sheets.encrypted' : 'sheets.old_format')
}

export interface PartHandlers {
  open(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** The name without its namespace prefix: some programs write `<x:row>` where Excel writes `<row>`. */
const local = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)

export class Container {
  readonly #zip: RemoteZipReader
  readonly #reader: RandomAccessReader
  readonly limits: Limits

  private constructor(zip: RemoteZipReader, reader: RandomAccessReader, limits: Limits) {
    this.#zip = zip
    this.#reader = reader
    this.limits = limits
  }

  /** Opens and weighs an archive. Refuses with `sheets.*` codes; a path that cannot be read throws as the file system does. */
  static async open(source: Source, limits: Partial<Limits> = {}): Promise<Container> {
    const reader = typeof source === 'string' ? await fileReader(await open(source, 'r')) : new BufferReader(source)
    try {
      const all = { ...LIMITS, ...limits }
      if (reader.size > all.fileBytes)
        throw invalid('sheets.file_too_large', { megabytes: Math.floor(all.fileBytes / MEGABYTE) })
      await refuseUnlessZip(reader)
      const zip = await RemoteZipReader.fromReader(reader).catch(() => {
        throw damaged()
      })
      const container = new Container(zip, reader, all)
      container.#weigh()
      return container
    } catch (error) {
      await reader.close?.()
      throw error
    }
  }

  /** Sizes are those that the archive declares; `bytes` holds the archive to them. */
  #weigh(): void {
    if (this.#zip.hasEncryptedEntries()) throw invalid('sheets.encrypted')
    let total = 0
    for (const { path, uncompressedSize, compressedSize } of this.#zip.getEntries()) {
      if (UNREAD.test(path)) continue
      total += uncompressedSize
      const tooDense = uncompressedSize > 16 * MEGABYTE && uncompressedSize > compressedSize * this.limits.ratio
      if (tooDense || total > this.limits.unpackedBytes)
        throw invalid('sheets.unpacks_too_large', { megabytes: Math.floor(this.limits.unpackedBytes / MEGABYTE) })
    }
  }

  has(path: string): boolean {
    return this.#zip.hasEntry(path)
  }

  /**
   * The unpacked bytes of a part, in pieces. Refuses when they are more than declared or not those that were packed.
   * @param onShare told the share of the part behind us, 0 to 1
   */
  async *bytes(path: string, signal?: AbortSignal, onShare?: (share: number) => void): AsyncGenerator<Buffer> {
    const entry = this.#zip.getEntry(path)
    if (!entry) throw damaged()
    const { compressedSize, uncompressedSize, compressionMethod } = entry
    if (compressionMethod !== 0 && compressionMethod !== 8) throw damaged()
    const packed = this.#zip.getRawCompressedStream(entry, { chunkSize: CHUNK })
    if (!packed) throw damaged()
    let read = 0
    const counted = (async function* () {
      for await (const piece of packed) {
        read += piece.length
        yield piece
      }
    })()
    const raw = Readable.from(counted, { objectMode: false })
    const unpacked = compressionMethod === 0 ? raw : raw.pipe(createInflateRaw({ chunkSize: CHUNK }))
    if (unpacked !== raw) raw.on('error', (error) => unpacked.destroy(error))
    let size = 0
    let checksum = 0
    try {
      for await (const piece of unpacked as AsyncIterable<Buffer>) {
        signal?.throwIfAborted()
        size += piece.length
        if (size > uncompressedSize) throw damaged()
        checksum = crc32(piece, checksum)
        onShare?.(Math.min(1, read / compressedSize))
        yield piece
      }
    } catch (error) {
      if (error instanceof Refusal || signal?.aborted) throw error
      throw damaged()
    } finally {
      raw.destroy()
      unpacked.destroy()
    }
    if (size !== uncompressedSize || checksum !== entry.crc32) throw damaged()
  }

  /** Walks through an XML part, yielding after each piece so that the caller can take what its handlers gathered. */
  async *parse(path: string, handlers: PartHandlers, signal?: AbortSignal, onShare?: (share: number) => void) {
    const parser = new SaxParser({ position: false, invalidCharHandling: 'skip' })
    parser.on('opentag', (tag: SaxTag) => handlers.open(local(tag.name), tag.attributes))
    if (handlers.text) parser.on('text', handlers.text)
    if (handlers.text) parser.on('cdata', handlers.text)
    const { close } = handlers
    if (close) parser.on('closetag', (tag: SaxTag) => close(local(tag.name)))
    const decoder = new TextDecoder()
    try {
      for await (const piece of this.bytes(path, signal, onShare)) {
        parser.write(decoder.decode(piece, { stream: true }))
        yield
      }
      parser.close()
    } catch (error) {
      throw isXmlParseError(error) ? damaged() : error
    }
  }

  /** Walks through a small XML part to its end. */
  async walk(path: string, handlers: PartHandlers): Promise<void> {
    for await (const _ of this.parse(path, handlers));
  }

  async close(): Promise<void> {
    await this.#reader.close?.()
  }
}
