/** Finds the code that a cell means in a code table: the code itself, its label in either language, or both together. */
import { type CodeEntry, type CodeTable, codeEntries } from './columns.ts'
import type { Words } from './contract.ts'
import { cleaned, halfWidth } from './text.ts'

type Found = { readonly code: string } | { readonly ambiguous: readonly CodeEntry[] } | undefined

interface Index {
  readonly byName: Map<string, CodeEntry[]>
  readonly codeLength: number
}

const indexes = new WeakMap<CodeTable, Index>()

const simplified = (text: string): string => halfWidth(cleaned(text)).replace(/\s+/g, '').toLowerCase()

function indexOf(table: CodeTable): Index {
  const known = indexes.get(table)
  if (known) return known
  const byName = new Map<string, CodeEntry[]>()
  const lengths = new Set<number>()
  for (const entry of codeEntries(table)) {
    lengths.add(entry.code.length)
    for (const name of new Set([entry.code, entry.zh, entry.en, ...(entry.aliases ?? [])].map(simplified))) {
      const same = byName.get(name)
      if (same) same.push(entry)
      else byName.set(name, [entry])
    }
  }
  const [codeLength = 0] = lengths.size === 1 ? lengths : []
  const index = { byName, codeLength }
  indexes.set(table, index)
  return index
}

/** Accepts “01”, 1 for “01” (a spreadsheet drops the zero), “汉族”, “Han”, “01-汉族” and “汉族(01)”. */
export function findCode(table: CodeTable, text: string): Found {
  const { byName, codeLength } = indexOf(table)
  const name = simplified(text)
  const direct = byName.get(name) ?? (/^\d+$/.test(name) ? byName.get(name.padStart(codeLength, '0')) : undefined)
  if (direct) return direct.length === 1 ? { code: direct[0]!.code } : settle(direct, name)
  const both = /^([0-9a-z]+)[-_.:、|/]?([^0-9a-z].*)$/.exec(name) ?? /^(.+?)[([【]([0-9a-z]+)[)\]】]$/.exec(name)
  if (!both) return undefined
  const second = byName.get(both[2]!)
  const agreed = byName.get(both[1]!)?.filter((entry) => second?.includes(entry)) ?? []
  return agreed.length === 1 ? { code: agreed[0]!.code } : undefined
}

/** A code goes before a label that reads the same. */
function settle(entries: readonly CodeEntry[], name: string): Found {
  const coded = entries.filter((entry) => simplified(entry.code) === name)
  return coded.length === 1 ? { code: coded[0]!.code } : { ambiguous: entries }
}

/** What may be filled in, for a message: the first twelve labels. */
export function choices(entries: Iterable<CodeEntry>): Words {
  const all = [...entries]
  const some = all.slice(0, 12)
  const more = all.length > some.length
  return {
    zh: some.map((entry) => entry.zh).join('、') + (more ? '等' : ''),
    en: some.map((entry) => entry.en).join(', ') + (more ? ' and others' : ''),
  }
}
