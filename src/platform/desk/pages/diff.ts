/** What an act changed, as lines: each value by its way into the data, before and after. Pure. */
export type DiffLine = { path: string; before: string | null; after: string | null; changed: boolean }

type Flat = Map<string, string>

/** Long lists are told by their length: a reader wants the change, not a thousand ids. */
const MOST_ITEMS = 12

function flatten(value: unknown, path: string, into: Flat): void {
  if (value === null || value === undefined) {
    if (path && value === null) into.set(path, '—')
    return
  }
  if (Array.isArray(value)) {
    const plain = value.every((item) => item === null || typeof item !== 'object')
    if (plain) {
      const shown = value.slice(0, MOST_ITEMS).map(String).join('、')
      into.set(path, value.length > MOST_ITEMS ? `${shown}…（${value.length}）` : shown || '—')
    } else {
      for (const [at, item] of value.slice(0, MOST_ITEMS).entries()) flatten(item, `${path}.${at + 1}`, into)
      if (value.length > MOST_ITEMS) into.set(`${path}.…`, `（${value.length}）`)
    }
    return
  }
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, into)
    return
  }
  into.set(path, String(value) || '—')
}

/** Lines in the order of the data, what was before first; a value that is not an object stands under an empty path. */
export function diffOf(before: unknown, after: unknown): DiffLine[] {
  const was: Flat = new Map()
  const is: Flat = new Map()
  flatten(before, '', was)
  flatten(after, '', is)
  return [...new Set([...was.keys(), ...is.keys()])].map((path) => {
    const old = was.get(path) ?? null
    const fresh = is.get(path) ?? null
    return { path, before: old, after: fresh, changed: old !== fresh }
  })
}
