/** Totals of the days: where the audit chain stood, signed, so that an outsider who keeps them can check the trail without believing anybody here. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'
import { z } from 'zod'
import { invalid } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'

/** Hexadecimal hashes; the signature in base64url. `counts` of what only ever grows, by name. */
const total = z.object({
  number: z.number().int().positive(),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  counts: z.record(z.string(), z.number().int()),
  madeAt: z.string(),
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  signature: z.string(),
})
export type Total = z.infer<typeof total>

export const FORMAT = 'qiangshi audit totals 1'
const file = z.object({ format: z.literal(FORMAT), publicKey: z.string(), totals: z.array(total).min(1) })
/** What an auditor takes away: all totals so far, and the key that they are signed with. */
export type TotalsFile = z.infer<typeof file>

/** The Ed25519 key that signs; made of 32 bytes that the installation keeps. */
export type Signer = { key: KeyObject; publicKey: string }

/** DER of a private key in PKCS #8 up to the 32 bytes of it. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** DER of a public key (SPKI) up to the 32 bytes of it. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** The installation's. */
export const signerOf = (key: (purpose: string) => Buffer): Signer => openSigner(key('audit.total'))

export function openSigner(seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return { key, publicKey: der.subarray(SPKI.length).toString('base64url') }
}

function publicKeyOf(text: string): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(text, 'base64url')]), format: 'der', type: 'spki' })
}

/** Four groups of four: short enough to be read out over the telephone. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256')
    .update(Buffer.from(publicKey, 'base64url'))
    .digest('hex')
    .slice(0, 16)
    .replace(/(.{4})(?!$)/g, '$1-')

/** What is signed: everything but the signature, in one order. */
const statementOf = ({ number, day, seq, hash, counts, madeAt, previous }: Omit<Total, 'signature'>): Buffer =>
  Buffer.from(JSON.stringify([FORMAT, number, day, seq, hash, Object.entries(counts).sort(), madeAt, previous]))

const hashOf = (one: Omit<Total, 'signature'>): string => createHash('sha256').update(statementOf(one)).digest('hex')

/**
 * The total of the day of the machine's clock in China: made, unless there is one; of several programs at once one makes it.
 * @returns null while there is nothing in the chain
 */
export async function makeTotal(
  db: QueryExecutorProvider,
  { key }: Signer,
  counts: Readonly<Record<string, number>> = {},
  now = new Date(),
): Promise<Total | null> {
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const last = (await totalsOf(db, 1))[0]
  if (last && last.day >= day) return last
  const { rows } = await sql<{ seq: number; hash: string }>`select l.seq, encode(l.hash, 'hex') as hash
    from audit.link l order by l.seq desc limit 1`.execute(db)
  if (!rows[0]) return null
  const made = {
    number: (last?.number ?? 0) + 1,
    day,
    ...rows[0],
    counts: { ...counts },
    madeAt: now.toISOString(),
    previous: last ? hashOf(last) : null,
  }
  const signature = sign(null, statementOf(made), key)
  const { rows: kept } =
    await sql`insert into audit.total (number, day, seq, hash, counts, made_at, previous, signature)
    values (${made.number}, ${day}, ${made.seq}, decode(${made.hash}, 'hex'), ${JSON.stringify(made.counts)}::jsonb, ${made.madeAt},
      decode(${made.previous}, 'hex'), ${signature}) on conflict do nothing returning number`.execute(db)
  return kept.length > 0 ? { ...made, signature: signature.toString('base64url') } : (await totalsOf(db, 1))[0]!
}

/** The latest totals, the latest first. */
async function totalsOf(db: QueryExecutorProvider, limit: number): Promise<Total[]> {
  const { rows } = await sql<Omit<Total, 'signature'> & { signature: Buffer }>`select t.number, t.day, t.seq,
      encode(t.hash, 'hex') as hash, t.counts, t.made_at, encode(t.previous, 'hex') as previous, t.signature
    from audit.total t order by t.number desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, signature: row.signature.toString('base64url') }))
}

/** Every total so far, for whoever keeps them; null while there is none. Ten years are less than a megabyte. */
export async function totalsFile(db: QueryExecutorProvider, { publicKey }: Signer): Promise<TotalsFile | null> {
  const totals = (await totalsOf(db, 100_000)).reverse()
  return totals.length > 0 ? { format: FORMAT, publicKey, totals } : null
}

/** The file as text, and what an auditor notes beside it. */
export async function totalsForAuditor<T>(
  act: Act<T>,
  key: (purpose: string) => Buffer,
): Promise<{ fingerprint: string; lastDay: string | null; days: number; file: string | null }> {
  const signer = signerOf(key)
  const made = await totalsFile(act.tx, signer)
  return {
    fingerprint: fingerprintOf(signer.publicKey),
    lastDay: made?.totals.at(-1)?.day ?? null,
    days: made?.totals.length ?? 0,
    file: made ? `${JSON.stringify(made, null, 1)}\n` : null,
  }
}

/** What is wrong with a file of totals or with the trail it is held against: which total, and in what. */
export type TotalFault = { number: number; day: string; what: 'signature' | 'order' | 'chain' | 'counts' }

/** @throws Refusal `audit.totals_unreadable` where it is no file of totals */
export function readTotals(text: string): TotalsFile {
  try {
    return file.parse(JSON.parse(text))
  } catch {
    throw invalid('audit.totals_unreadable')
  }
}

/** Without any database: every total is signed with the key of the file and holds the one before it. The first fault, if any. */
export function checkTotals({ publicKey, totals }: TotalsFile): TotalFault | null {
  let before: Total | undefined
  for (const one of totals) {
    const { number, day } = one
    if (!isSigned(one, publicKey)) return { number, day, what: 'signature' }
    const follows = before
      ? number === before.number + 1 && day > before.day && one.seq >= before.seq && one.previous === hashOf(before)
      : number === 1
        ? one.previous === null
        : one.previous !== null
    if (!follows) return { number, day, what: 'order' }
    before = one
  }
  return null
}

function isSigned(one: Total, publicKey: string): boolean {
  try {
    return verify(null, statementOf(one), publicKeyOf(publicKey), Buffer.from(one.signature, 'base64url'))
  } catch {
    return false
  }
}

/**
 * Holds the chain in a database to totals that somebody kept: it must still have every link as it was, and of what only grows not less.
 * The chain itself is recomputed by `verifyTrail`.
 */
export async function holdToTotals(
  db: QueryExecutorProvider,
  { totals }: TotalsFile,
  counts: Readonly<Record<string, number>> = {},
): Promise<TotalFault | null> {
  const rows = totals.map(({ number, day, seq, hash }) => ({ number, day, seq, hash }))
  const { rows: lost } = await sql<{ number: number; day: string }>`select r.number, r.day::text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(number bigint, day date, seq bigint, hash text)
    where not exists (select from audit.link l where l.seq = r.seq and l.hash = decode(r.hash, 'hex')) order by r.number limit 1`.execute(
    db,
  )
  if (lost[0]) return { ...lost[0], what: 'chain' }
  const less = totals.find((one) => Object.entries(one.counts).some(([what, n]) => (counts[what] ?? n) < n))
  return less ? { number: less.number, day: less.day, what: 'counts' } : null
}
