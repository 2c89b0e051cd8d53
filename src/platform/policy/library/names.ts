/** What the text of an expression names, without reading it against types: dotted names outside quoted text. Pure. */
const QUOTED = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g
const NAME = /[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*(?!\s*\()/g
const PARAMETER = 'param.'

export function namesIn(expression: string): { facts: Set<string>; parameters: Set<string> } {
  const names = [...expression.replaceAll(QUOTED, '""').matchAll(NAME)].map(([name]) => name.replaceAll(/\s/g, ''))
  const parameters = names.filter((name) => name.startsWith(PARAMETER)).map((name) => name.slice(PARAMETER.length))
  return {
    parameters: new Set(parameters),
    facts: new Set(names.filter((name) => name.includes('.') && !name.startsWith(PARAMETER))),
  }
}
