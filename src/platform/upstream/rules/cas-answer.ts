/** What a CAS server answers to a ticket (CAS Protocol 3.0, appendix A): one user, or a refusal with its code. */
import { BadXml, type Element, readXml } from './xml.ts'

const CAS = 'http://www.yale.edu/tp/cas'

export type CasAnswer =
  | { user: string; attributes: ReadonlyMap<string, readonly string[]> }
  | { refused: string }
  /** Nothing that may be relied on. */
  | { unreadable: string }

const named = ({ children }: Element, name: string): Element[] =>
  children.filter((child) => child.namespace === CAS && child.name === name)

/** Reads it strictly: what could be understood in two ways is understood in none. */
export function readCasAnswer(source: string): CasAnswer {
  let root: Element
  try {
    root = readXml(source)
  } catch (error) {
    if (error instanceof BadXml) return { unreadable: error.message }
    throw error
  }
  if (root.namespace !== CAS || root.name !== 'serviceResponse') return { unreadable: 'no serviceResponse' }
  const [answer, ...more] = root.children
  if (!answer || more.length > 0 || answer.namespace !== CAS) return { unreadable: 'not one answer' }
  if (answer.name === 'authenticationFailure') return { refused: (answer.attributes.get('code') ?? '').slice(0, 60) }
  if (answer.name !== 'authenticationSuccess') return { unreadable: 'neither success nor failure' }
  const users = named(answer, 'user')
  const user = users[0]?.text ?? ''
  if (users.length !== 1 || users[0]!.children.length > 0 || user.trim() === '' || user.length > 255)
    return { unreadable: 'not one user' }
  // Whoever comes through another service is not here themselves.
  if (named(answer, 'proxies').length > 0) return { unreadable: 'came through a proxy' }
  const attributes = new Map<string, string[]>()
  for (const { name, text } of named(answer, 'attributes').flatMap(({ children }) => children))
    attributes.set(name, [...(attributes.get(name) ?? []), text.trim()])
  return { user: user.trim(), attributes }
}
