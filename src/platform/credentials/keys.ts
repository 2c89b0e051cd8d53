/** The keys that sign credentials: made at first use, sealed, replaced by hand. What they signed is checked for decades, so none but a lost one is unpublished. */
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { sql } from 'kysely'
import type { House } from '../access/index.ts'
import { sealer } from '../cipher/index.ts'
import { type Act, type Db, SYSTEM, transact } from '../db/index.ts'

type Row = { kid: string; alg: string; public: JWK; sealed: Buffer; madeAt: string; lostAt: string | null }
export type Signer = { kid: string; alg: string; key: Awaited<ReturnType<typeof importJWK>> }

/** Verified by every browser's own cryptography. */
const ALG = 'ES256'
export const PURPOSE = 'credentials.signing'

/** The key that signs now; the first who asks makes it. Writes, so it needs an act that may. */
export async function signerOf<T>(act: Act<T>, house: House): Promise<Signer> {
  const [newest] = (await readKeys(act.tx)).filter(({ lostAt }) => lostAt === null)
  const row = newest ?? (await makeKey(act, house, false))
  const { kid, alg, sealed } = row
  return { kid, alg, key: await importJWK(JSON.parse(sealer(house.key, PURPOSE).open(sealed, kid)) as JWK, alg) }
}

/** As `signerOf`, beside any request. */
export const signerBeside = (house: House): Promise<Signer> =>
  transact(house.db, { actor: SYSTEM, permission: 'credentials.sign', scope: { paths: [], self: false } }, (act) =>
    signerOf(act, house),
  )

/** A new key, which signs from now on; of several who want the first at once, one makes it. */
export async function makeKey<T>(act: Act<T>, house: House, anew: boolean): Promise<Row> {
  await sql`select pg_advisory_xact_lock(hashtext('credentials.signing_key'))`.execute(act.tx)
  const [there] = (await readKeys(act.tx)).filter(({ lostAt }) => lostAt === null)
  if (there && !anew) return there
  const { privateKey, publicKey } = await generateKeyPair(ALG, { extractable: true })
  const kid = crypto.randomUUID().slice(0, 18)
  const open = { ...(await exportJWK(publicKey)), kid, alg: ALG, use: 'sig' }
  const sealed = sealer(house.key, PURPOSE).seal(JSON.stringify(await exportJWK(privateKey)), kid)
  // On real time, as keys are, whatever the product's clock shows.
  await sql`insert into credentials.signing_key (kid, alg, public, sealed, made_at)
    values (${kid}, ${ALG}, ${JSON.stringify(open)}::jsonb, ${sealed}, clock_timestamp())`.execute(act.tx)
  return (await readKeys(act.tx)).find((row) => row.kid === kid)!
}

/** What anybody checks with: every key but lost ones, the newest first. */
export async function publishedKeys(house: House): Promise<JWK[]> {
  const sound = async () => (await readKeys(house.db)).filter(({ lostAt }) => lostAt === null)
  let rows = await sound()
  if (rows.length === 0) {
    await signerBeside(house)
    rows = await sound()
  }
  return rows.map((row) => row.public)
}

/** The dates of the keys, and nothing of the keys themselves. */
export async function keyDates<T>(act: Act<T>) {
  const rows = await readKeys(act.tx)
  const signing = rows.find(({ lostAt }) => lostAt === null)?.kid
  return rows.map(({ kid, madeAt, lostAt }) => ({ kid, madeAt, lostAt, signs: kid === signing }))
}

async function readKeys(db: Pick<Db, 'getExecutor'>): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select k.kid, k.alg, k.public, k.sealed, k.made_at, k.lost_at from credentials.signing_key k
    order by k.made_at desc, k.kid`.execute(db)
  return rows
}
