/** An input as a request to the REST door: queries in brackets, bodies as JSON, as a form where a file is sent. */

/** `query` and `body` as they go over the wire. */
export type Asked = { method: 'GET' | 'POST'; url: string; query?: string; type?: string; body?: string | Buffer }

export async function asRequest(path: string, method: 'GET' | 'POST', input: unknown): Promise<Asked> {
  const url = `/api/${path.replaceAll('.', '/')}`
  const flat = flattened(input)
  if (method === 'GET')
    return { method, url, query: flat.map(([key, value]) => `${escaped(key)}=${escaped(String(value))}`).join('&') }
  if (!flat.some(([, value]) => value instanceof File))
    return { method, url, type: 'application/json', body: JSON.stringify(input) ?? '' }
  return { method, url, type: 'multipart/form-data; boundary=fuzz', body: await form(flat) }
}

/** Surrogates alone have no form in an address: as the browser, it sends what stands for the unreadable. */
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Leaves under names such as `a[b][0]`. Without calling itself: input may be nested deeper than the stack. */
function flattened(input: unknown): [string, unknown][] {
  const leaves: [string, unknown][] = []
  const waiting: [string, unknown][] = [['', input]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, value] = next
    if (typeof value === 'object' && value !== null && !(value instanceof File))
      for (const [key, one] of Object.entries(value)) waiting.push([name === '' ? key : `${name}[${key}]`, one])
    else if (name !== '') leaves.push(next)
  }
  return leaves
}

async function form(fields: [string, unknown][]): Promise<Buffer> {
  const line = (name: string) => `--fuzz\r\ncontent-disposition: form-data; name="${quoted(name)}"`
  const parts: Buffer[] = []
  for (const [name, value] of fields) {
    const file = value instanceof File
    const about = file ? `; filename="${quoted(value.name)}"\r\ncontent-type: application/octet-stream` : ''
    const content = file ? Buffer.from(await value.arrayBuffer()) : Buffer.from(String(value))
    parts.push(Buffer.from(`${line(name)}${about}\r\n\r\n`), content, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('--fuzz--\r\n')])
}
const quoted = (text: string): string => text.replace(/["\r\n]/g, (one) => encodeURIComponent(one))
