/** Reads a small XML document: elements, attributes, text. No document type, no entity but the five, no processing instruction is taken. */

export type Element = {
  /** Name of the namespace, empty where there is none. */
  namespace: string
  name: string
  /** As they are written, with their prefix. */
  attributes: ReadonlyMap<string, string>
  children: Element[]
  /** All text directly within, as it stands. */
  text: string
}

/** What is read is none of these: why, and at which character. */
export class BadXml extends Error {
  constructor(why: string, at: number) {
    super(`${why} at ${at}`)
    this.name = 'BadXml'
  }
}

const DEEPEST = 32
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y
const SPACE = /[ \t\r\n]*/y
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const entity = (name: string): string | undefined => (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined)
/** What XML 1.0 lets stand in a document. */
const CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u

type Bindings = ReadonlyMap<string, string>
const FIRST: Bindings = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
])

class Reader {
  at = 0
  readonly source: string
  constructor(source: string) {
    this.source = source
  }

  fail(why: string): never {
    throw new BadXml(why, this.at)
  }
  sees(text: string): boolean {
    return this.source.startsWith(text, this.at)
  }
  take(text: string): void {
    if (!this.sees(text)) this.fail(`${text} expected`)
    this.at += text.length
  }
  match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.source)?.[0] ?? ''
    this.at += found.length
    return found
  }
  name(): string {
    return this.match(NAME) || this.fail('a name expected')
  }
  until(end: string): string {
    const found = this.source.indexOf(end, this.at)
    if (found < 0) this.fail(`${end} expected`)
    const text = this.source.slice(this.at, found)
    this.at = found + end.length
    return text
  }

  /** Comments and spaces between elements. */
  between(): void {
    for (;;) {
      this.match(SPACE)
      if (!this.sees('<!--')) return
      this.comment()
    }
  }
  comment(): void {
    this.take('<!--')
    if (this.until('-->').includes('--')) this.fail('-- in a comment')
  }

  attributes(): Map<string, string> {
    const found = new Map<string, string>()
    for (;;) {
      const apart = this.match(SPACE) !== ''
      if (this.sees('>') || this.sees('/>')) return found
      if (!apart) this.fail('a space expected')
      const name = this.name()
      this.match(SPACE)
      this.take('=')
      this.match(SPACE)
      const quote = this.sees('"') ? '"' : "'"
      this.take(quote)
      const value = this.until(quote)
      if (value.includes('<')) this.fail('< in an attribute')
      if (found.has(name)) this.fail('an attribute twice')
      found.set(name, this.clear(value))
    }
  }

  /** Text with its references resolved: the five of XML and numbers, nothing that a document could define. */
  clear(text: string): string {
    return text.replace(/&([^;]*);?/g, (whole, name: string) => {
      const code = /^#x([\dA-Fa-f]{1,6})$/.exec(name)?.[1]
      const number = code ? Number.parseInt(code, 16) : /^#\d{1,7}$/.test(name) ? Number(name.slice(1)) : undefined
      const said = number === undefined ? entity(name) : number <= 0x10ffff ? String.fromCodePoint(number) : undefined
      if (said === undefined || !whole.endsWith(';') || !CHARACTERS.test(said))
        this.fail('a reference that is not taken')
      return said
    })
  }

  element(above: Bindings, depth: number): Element {
    if (depth > DEEPEST) this.fail('too deep')
    this.take('<')
    const written = this.name()
    const attributes = this.attributes()
    const bound = new Map(above)
    for (const [name, value] of attributes) {
      if (name === 'xmlns') bound.set('', value)
      else if (name.startsWith('xmlns:')) bound.set(name.slice(6), value)
    }
    const [prefix, local] = written.includes(':') ? (written.split(':') as [string, string]) : ['', written]
    const namespace = bound.get(prefix) ?? this.fail('a prefix that is bound to nothing')
    const made: Element = { namespace, name: local, attributes, children: [], text: '' }
    if (this.sees('/>')) {
      this.take('/>')
      return made
    }
    this.take('>')
    for (;;) {
      const start = this.at
      const next = this.source.indexOf('<', start)
      if (next < 0) this.fail('an element that does not end')
      const text = this.source.slice(start, next)
      if (text.includes(']]>')) this.fail(']]> in a text')
      made.text += this.clear(text)
      this.at = next
      if (this.sees('</')) {
        this.take('</')
        this.take(written)
        this.match(SPACE)
        this.take('>')
        return made
      }
      if (this.sees('<!--')) this.comment()
      else if (this.sees('<![CDATA[')) {
        this.take('<![CDATA[')
        made.text += this.until(']]>')
      } else if (this.sees('<!') || this.sees('<?')) this.fail('a declaration that is not taken')
      else made.children.push(this.element(bound, depth + 1))
    }
  }
}

/** The outermost element. @throws BadXml */
export function readXml(source: string): Element {
  const reader = new Reader(source.replace(/^\uFEFF/, ''))
  if (!CHARACTERS.test(reader.source)) reader.fail('a character that is not taken')
  if (/^<\?xml[ \t\r\n]/.test(reader.source)) reader.until('?>')
  reader.between()
  const made = reader.element(FIRST, 1)
  reader.between()
  if (reader.at !== reader.source.length) reader.fail('something after the end')
  return made
}
