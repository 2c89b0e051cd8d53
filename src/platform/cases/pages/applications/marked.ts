/** A form in which what is to be corrected is said at its question. */
type Json = Record<string, unknown>
type Point = { question?: string | undefined; says: string }

/** @param label stands before each point: 请修改 */
export function marked(definition: Json, points: readonly Point[], label: string): Json {
  const said = new Map<string, string[]>()
  for (const { question, says } of points)
    if (question) said.set(question, [...(said.get(question) ?? []), `${label}${says}`])
  if (said.size === 0) return definition
  const visit = (one: Json): Json => {
    const inner = Array.isArray(one.elements) ? { elements: (one.elements as Json[]).map(visit) } : {}
    const lines = said.get(String(one.name))
    return { ...one, ...inner, ...(lines && one.type ? { description: before(lines, one.description) } : {}) }
  }
  return { ...definition, pages: (definition.pages as Json[]).map(visit) }
}

/** Before what the form itself says there, in each of its languages. */
function before(lines: readonly string[], description: unknown): unknown {
  const text = lines.join('\n')
  if (typeof description !== 'object' || description === null) return text
  return Object.fromEntries(Object.entries(description).map(([locale, own]) => [locale, `${text}\n${own}`]))
}
