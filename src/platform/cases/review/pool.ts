/** The pool of experts: who may be asked to review, what they know, and how they come to have an account for it. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { type AccessTables, createAccount, giveOwnRole, openAccounts } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import { type Fault, faultAt, readSheet, wording } from '../../sheets/index.ts'
import { expertSheet } from './sheet.ts'

export type ExpertFacts = { fields: Record<string, number>; most: number; title: string | null }
export type Newcomer = ExpertFacts & { accountId: string; personId: string | null; name: string; employer: string }

/** The organisation for which the asker acts: the uppermost in scope. */
export async function poolOf<T>(act: Act<T>): Promise<{ orgId: string; orgPath: string }> {
  const { rows } = await sql<{ orgId: string; orgPath: string }>`select o.id as org_id, o.path::text as org_path
    from directory.organisation o where o.path = any (db.scope()) order by nlevel(o.path), o.path limit 1`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('organisation')
  return rows[0]
}

type OnRecord = {
  personId: string
  number: string
  name: string
  accountId: string | null
  employer: string
  orgId: string
  orgPath: string
}

const onRecord = async <T>(act: Act<T>, numbers: readonly string[]): Promise<OnRecord[]> => {
  const { rows } =
    await sql<OnRecord>`select p.id as person_id, p.number, p.name, a.id as account_id, o.name as employer, o.id as org_id, o.path::text as org_path
    from directory.person p join directory.organisation o on o.id = p.org_id left join access.account a on a.person_id = p.id
    where upper(p.number) in (select upper(n) from unnest(${numbers}::text[]) n) and p.org_path <@ any (db.scope())`.execute(
      act.tx,
    )
  return rows
}

/** Takes people into the pool, or gives those who are in it these facts; all in a few statements. Returns how many are new. */
export async function keepExperts<T>(act: Act<T>, people: readonly Newcomer[]): Promise<number> {
  const pool = await poolOf(act)
  const rows = people.map(({ accountId, personId, name, employer, fields, title, most }) => ({
    account_id: accountId,
    person_id: personId,
    name,
    employer,
    fields,
    title,
    most,
  }))
  const { rows: kept } = await sql<{ accountId: string; fresh: boolean }>`insert into cases.expert as e
      (account_id, person_id, org_id, org_path, name, employer, fields, title, most)
    select r.account_id, r.person_id, ${pool.orgId}, ${pool.orgPath}::ltree, r.name, r.employer, r.fields, r.title, r.most
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(account_id uuid, person_id uuid, name text, employer text, fields jsonb, title text, most int)
    on conflict (account_id) do update set name = excluded.name, employer = excluded.employer, fields = excluded.fields, title = excluded.title,
      most = excluded.most, active = true, changed_at = db.now()
    returning e.account_id, (e.xmax = 0) as fresh`.execute(act.tx)
  await giveOwnRole(act, 'expert', { accountIds: people.map(({ accountId }) => accountId), ...pool })
  await record(
    act,
    ...kept.map(({ accountId }) => ({
      action: 'cases.expert_kept',
      subject: { kind: 'account', id: accountId },
      orgPath: pool.orgPath,
    })),
  )
  return kept.filter(({ fresh }) => fresh).length
}

/** Accounts for people on record who have none yet. */
async function withAccounts<T>(act: Act<T>, people: OnRecord[]): Promise<(OnRecord & { accountId: string })[]> {
  const without = people.filter(({ accountId }) => accountId === null)
  if (without.length > 0) {
    await openAccounts(
      act,
      without.map(({ personId, number, name, orgId, orgPath }) => ({ personId, login: number, name, orgId, orgPath })),
    )
    const again = await onRecord(
      act,
      people.map(({ number }) => number),
    )
    return again as (OnRecord & { accountId: string })[]
  }
  return people as (OnRecord & { accountId: string })[]
}

/**
 * Somebody on record by their number, or somebody from elsewhere with an account of their own, whose initial password is told once.
 * @throws Refusal `not_found`, `cases.expert_who` where neither or both are given, `access.login_taken`
 */
export async function addExpert(
  act: Act<AccessTables>,
  input: ExpertFacts & {
    number?: string | undefined
    outside?: { name: string; employer: string; login: string } | undefined
  },
): Promise<{ accountId: string; initialPassword: string | null }> {
  const { number, outside, ...facts } = input
  if ((number === undefined) === (outside === undefined)) throw invalid('cases.expert_who')
  if (outside) {
    const { orgId } = await poolOf(act)
    const { id, initialPassword } = await createAccount(act, { login: outside.login, name: outside.name, orgId })
    await keepExperts(act, [
      { ...facts, accountId: id, personId: null, name: outside.name, employer: outside.employer },
    ])
    return { accountId: id, initialPassword }
  }
  const found = await onRecord(act, [number!])
  if (found.length !== 1) throw notFound('person')
  const [person] = await withAccounts(act, found)
  await keepExperts(act, [{ ...facts, ...person! }])
  return { accountId: person!.accountId, initialPassword: null }
}

/** @throws Refusal `not_found` outside the scope */
export async function saveExpert<T>(
  act: Act<T>,
  { accountId, fields, most, title, active }: ExpertFacts & { accountId: string; active: boolean },
): Promise<void> {
  const { rows } = await sql<{
    orgPath: string
  }>`update cases.expert e set fields = ${JSON.stringify(fields)}::jsonb, most = ${most}, title = ${title},
      active = ${active}, changed_at = db.now() where e.account_id = ${accountId} and e.org_path <@ any (db.scope()) returning e.org_path::text`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('expert')
  await record(act, {
    action: 'cases.expert_changed',
    subject: { kind: 'account', id: accountId },
    orgPath: rows[0].orgPath,
    after: { fields, most, title, active },
  })
}

export type ImportedExperts = { added: number; changed: number; faults: { cell: string; says: Bilingual }[] }

export const worded = (fault: Fault, { messages }: Pick<typeof expertSheet, 'messages'> = expertSheet) => ({
  cell: fault.cell ?? `${fault.row}`,
  says: { zh: wording(fault, 'zh-CN', messages), en: wording(fault, 'en', messages) },
})

/** A list of people on record. One fault and nobody is taken in. */
export async function importExperts<T>(act: Act<T>, file: File): Promise<ImportedExperts> {
  const reading = await readSheet(Buffer.from(await file.arrayBuffer()), expertSheet, { asOf: act.today })
  const found = await onRecord(
    act,
    reading.rows.map(({ values }) => values.number),
  )
  const byNumber = new Map(found.map((person) => [person.number.toUpperCase(), person]))
  const strangers = reading.rows.flatMap(({ row, values: { number, name } }): Fault[] => {
    const person = byNumber.get(number.toUpperCase())
    if (!person) return [faultAt(reading, row, 'number', 'cases.expert_unknown', {}, number)]
    return person.name === name
      ? []
      : [faultAt(reading, row, 'name', 'cases.expert_other_name', { name: person.name }, name)]
  })
  const faults = [...reading.faults, ...strangers].map((fault) => worded(fault))
  if (faults.length > 0 || reading.rows.length === 0) return { added: 0, changed: 0, faults }
  const people = new Map((await withAccounts(act, found)).map((person) => [person.number.toUpperCase(), person]))
  const newcomers = reading.rows.map(({ values }) => {
    const { accountId, personId, name, employer } = people.get(values.number.toUpperCase())!
    return { accountId, personId, name, employer, fields: values.fields, title: values.title, most: values.most ?? 60 }
  })
  const added = await keepExperts(act, newcomers)
  return { added, changed: newcomers.length - added, faults: [] }
}

/** Experts in scope: by name, employer or field. */
export async function experts<T>(act: Act<T>, search: string) {
  const { rows } = await sql<{
    accountId: string
    personId: string | null
    login: string
    name: string
    employer: string
    title: string | null
    fields: Record<string, number>
    active: boolean
    most: number
    open: number
  }>`select e.account_id, e.person_id, a.login, e.name, e.employer, e.title, e.fields, e.active, e.most,
      (select count(*) from cases.review r where r.account_id = e.account_id and r.state = 'assigned')::int as open
    from cases.expert e join access.account a on a.id = e.account_id
    where e.org_path <@ any (db.scope()) and (${search} = '' or position(${search} in e.name) > 0 or position(${search} in e.employer) > 0
      or exists (select from jsonb_object_keys(e.fields) k where position(${search} in k) > 0))
    order by e.active desc, e.name collate "zh-x-icu", e.account_id limit 2000`.execute(act.tx)
  return rows
}
