/** Reads a folder of packs as a whole: either everything in it is right, or every problem is told and nothing is taken. */
import { createHash } from 'node:crypto'
import { access, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Refusal } from '../../base/errors.ts'
import { PackFile, type ParameterDeclaration, ParametersFile } from './pack-schema.ts'
import { type Problem, readYaml } from './yaml-file.ts'

/** The packs that come with the product. */
export const PACKS = join(import.meta.dirname, '..', '..', '..', 'packs')

/** `version` names the content: the same figures and clauses give the same name, whatever their layout. */
export type Pack = {
  authority: string
  name: { zh: string; en: string }
  extends: string | null
  parameters: ParameterDeclaration[]
  version: string
}

type Place = { file: string; line: number; column: number }
type Draft = Pack & { place: Place; places: Map<string, Place> }

/**
 * All packs of a folder, each a subfolder with a `pack.yaml`.
 * @throws Refusal `policy.pack_invalid` with every problem by file, line and column.
 */
export async function readPacks(folder: string): Promise<Pack[]> {
  const problems: Problem[] = []
  const drafts: Draft[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const home = join(folder, entry.name)
    if (!entry.isDirectory() || !(await exists(join(home, 'pack.yaml')))) continue
    const draft = await readPack(folder, entry.name, problems)
    if (draft) drafts.push(draft)
  }
  if (problems.length === 0) checkTogether(drafts, problems)
  if (problems.length > 0) throw new Refusal('invalid', 'policy.pack_invalid', { count: problems.length, problems })
  return drafts.map(({ place: _place, places: _places, ...pack }) => pack)
}

async function readPack(folder: string, authority: string, problems: Problem[]): Promise<Draft | undefined> {
  const home = join(folder, authority)
  const head = await readYaml(join(home, 'pack.yaml'), `${authority}/pack.yaml`, PackFile)
  problems.push(...head.problems)
  const parameters: ParameterDeclaration[] = []
  const places = new Map<string, Place>()
  for (const file of (await readdir(join(home, 'parameters')).catch(() => [])).sort()) {
    if (!/\.ya?ml$/.test(file)) continue
    const name = relative(folder, join(home, 'parameters', file)).replaceAll('\\', '/')
    const read = await readYaml(join(home, 'parameters', file), name, ParametersFile)
    problems.push(...read.problems)
    for (const [index, parameter] of (read.data?.parameters ?? []).entries()) {
      const place = {
        file: name,
        ...(read as Exclude<typeof read, { data: undefined }>).at(['parameters', index, 'id']),
      }
      const before = places.get(parameter.id)
      if (before)
        problems.push(
          problem(
            place,
            parameter.id,
            `参数重复，已见于 ${before.file} 第 ${before.line} 行`,
            `declared already in ${before.file}, line ${before.line}`,
          ),
        )
      places.set(parameter.id, place)
      parameters.push(parameter as ParameterDeclaration)
    }
  }
  if (!head.data) return undefined
  const place = { file: `${authority}/pack.yaml`, ...head.at(['authority']) }
  if (head.data.authority !== authority)
    problems.push(
      problem(place, 'authority', `应与文件夹同名：${authority}`, `must be named like its folder: ${authority}`),
    )
  parameters.sort((a, b) => (a.id < b.id ? -1 : 1))
  const content = { authority, name: head.data.name, extends: head.data.extends ?? null, parameters }
  return { ...content, version: `${authority}@${hash(content)}`, place, places }
}

/** What only shows between packs: a parent that is missing, a circle, one parameter in two units. */
function checkTogether(drafts: Draft[], problems: Problem[]): void {
  const byAuthority = new Map(drafts.map((draft) => [draft.authority, draft]))
  for (const draft of drafts) {
    const chain = [draft]
    for (let up = draft.extends; up !== null; ) {
      const parent = byAuthority.get(up)
      if (!parent || chain.includes(parent)) {
        const [zh, en] = parent
          ? ['上级参数包互相循环', 'the packs extend each other in a circle']
          : [`没有参数包 ${up}`, `there is no pack ${up}`]
        problems.push(problem(draft.place, 'extends', zh, en))
        break
      }
      chain.push(parent)
      up = parent.extends
    }
    for (const ancestor of chain.slice(1)) {
      for (const parameter of draft.parameters) {
        const above = ancestor.parameters.find(({ id }) => id === parameter.id)
        if (above && above.unit !== parameter.unit) {
          problems.push(
            problem(
              draft.places.get(parameter.id)!,
              parameter.id,
              `单位应与 ${ancestor.authority} 相同：${above.unit}`,
              `the unit must be that of ${ancestor.authority}: ${above.unit}`,
            ),
          )
        }
      }
    }
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
