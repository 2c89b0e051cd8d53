/** Which of what happened an endpoint hears, and as what: whoever sees only where somebody left hears of leaving, whoever sees only where they went hears of joining, and neither of the other place. */

export type Happened = {
  type: string
  key: string | null
  paths: readonly string[]
  data: Readonly<Record<string, unknown>>
  at: string
  /** Of an employment that ended: whether another begins on the day. */
  goesOn: boolean
}
export type Listens = { types: readonly string[]; paths: readonly string[] }
export type Heard = { type: string; key: string | null; data: Readonly<Record<string, unknown>>; at: string }

const under = (path: string, paths: readonly string[]): boolean =>
  paths.some((above) => path === above || path.startsWith(`${above}.`))

/** In the order in which it happened. That somebody changed is left out where more is said of them in the same breath. */
export function heardBy(happened: readonly Happened[], { types, paths }: Listens): Heard[] {
  const all = happened.flatMap((one): Heard[] => {
    const type = asSeenFrom(one, paths)
    return type !== null && types.includes(type) ? [{ type, key: one.key, data: dataFor(type, one), at: one.at }] : []
  })
  const said = new Set(
    all.filter(({ type }) => type.startsWith('person.') && type !== 'person.changed').map(({ key }) => key),
  )
  const changed = new Set<string | null>()
  return all.filter(({ type, key }) => {
    if (type !== 'person.changed') return true
    if (said.has(key) || changed.has(key)) return false
    changed.add(key)
    return true
  })
}

/** A move that is seen from one side does not say where the other is. */
function dataFor(heardAs: string, { type, data }: Happened): Happened['data'] {
  if (type !== 'person.moved' || heardAs === type) return data
  const { from, to, ...rest } = data
  return heardAs === 'person.left' ? { from, ...rest } : { to, ...rest }
}

function asSeenFrom({ type, paths: at, goesOn }: Happened, paths: readonly string[]): string | null {
  const seen = at.map((path) => under(path, paths))
  if (type === 'person.moved') {
    const [from, to] = seen
    if (from && to) return type
    return from ? 'person.left' : to ? 'person.joined' : null
  }
  if (!seen.some(Boolean)) return null
  if (type === 'employment.ended') return goesOn ? null : 'person.left'
  return type
}
