/** Reads a folder of packs as a whole: either everything in it is right, or every problem is told and nothing is taken. */
import { createHash } from 'node:crypto'
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import type { Scope } from './expression/read.ts'
import type { FactBook } from './facts.ts'
import { PackFile, type ParameterDeclaration, ParametersFile } from './pack-schema.ts'
import { CasesFile, RequirementsFile } from './requirement-schema.ts'
import { readRequirement } from './requirements/read.ts'
import { parameterType } from './rules/parameter-type.ts'
import type { About, Case, SetDeclaration } from './rules/requirements/declared.ts'
import { type Problem, readYaml } from './yaml-file.ts'

/** The packs that come with the product. */
export const PACKS = join(import.meta.dirname, '..', '..', '..', 'packs')

/** `version` names the content: the same figures, rules and clauses give the same name, whatever their layout. */
export type Pack = {
  authority: string
  name: { zh: string; en: string }
  extends: string | null
  parameters: ParameterDeclaration[]
  requirements: SetDeclaration[]
  cases: Case[]
  version: string
}

type Place = { file: string; line: number; column: number }
/** Where something of an item stands: a path inside it, and characters into a text. */
type Locate = (path?: PropertyKey[], within?: number) => Place
type Placed<T> = { item: T; at: Locate }
type Draft = Omit<Pack, 'parameters' | 'requirements' | 'cases'> & {
  place: Place
  parameters: Placed<ParameterDeclaration>[]
  requirements: Placed<SetDeclaration>[]
  cases: Placed<Case>[]
}

/**
 * All packs of a folder, each a subfolder with a `pack.yaml`.
 * @param facts what conditions may ask for
 * @throws Refusal `policy.pack_invalid` with every problem by file, line and column.
 */
export async function readPacks(folder: string, facts: FactBook): Promise<Pack[]> {
  const problems: Problem[] = []
  const drafts: Draft[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const home = join(folder, entry.name)
    if (!entry.isDirectory() || !(await exists(join(home, 'pack.yaml')))) continue
    const draft = await readPack(folder, entry.name, problems)
    if (draft) drafts.push(draft)
  }
  if (problems.length === 0) checkTogether(drafts, facts, problems)
  if (problems.length > 0) throw new Refusal('invalid', 'policy.pack_invalid', { count: problems.length, problems })
  return drafts.map(({ place: _place, parameters, requirements, cases, ...pack }) => ({
    ...pack,
    parameters: parameters.map(({ item }) => item),
    requirements: requirements.map(({ item }) => item),
    cases: cases.map(({ item }) => item),
  }))
}

async function readPack(folder: string, authority: string, problems: Problem[]): Promise<Draft | undefined> {
  const head = await readYaml(join(folder, authority, 'pack.yaml'), `${authority}/pack.yaml`, PackFile)
  problems.push(...head.problems)
  const items = <T>(kind: string, schema: z.ZodType<Record<string, T[]>>) =>
    readItems(folder, `${authority}/${kind}`, kind, schema, problems)
  const parameters = await items<ParameterDeclaration>('parameters', ParametersFile as never)
  const requirements = await items<SetDeclaration>('requirements', RequirementsFile as never)
  const cases = await items<Case>('cases', CasesFile as never)
  refuseTwice(parameters, '参数', problems)
  refuseTwice(requirements, '条件集', problems)
  if (!head.data) return undefined
  const place = { file: `${authority}/pack.yaml`, ...head.at(['authority']) }
  if (head.data.authority !== authority)
    problems.push(
      problem(place, 'authority', `应与文件夹同名：${authority}`, `must be named like its folder: ${authority}`),
    )
  for (const list of [parameters, requirements]) list.sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
  const content = { authority, name: head.data.name, extends: head.data.extends ?? null }
  const named = (list: Placed<unknown>[]) => list.map(({ item }) => item)
  const all = {
    ...content,
    parameters: named(parameters),
    ...(requirements.length > 0 ? { requirements: named(requirements) } : {}),
  }
  return { ...content, version: `${authority}@${hash(all)}`, place, parameters, requirements, cases }
}

/** All items of the files in a folder of a pack; a pack need not have it. */
async function readItems<T>(
  folder: string,
  path: string,
  kind: string,
  schema: z.ZodType<Record<string, T[]>>,
  problems: Problem[],
): Promise<Placed<T>[]> {
  const placed: Placed<T>[] = []
  for (const file of (await readdir(join(folder, path)).catch(() => [])).sort()) {
    if (!/\.ya?ml$/.test(file)) continue
    const name = `${path}/${file}`
    const read = await readYaml(join(folder, path, file), name, schema)
    problems.push(...read.problems)
    if (!read.data) continue
    for (const [index, item] of (read.data[kind] ?? []).entries()) {
      const at: Locate = (inside = [], within = 0) => ({ file: name, ...read.at([kind, index, ...inside], within) })
      placed.push({ item, at })
    }
  }
  return placed
}

function refuseTwice(list: Placed<{ id: string }>[], what: string, problems: Problem[]): void {
  const seen = new Map<string, Place>()
  for (const { item, at } of list) {
    const place = at(['id'])
    const before = seen.get(item.id)
    if (before)
      problems.push(
        problem(
          place,
          item.id,
          `${what}重复，已见于 ${before.file} 第 ${before.line} 行`,
          `declared already in ${before.file}, line ${before.line}`,
        ),
      )
    seen.set(item.id, place)
  }
}

/** What only shows between packs: a parent that is missing, a circle, one parameter in two units, a rule over another. */
function checkTogether(drafts: Draft[], facts: FactBook, problems: Problem[]): void {
  const byAuthority = new Map(drafts.map((draft) => [draft.authority, draft]))
  for (const draft of drafts) {
    const chain = chainOf(draft, byAuthority, problems)
    if (!chain) continue
    for (const ancestor of chain.slice(1)) {
      for (const { item, at } of draft.parameters) {
        const above = ancestor.parameters.find(({ item: { id } }) => id === item.id)?.item
        if (above && above.unit !== item.unit) {
          const said = [
            `单位应与 ${ancestor.authority} 相同：${above.unit}`,
            `the unit must be that of ${ancestor.authority}: ${above.unit}`,
          ] as const
          problems.push(problem(at(['id']), item.id, ...said))
        }
      }
    }
    checkRequirements(draft, chain, facts, problems)
  }
}

function chainOf(draft: Draft, byAuthority: Map<string, Draft>, problems: Problem[]): Draft[] | undefined {
  const chain = [draft]
  for (let up = draft.extends; up !== null; ) {
    const parent = byAuthority.get(up)
    if (!parent || chain.includes(parent)) {
      const [zh, en] = parent
        ? ['上级参数包互相循环', 'the packs extend each other in a circle']
        : [`没有参数包 ${up}`, `there is no pack ${up}`]
      problems.push(problem(draft.place, 'extends', zh, en))
      return undefined
    }
    chain.push(parent)
    up = parent.extends
  }
  return chain
}

/** Expressions that name what is not there, and rules that stand over a higher authority's without saying how. */
function checkRequirements(draft: Draft, chain: Draft[], facts: FactBook, problems: Problem[]): void {
  const scopes = { person: scopeOf(chain, facts, 'person'), organisation: scopeOf(chain, facts, 'organisation') }
  for (const { item, at } of draft.requirements) {
    const above = chain.slice(1).find(({ requirements }) => requirements.some(({ item: { id } }) => id === item.id))
    if (above && !item.extends)
      problems.push(
        problem(
          at(['id']),
          item.id,
          `${above.authority} 已有同名条件集：须用 extends 写明是加严还是取代`,
          `${above.authority} has a set of this id: say under extends whether this one tightens or replaces it`,
        ),
      )
    for (const [nth, version] of item.versions.entries()) {
      const previous = item.versions[nth - 1]
      if (previous && previous.from >= version.from)
        problems.push(
          problem(
            at(['versions', nth, 'from']),
            item.id,
            '版本须按日期先后排列',
            'versions must follow each other by date',
          ),
        )
      for (const { path, error } of readRequirement(version, scopes[item.about]).mistakes)
        problems.push(
          problem(
            at(['versions', nth, ...path], error.at.start),
            [item.id, ...path].map(String).join('.'),
            error.zh,
            error.message,
          ),
        )
    }
  }
  const known = new Set(chain.flatMap(({ requirements }) => requirements.map(({ item: { id } }) => id)))
  for (const { item, at } of draft.cases) {
    if (!known.has(item.set))
      problems.push(
        problem(at(['set']), item.name, `没有条件集 ${item.set}`, `there is no requirement set ${item.set}`),
      )
    for (const fact of Object.keys(item.facts))
      if (!facts.declared(fact))
        problems.push(problem(at(['facts', fact]), item.name, `没有事实 ${fact}`, `there is no fact ${fact}`))
  }
}

/** What expressions of a pack may name: all facts, and the parameters of its chain. */
function scopeOf(chain: readonly Draft[], facts: FactBook, about: About): Scope {
  const declared = Map.groupBy(
    chain.flatMap(({ parameters }) => parameters.map(({ item }) => item)),
    ({ id }) => id,
  )
  return {
    fact: (id) => facts.declared(id, about)?.type,
    parameter: (id) => {
      const found = declared.get(id)
      return (
        found &&
        parameterType(
          found[0]!.unit,
          found.flatMap(({ values }) => values.map(({ value }) => value)),
        )
      )
    },
  }
}

const problem = (place: Place, path: string, zh: string, en: string): Problem => ({ ...place, path, zh, en })

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** Twelve hexadecimal digits of SHA-256 over the content with sorted keys. */
export const hash = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex').slice(0, 12)

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`)
    .join(',')}}`
}
