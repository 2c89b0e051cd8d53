/** What one authority says of a parameter through time: its file and what it adopted over it, as one. Pure. */
import type { ParameterPage } from '../../contract.ts'

type Declaration = ParameterPage['declarations'][number]
export type SpokenValue = Declaration['values'][number] & { adopted: boolean; packVersion: string }
export type Spoken = Pick<Declaration, 'authority' | 'authorityName' | 'below' | 'permission'> & {
  packVersions: string[]
  values: SpokenValue[]
  /** Of the file, for days on which something adopted holds throughout: they never hold. */
  superseded: SpokenValue[]
}

/** One for each authority, in the order of the declarations; on a day for which both speak, what was adopted holds. */
export function spokenBy(declarations: readonly Declaration[]): Spoken[] {
  return [...Map.groupBy(declarations, ({ authority }) => authority)].map(([authority, some]) => {
    const nearest = some.toSorted((a, b) => Number(b.adopted) - Number(a.adopted))
    const { authorityName, below, permission } = nearest[0]!
    return {
      authority,
      authorityName,
      below,
      permission,
      packVersions: nearest.map(({ packVersion }) => packVersion),
      values: inTurn(nearest),
      superseded: covered(nearest),
    }
  })
}

function inTurn(nearest: readonly Declaration[]): SpokenValue[] {
  const days = changesIn(nearest)
  const turns: SpokenValue[] = []
  let held: object | undefined
  for (const day of new Set(days)) {
    const last = turns.at(-1)
    const found = heldOn(nearest, day)
    if (found?.value === held) continue
    if (last && last.until === null) last.until = day
    held = found?.value
    if (found) turns.push({ ...found.value, from: day, until: null, ...found.by })
  }
  return turns
}

/** Values of the layers beneath that hold on none of their days. */
function covered(nearest: readonly Declaration[]): SpokenValue[] {
  const days = changesIn(nearest)
  return nearest.slice(1).flatMap(({ values, adopted, packVersion }) =>
    values
      .filter((value) => {
        const own = days.filter((day) => value.from <= day && (value.until === null || day < value.until))
        return own.every((day) => heldOn(nearest, day)?.value !== value)
      })
      .map((value) => ({ ...value, adopted, packVersion })),
  )
}

const changesIn = (declarations: readonly Declaration[]): string[] =>
  declarations
    .flatMap(({ values }) => values.flatMap(({ from, until }) => (until === null ? [from] : [from, until])))
    .sort()

function heldOn(nearest: readonly Declaration[], day: string) {
  for (const { values, adopted, packVersion } of nearest) {
    const value = values.find(({ from, until }) => from <= day && (until === null || day < until))
    if (value) return { value, by: { adopted, packVersion } }
  }
  return undefined
}
