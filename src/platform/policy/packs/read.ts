/** Reads a folder of packs as a whole: either everything in it is right, or every problem is told and nothing is taken. */
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import type { FactBook } from '../facts.ts'
import { PackFile, type ParameterDeclaration, ParametersFile } from '../pack-schema.ts'
import { CasesFile, RequirementsFile } from '../requirement-schema.ts'
import type { Case, SetDeclaration } from '../rules/requirements/declared.ts'
import { type Problem, readYaml } from '../yaml-file.ts'
import { checkTogether } from './check.ts'
import { type Draft, hash, type Locate, type Pack, type Place, type Placed, problem } from './pack.ts'

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
    ...(cases.length > 0 ? { cases: named(cases) } : {}),
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

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )
