import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plantAccount, plantOrganisations, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { newId } from '../../base/ids.ts'
import type { Keys } from '../cipher/index.ts'
import {
  type FileStore,
  fileOf,
  openDownload,
  openStore,
  type Purpose,
  putFile,
  readFile,
  receiveUpload,
} from './index.ts'

const workbook = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<workbook/>') })
const pdf = strToU8('%PDF-1.7\n…')
const png = Uint8Array.from(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
const jpeg = Uint8Array.from(Buffer.from('ffd8ffe000104a464946', 'hex'))

const roster: Purpose = { id: 'test.roster', maxBytes: 4096, kinds: ['xlsx'], permission: 'test' }
const evidence: Purpose = { id: 'test.evidence', maxBytes: 1000, kinds: ['pdf', 'png', 'jpeg'], permission: 'test' }

const keys: Keys = (purpose) => createHash('sha256').update(`test ${purpose}`).digest()
let base: Scratch
let store: FileStore
let folder: string
let account: string
beforeAll(async () => {
  base = await scratch()
  const orgs = await plantOrganisations(base.owner)
  account = await plantAccount(base.owner, orgs.first, 'clerk')
  folder = await mkdtemp(join(tmpdir(), 'files-'))
  store = await openStore(folder, keys)
})
afterAll(async () => {
  await base?.drop()
  await rm(folder, { recursive: true, force: true })
})

const contents = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
const put = (bytes: Uint8Array, purpose: Purpose, more: { name?: string; orgPath?: string } = {}) =>
  base.as({ account, paths: ['m.q.s1'] }, (act) => putFile(act, store, { name: '名册', bytes, purpose, ...more }))

describe('what a file is', () => {
  test.each<[name: string, bytes: Uint8Array, purpose: Purpose, media: string]>([
    ['a workbook', workbook, roster, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['a PDF', pdf, evidence, 'application/pdf'],
    ['a PNG', png, evidence, 'image/png'],
    ['a JPEG', jpeg, evidence, 'image/jpeg'],
  ])('%s is told from its bytes', async (_name, bytes, purpose, media) => {
    expect((await put(bytes, purpose, { name: 'x.txt' })).mediaType).toBe(media)
  })

  test.each<[name: string, bytes: Uint8Array, found: string]>([
    ['a page that calls itself a workbook', strToU8('<html><script>alert(1)</script>'), 'unknown'],
    ['a zip that is no workbook', zipSync({ 'readme.txt': strToU8('x') }), 'zip'],
    [
      'a workbook with macros',
      zipSync({
        '[Content_Types].xml': strToU8(''),
        'xl/workbook.xml': strToU8(''),
        'xl/vbaProject.bin': strToU8('x'),
      }),
      'xlsm',
    ],
    ['an old workbook', Uint8Array.from(Buffer.from('d0cf11e0a1b11ae100000000', 'hex')), 'xls'],
    ['a zip cut off in the middle', workbook.slice(0, workbook.length - 30), 'unknown'],
    ['a PDF where a workbook is wanted', pdf, 'pdf'],
  ])('%s is refused', async (_name, bytes, found) => {
    await expect(put(bytes, roster, { name: '名册.xlsx' })).rejects.toMatchObject({
      code: 'files.kind_not_allowed',
      data: { found },
    })
  })

  test('too much and nothing at all are refused and leave nothing behind', async () => {
    const before = await contents()
    await expect(put(new Uint8Array(1001), evidence)).rejects.toMatchObject({ code: 'files.too_large' })
    await expect(put(new Uint8Array(0), evidence)).rejects.toMatchObject({ code: 'files.empty' })
    expect(await contents()).toEqual(before)
  })
})

describe('the store', () => {
  test('keeps a content once, under its hash', async () => {
    const [first, second] = await Promise.all([put(pdf, evidence), put(pdf, evidence)])
    expect(first.id).not.toBe(second.id)
    expect(first.sha256).toBe(createHash('sha256').update(pdf).digest('hex'))
    expect((await contents()).filter((name) => name === first.sha256)).toHaveLength(1)
  })

  test('an upload that breaks off leaves nothing behind, and what a crash left is cleared a day later', async () => {
    const before = await contents()
    const broken = async function* () {
      yield pdf
      throw new Error('connection lost')
    }
    await expect(store.put(broken(), 1000)).rejects.toThrow('connection lost')
    expect(await contents()).toEqual(before)
    await writeFile(join(folder, 'incoming', 'old'), 'x')
    await writeFile(join(folder, 'incoming', 'new'), 'x')
    await utimes(join(folder, 'incoming', 'old'), 0, 0)
    await openStore(folder, keys)
    expect(await readdir(join(folder, 'incoming'))).toEqual(['new'])
    await rm(join(folder, 'incoming', 'new'))
  })

  test('damage is noticed, and so is a loss', async () => {
    const kept = await put(strToU8('%PDF-unique'), evidence)
    const place = join(folder, kept.sha256.slice(0, 2), kept.sha256.slice(2, 4), kept.sha256)
    const read = () => base.as({ account }, (act) => readFile(act, store, kept.id))
    expect((await read()).bytes.toString()).toBe('%PDF-unique')
    await writeFile(place, '%PDF-changed')
    await expect(read()).rejects.toMatchObject({ code: 'files.damaged' })
    await rm(place)
    await expect(read()).rejects.toMatchObject({ code: 'files.missing' })
  })
})

describe('who may read it', () => {
  test('the one who put it there; others only where it belongs to an organisation in their scope', async () => {
    const own = await put(pdf, evidence)
    const shared = await put(pdf, evidence, { orgPath: 'm.q.s1' })
    const other = (id: string, paths: string[]) => base.as({ account: newId(), paths }, (act) => fileOf(act, id))
    expect((await base.as({ account }, (act) => fileOf(act, own.id))).name).toBe('名册.pdf')
    await expect(other(own.id, ['m'])).rejects.toMatchObject({ code: 'not_found' })
    expect((await other(shared.id, ['m.q'])).id).toBe(shared.id)
    await expect(other(shared.id, ['m.q.s2'])).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a file moves with its organisation', async () => {
    const shared = await put(png, evidence, { orgPath: 'm.q.s2' })
    await sql`update directory.organisation set path = 'm.w.s2' where path = 'm.q.s2'`.execute(base.owner)
    expect((await base.as({ paths: ['m.w'] }, (act) => fileOf(act, shared.id))).id).toBe(shared.id)
    await expect(base.as({ paths: ['m.q'] }, (act) => fileOf(act, shared.id))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('an entry can be neither forged nor changed', async () => {
    const forged = base.as({ account }, (act) =>
      sql`insert into files.file (id, sha256, name, media_type, size, purpose, account_id)
      values (${newId()}, ${'0'.repeat(64)}, 'x', 'x', 1, 'x', ${newId()})`.execute(act.tx),
    )
    await expect(forged).rejects.toThrow('row-level security')
    await expect(base.as({ account }, (act) => sql`delete from files.file`.execute(act.tx))).rejects.toThrow(
      'permission denied',
    )
  })
})

describe('over HTTP', () => {
  const upload = (stream: AsyncIterable<Uint8Array>, purpose: Purpose, name: string) =>
    receiveUpload({ store, purpose, name, stream, enter: (work) => base.as({ account }, work) })

  test('up and down again', async () => {
    const facts = await upload(Readable.from([workbook.slice(0, 20), workbook.slice(20)]), roster, '../名册"甲".xlsx')
    expect(facts).toMatchObject({ name: '名册_甲_.xlsx', size: workbook.length })
    const { headers, stream } = await base.as({ account }, (act) =>
      openDownload(act, store, facts.id, { inline: true }),
    )
    expect(await buffer(stream)).toEqual(Buffer.from(workbook))
    expect(headers).toMatchObject({
      'content-length': String(workbook.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''%E5%90%8D/)
    expect(headers['content-security-policy']).toContain('sandbox')
  })

  test('only what a browser may show is shown', async () => {
    const facts = await upload(Readable.from([pdf]), evidence, '通报.pdf')
    const down = (inline: boolean) => base.as({ account }, (act) => openDownload(act, store, facts.id, { inline }))
    const [shown, saved] = [await down(true), await down(false)]
    expect(shown.headers['content-disposition']).toMatch(/^inline/)
    expect(saved.headers['content-disposition']).toMatch(/^attachment/)
    for (const { stream } of [shown, saved]) stream.destroy()
  })

  test('what is too large is stopped on the way, not at the end', async () => {
    let sent = 0
    const endless = async function* () {
      for (;;) {
        sent += 500
        yield new Uint8Array(500)
      }
    }
    await expect(upload(endless(), evidence, 'x.pdf')).rejects.toMatchObject({
      code: 'files.too_large',
      data: { maxBytes: 1000 },
    })
    expect(sent).toBe(1500)
  })
})
