/** The keys that sign: made, sealed, turned and dropped on their dates. */
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import type { JWK } from 'oidc-provider'
import type { House } from '../../access/index.ts'
import { sealer } from '../../cipher/index.ts'
import { type Act, type Db, transact } from '../../db/index.ts'
import { inOrder, type KeyDates, type KeyState, stateOf, turn } from '../rules/turning.ts'

type Row = KeyDates & { alg: string; sealed: Buffer }

/** One algorithm for all: every client library verifies RS256. */
const ALG = 'RS256'

const boxOf = (house: House) => sealer(house.key, 'sso.signing')
const NOBODY = {
  actor: { account: null, person: null, name: 'system' },
  permission: 'sso.keys',
  scope: { paths: [], self: false },
}

/** What is due is done on the way. Keys run on real time, as sessions do, whatever the product's clock shows. */
export async function keysOf(house: House): Promise<{ keys: JWK[]; mark: string }> {
  let rows = await readKeys(house.db)
  const due = turn(rows, Date.now())
  if (due.signsFrom !== null || due.drop.length > 0) rows = await turnKeys(house)
  const box = boxOf(house)
  const sorted = inOrder(rows, Date.now())
  return {
    keys: sorted.map(({ kid, alg, sealed }) => ({
      ...(JSON.parse(box.open(sealed, kid)) as JWK),
      kid,
      alg,
      use: 'sig',
    })),
    mark: sorted.map(({ kid }) => kid).join(' '),
  }
}

/** Does what is due; of several processes at once one does. `lost`: the key that signs is no longer to be trusted and goes at once. */
export const turnKeys = (house: House, lost = false): Promise<Row[]> =>
  transact(house.db, NOBODY, (act) => turnKeysIn(act, house, lost))

export async function turnKeysIn(act: Act, house: House, lost = false): Promise<Row[]> {
  await sql`select pg_advisory_xact_lock(hashtext('sso.signing_key'))`.execute(act.tx)
  const now = Date.now()
  const rows = await readKeys(act.tx)
  const [signing] = inOrder(rows, now)
  const { signsFrom, drop } = lost ? { signsFrom: now, drop: signing ? [signing.kid] : [] } : turn(rows, now)
  if (drop.length > 0) await sql`delete from sso.signing_key k where k.kid = any (${drop}::text[])`.execute(act.tx)
  if (signsFrom !== null) {
    const { kid, text } = await makeKey()
    await sql`insert into sso.signing_key (kid, alg, sealed, made_at, signs_from)
      values (${kid}, ${ALG}, ${boxOf(house).seal(text, kid)}, ${new Date(now).toISOString()}, ${new Date(signsFrom).toISOString()})`.execute(
      act.tx,
    )
  }
  return signsFrom === null && drop.length === 0 ? rows : readKeys(act.tx)
}

/** The dates of the keys, and nothing of the keys themselves. */
export async function keyDates(db: Pick<Db, 'getExecutor'>): Promise<(KeyDates & { state: KeyState })[]> {
  const rows = (await readKeys(db)).map(({ kid, madeAt, signsFrom }) => ({ kid, madeAt, signsFrom }))
  return inOrder(rows, Date.now()).map((row) => ({ ...row, state: stateOf(row, rows, Date.now()) }))
}

async function readKeys(db: Pick<Db, 'getExecutor'>): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select k.kid, k.alg, k.sealed, k.made_at, k.signs_from from sso.signing_key k order by k.signs_from, k.kid`.execute(
      db,
    )
  return rows
}

async function makeKey(): Promise<{ kid: string; text: string }> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { kid: crypto.randomUUID().slice(0, 18), text: JSON.stringify(privateKey.export({ format: 'jwk' })) }
}
