/** Walks the needs of an explanation as it was told: its conditions, and the other ways to a yes. Pure. */

type Part<C> = { kind: 'condition'; condition: C } | { kind: 'group'; group: Group<C> }
type Group<C> = { least: number; holds: boolean | null; parts: Part<C>[] }
type Held = { id: string; holds: boolean | null }

export const conditionsIn = <C extends Held>({ parts }: Group<C>): C[] => parts.flatMap(conditionsOf)
const conditionsOf = <C extends Held>(part: Part<C>): C[] =>
  part.kind === 'condition' ? [part.condition] : conditionsIn(part.group)
const openIn = <C extends Held>(part: Part<C>): C[] => conditionsOf(part).filter(({ holds }) => holds !== true)

/** What would do instead of what is on the way, where not all parts of a group are asked for: each with all that is missing to it. */
export function alternativesIn<C extends Held>({ least, parts, holds }: Group<C>, way: ReadonlySet<string>): C[][] {
  if (holds) return []
  const open = parts.filter((part) => (part.kind === 'group' ? part.group : part.condition).holds !== true)
  const taken = open.filter((part) => openIn(part).some(({ id }) => way.has(id)))
  if (taken.length === 0) return []
  const instead = least < parts.length ? open.filter((part) => !taken.includes(part)).map(openIn) : []
  return [...instead, ...taken.flatMap((part) => (part.kind === 'group' ? alternativesIn(part.group, way) : []))]
}
