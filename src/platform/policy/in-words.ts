/** A refusal names what it is about as people call it: figures, rules, facts and authorities by their titles, the id in brackets behind. */
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { Bilingual } from './contract.ts'
import { authoritiesCalled } from './drafts/called.ts'
import type { FactBook } from './facts.ts'

/** Titled in both languages, for people; `id` for programs. */
type Named = Bilingual & { id: string }

const titled = (id: string, title: Bilingual | undefined): Named =>
  title
    ? { id, zh: `“${title.zh}”（${id}）`, en: `“${title.en}” (${id})` }
    : // What nobody declares has no title: only the id tells what was asked for.
      { id, zh: `“${id}”`, en: `“${id}”` }

/** What the latest version of any authority calls it. */
const parameterCalled = async <T>(act: Act<T>, id: string) =>
  (
    await sql<{
      title: Bilingual
    }>`select q.title from policy.parameter q join policy.pack p on p.version_id = q.version_id
      where q.id = ${id} order by p.since desc, p.authority limit 1`.execute(act.tx)
  ).rows[0]?.title

const setCalled = async <T>(act: Act<T>, id: string) =>
  (
    await sql<{
      title: Bilingual
    }>`select q.declared -> 'title' as title from policy.requirement q join policy.pack p on p.version_id = q.version_id
      where q.id = ${id} order by p.since desc, p.authority limit 1`.execute(act.tx)
  ).rows[0]?.title

/** Several authorities stand side by side with a space between. */
async function authorityCalled<T>(act: Act<T>, ids: string): Promise<Named> {
  const called = await authoritiesCalled(act)
  const names = ids.split(' ').map(called)
  return { id: ids, zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}

/** The same refusal with titles in the place of ids; any other error as it is. */
export async function inWords<T>(act: Act<T>, book: FactBook, error: unknown): Promise<unknown> {
  if (!(error instanceof Refusal) || !error.code.startsWith('policy.')) return error
  const { parameter, set, fact, authority } = error.data
  const said: Record<string, Named> = {}
  if (typeof parameter === 'string') said.parameter = titled(parameter, await parameterCalled(act, parameter))
  if (typeof set === 'string') said.set = titled(set, await setCalled(act, set))
  if (typeof fact === 'string') said.fact = titled(fact, book.declared(fact)?.title)
  if (typeof authority === 'string') said.authority = await authorityCalled(act, authority)
  if (Object.keys(said).length === 0) return error
  return new Refusal(error.kind, error.code, { ...error.data, ...said })
}
