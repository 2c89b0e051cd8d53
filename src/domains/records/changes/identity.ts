/** Who somebody is, as it is proposed and confirmed: what the number says goes along, what contradicts it is refused, and so is what is another’s. */
import { sql } from 'kysely'
import { conflict, invalid, Refusal } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { hashIdentity, type IdentityKeys, normalIdentity, openIdentity } from '../../../platform/directory/index.ts'
import type { Group } from '../archive/group.ts'
import { isSealed, purposeOf, type Seals, type Stored, type Values } from '../archive/values.ts'
import { completed, personProblems } from '../rules/person.ts'
import { correctTeacher, workBegan } from '../service/people.ts'

type Stands = {
  number: string
  name: string
  sex: string
  birthDate: string | null
  idType: string
  idHash: Buffer | null
  idCipher: Buffer | null
}
export type Identity = {
  number?: string
  name?: string
  sex?: string
  birthDate?: string
  idType?: string
  idNumber?: string
}

/**
 * What of the given values is to change. Birth and sex follow a new number; against the number that stands they are not changed.
 * @throws Refusal `records.name_short`, `records.birth_differs` and their kind
 */
export async function identityWanted<T>(
  act: Act<T>,
  personId: string,
  given: Readonly<Values>,
  seals: Seals,
): Promise<Identity> {
  const keys = seals('identity')
  const { rows } =
    await sql<Stands>`select p.number, p.name, p.sex, p.birth_date, p.id_type, p.id_hash, p.id_cipher from directory.person p where p.id = ${personId}`.execute(
      act.tx,
    )
  const stands = rows[0]!
  const { idNumber: typed, ...rest } = given as Record<keyof Identity, string | null | undefined>
  if (typeof rest.name === 'string' && [...rest.name].length < 2) throw invalid('records.name_short')
  const number = typed && !stands.idHash?.equals(hashIdentity(keys, typed)) ? normalIdentity(typed) : null
  const said = completed({
    idNumber: number,
    ...(rest.sex ? { sex: rest.sex } : {}),
    ...(rest.birthDate ? { birthDate: rest.birthDate } : {}),
  })
  const becomes: Identity = {}
  const differs = (key: 'number' | 'name' | 'sex' | 'birthDate' | 'idType', value: string | null | undefined) => {
    if (value && value !== stands[key]) becomes[key] = value
  }
  differs('number', rest.number && normalIdentity(rest.number))
  differs('name', rest.name)
  differs('sex', said.sex)
  differs('birthDate', said.birthDate)
  differs('idType', rest.idType)
  if (number) becomes.idNumber = number
  await assertSound(act, personId, becomes, stands, keys)
  return becomes
}

/** Only where birth, sex or the number change: what was wrong before keeps nobody from correcting a name. */
async function assertSound<T>(act: Act<T>, personId: string, becomes: Identity, stands: Stands, keys: IdentityKeys) {
  if (!becomes.sex && !becomes.birthDate && !becomes.idNumber) return
  const kept = stands.idCipher && openIdentity(keys, stands.idCipher)
  const [first, ...others] = personProblems(
    {
      sex: becomes.sex ?? stands.sex,
      birthDate: becomes.birthDate ?? stands.birthDate,
      idNumber: becomes.idNumber ?? kept,
      workSince: becomes.birthDate ? await workBegan(act, personId) : null,
    },
    act.today,
  )
  if (first) throw new Refusal('invalid', first.code, { ...first.data, reasons: [first, ...others] })
}

/**
 * Numbers are found by their keyed hash, wherever they are; of who holds one nothing is told. Only offices are told at once: whoever proposes for
 * themselves would learn, by trying, which numbers are on record.
 * @throws Refusal `records.identity_held`, `directory.number_taken`
 */
export async function assertFree<T>(act: Act<T>, { number, idNumber }: Identity, keys: IdentityKeys): Promise<void> {
  if (!number && !idNumber) return
  const { rows } = await sql<{
    number: string
  }>`select h.number from directory.holders(${number ? [number] : []}::text[],
    ${idNumber ? [hashIdentity(keys, idNumber)] : []}::bytea[]) h`.execute(act.tx)
  if (rows.some((one) => one.number === number)) throw conflict('directory.number_taken', { number: number! })
  if (rows.length > 0) throw conflict('records.identity_held')
}

/** Writes what was confirmed, as it fits today. Returns the login where it changed with the number. */
export async function applyIdentity<T>(
  act: Act<T>,
  group: Group,
  personId: string,
  becomes: Readonly<Stored>,
  seals: Seals,
): Promise<string | null> {
  const plain: Values = Object.fromEntries(
    Object.entries(becomes).map(([key, value]) => [
      key,
      isSealed(value) ? seals(purposeOf(group, key)).open(Buffer.from(value.sealed, 'base64'), personId) : value,
    ]),
  )
  const wanted = await identityWanted(act, personId, plain, seals)
  await assertFree(act, wanted, seals('identity'))
  const { login } = await correctTeacher(act as Act, { personId, ...wanted }, seals('identity'))
  return login
}
