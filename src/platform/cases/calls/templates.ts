/** Calls that packs offer: read as a whole from `<authority>/calls/*.yaml`, checked, and kept by version. One mistake and what was offered before stays. */
import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import { type Db, SYSTEM, transact } from '../../db/index.ts'
import { contentHash, type FactBook, PACKS, type Pack, type Problem, readYamlText } from '../../policy/index.ts'
import { type Definition, definition } from '../contract/definition.ts'
import { readCall } from './check.ts'
import { type Known, knownIn, knownInPacks } from './known.ts'

export type Template = { authority: string; id: string; version: string; definition: Definition; source: string }

type File = { authority: string; name: string; text: string }
type Read = { templates: Template[]; problems: Problem[] }

/**
 * All calls of a folder of packs, or everything that is wrong with them.
 * @param knownOf what a call of an authority may name, given the designations that all the calls give
 */
async function readTemplates(
  folder: string,
  knownOf: (authority: string, kinds: ReadonlySet<string>) => Promise<Known>,
): Promise<Read> {
  const files = await filesIn(folder)
  const kinds = new Set(files.flatMap(({ text, name }) => readYamlText(text, name, definition).data?.result.kind ?? []))
  const read: Read = { templates: [], problems: [] }
  for (const { authority, name, text } of files) {
    const checked = readCall(text, name, await knownOf(authority, kinds))
    read.problems.push(...checked.problems)
    if (!checked.definition) continue
    const { id } = checked.definition
    if (read.templates.some((other) => other.authority === authority && other.id === id))
      read.problems.push({
        file: name,
        ...checked.at(['id']),
        path: 'id',
        zh: `代码重复：${id}`,
        en: `${id} is declared already`,
      })
    const version = contentHash(checked.definition)
    read.templates.push({ authority, id, version, definition: checked.definition, source: text })
  }
  return read.problems.length > 0 ? { templates: [], problems: read.problems } : read
}

async function filesIn(folder: string): Promise<File[]> {
  const found: File[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !(await exists(join(folder, entry.name, 'pack.yaml')))) continue
    const home = join(folder, entry.name, 'calls')
    for (const file of (await readdir(home).catch(() => [])).sort())
      if (/\.ya?ml$/.test(file))
        found.push({
          authority: entry.name,
          name: `${entry.name}/calls/${file}`,
          text: await readFile(join(home, file), 'utf8'),
        })
  }
  return found
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** The calls beside packs that were read from the same folder: no database is asked. */
export const callsBeside = (folder: string, packs: readonly Pack[], book: FactBook): Promise<Read> =>
  readTemplates(folder, async (authority, kinds) => knownInPacks(packs, authority, book, kinds))

/**
 * Brings the calls of the packs up to date, against the policy in force. Needs the owner's connection.
 * @returns what is wrong with them; then what was offered before stays, and officials are told
 */
export async function loadTemplates(owner: Db, book: FactBook, folder: string = PACKS): Promise<Problem[]> {
  const loading = { actor: SYSTEM, permission: 'cases.load', scope: { paths: [], self: false } }
  return transact(owner, loading, async (act) => {
    // Two servers that start together load one after the other.
    await sql`select pg_advisory_xact_lock(hashtext('cases.templates'))`.execute(act.tx)
    const { templates, problems } = await readTemplates(folder, async (authority, kinds) => {
      try {
        return await knownIn(act, authority, book, kinds)
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'policy.no_pack') throw error
        // Its pack is not in force: everything that its calls name is then told as missing.
        return knownInPacks([], authority, book, kinds)
      }
    })
    if (problems.length > 0) {
      await sql`insert into cases.refused_templates as r (problems) values (${JSON.stringify(problems.slice(0, MOST_KEPT))}::jsonb)
        on conflict (one) do update set problems = excluded.problems`.execute(act.tx)
      return problems
    }
    const rows = sql`jsonb_to_recordset(${JSON.stringify(templates)}::jsonb) as r(authority text, id text, version text, definition jsonb, source text)`
    await sql`insert into cases.template (authority, id, version, definition, source)
      select r.authority, r.id, r.version, r.definition, r.source from ${rows}
      on conflict (authority, id, version) do update set source = excluded.source where template.source <> excluded.source`.execute(
      act.tx,
    )
    await sql`update cases.template t set offered = not t.offered
      where t.offered <> exists (select from ${rows} where r.authority = t.authority and r.id = t.id and r.version = t.version)`.execute(
      act.tx,
    )
    await sql`delete from cases.refused_templates`.execute(act.tx)
    return []
  })
}

/** Problems that are kept to be shown. */
const MOST_KEPT = 50
