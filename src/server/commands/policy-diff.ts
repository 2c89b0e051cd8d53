/** What a change of packs changes: two folders, two loaded versions, or one of each. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Refusal } from '../../base/errors.ts'
import { connect, SYSTEM, transact } from '../../platform/db/index.ts'
import { diffPacks, heldPack, type Pack, type PackDiff, readPacks } from '../../platform/policy/index.ts'
import { openDatabase } from '../house.ts'
import { facts } from '../modules.ts'
import { locale, sentence } from '../say.ts'
import { readEnvironment } from '../settings.ts'

/** Packs that both sides have and that differ, and those that only one has. */
export type Difference = { packs: PackDiff[]; added: string[]; removed: string[] }

/**
 * A version is named as `authority@hash`; anything else is a folder of packs. A version is compared with the pack of its authority.
 * @throws Refusal `policy.pack_invalid`, `not_found`
 */
export async function difference(before: string, after: string): Promise<Difference> {
  const [a, b] = [await packsOf(before, after), await packsOf(after, before)]
  const single = [before, after].some(isVersion)
  const [left, right] = [a, b].map((packs) => new Map(packs.map((pack) => [pack.authority, pack]))) as [
    Map<string, Pack>,
    Map<string, Pack>,
  ]
  const packs = [...left].flatMap(([authority, pack]) => {
    const other = right.get(authority)
    return other && other.version !== pack.version ? [diffPacks(pack, other)] : []
  })
  const only = (one: Map<string, Pack>, other: Map<string, Pack>) =>
    single ? [] : [...one.keys()].filter((authority) => !other.has(authority)).sort()
  if (single && ![...left.keys()].some((authority) => right.has(authority)))
    throw new Refusal('invalid', 'server.policy_unlike', { before, after })
  return { packs, added: only(right, left), removed: only(left, right) }
}

const isVersion = (operand: string): boolean => /^[a-z][a-z0-9_]*@[0-9a-f]{12}$/.test(operand)

async function packsOf(operand: string, other: string): Promise<Pack[]> {
  if (!isVersion(operand)) {
    const folder = resolve(operand)
    await stat(folder)
    return readPacks(folder, facts)
  }
  const opened = await openDatabase(readEnvironment(), () => {})
  const owner = connect(opened.url, { role: 'owner', max: 1 })
  try {
    const ask = { actor: SYSTEM, permission: 'policy.load', scope: { paths: [], self: false } }
    return [await transact(owner, ask, (act) => heldPack(act, operand, other))]
  } finally {
    await owner.destroy()
    await opened.stop()
  }
}

const SIGNS = { added: '+', removed: '-', changed: '~' }
const say = ({ zh, en }: { zh: string; en: string }): string => (locale === 'en' ? en : zh)
const shown = (value: unknown): string => (value === null || value === undefined ? '–' : JSON.stringify(value))

export function words({ packs, added, removed }: Difference): string[] {
  const lines = [...added.map((one) => `+ ${one}`), ...removed.map((one) => `- ${one}`), ...packs.flatMap(packLines)]
  return lines.length > 0 ? lines : [sentence('server.policy_same')]
}

function packLines({ before, after, fields, parameters, sets, cases }: PackDiff): string[] {
  const field = (indent: string) => (change: { field: string; before: unknown; after: unknown }) =>
    `${indent}${change.field}: ${shown(change.before)} → ${shown(change.after)}`
  return [
    `${before.version} → ${after.version}`,
    ...fields.map(field('  ')),
    ...parameters.flatMap(({ id, title, how, values, fields: heads }) => [
      `  ${SIGNS[how]} ${id} ${say(title)}${heads.length > 0 ? ` (${heads.join(', ')})` : ''}`,
      ...values.map(({ from, until, before: old, after: now, fields: what }) => {
        const span = `${from} – ${until ?? ''}`
        const figures = `${old ? shown(old.value) : ''} → ${now ? shown(now.value) : ''}`
        return `      ${span}: ${what.includes('value') ? figures : what.join(', ')}`
      }),
    ]),
    ...sets.flatMap(({ id, title, how, fields: heads, versions }) => [
      `  ${SIGNS[how]} ${id} ${say(title)}`,
      ...heads.map(field('      ')),
      ...versions.flatMap(({ from, how: changed, fields: parts, conditions }) => [
        `      ${SIGNS[changed]} ${from}`,
        ...parts.map(field('          ')),
        ...conditions.flatMap((condition) => [
          `          ${SIGNS[condition.how]} ${condition.id} ${say(condition.says)}`,
          ...(condition.how === 'changed' ? condition.fields.map(field('              ')) : []),
        ]),
      ]),
    ]),
    ...cases.map(({ name, set, how }) => `  ${SIGNS[how]} ${set}: ${name}`),
  ]
}
