/** What holds of an authority: its file with what was adopted over it, as one pack. Pure. */
import type { Pack } from './pack.ts'

type Dated = { from: string }

/** What was adopted stands in the place of the file from its first day on. */
const over = <T extends Dated>(file: readonly T[], adopted: readonly T[]): T[] => {
  const first = adopted[0]?.from
  return first === undefined ? [...file] : [...file.filter(({ from }) => from < first), ...adopted]
}

/** Items of both by id, those of the same id made one. */
function merged<T extends { id: string }>(file: readonly T[], adopted: readonly T[], one: (file: T, adopted: T) => T) {
  const known = new Map(file.map((item) => [item.id, item]))
  for (const item of adopted) {
    const under = known.get(item.id)
    known.set(item.id, under ? one(under, item) : item)
  }
  return [...known.values()]
}

/** @param adopted the layer over it, whose name the whole keeps */
export const overlaid = (file: Pack, adopted: Pack): Pack => ({
  ...file,
  version: adopted.version,
  parameters: merged(file.parameters, adopted.parameters, (under, item) => ({
    ...under,
    ...(item.permission ? { permission: item.permission } : {}),
    values: over(under.values, item.values),
  })),
  requirements: merged(file.requirements, adopted.requirements, (under, item) => ({
    ...item,
    versions: over(under.versions, item.versions),
  })),
})
