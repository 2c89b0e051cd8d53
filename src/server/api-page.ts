/** The API as a page to browse: every operation with its permission, input and output, from the OpenAPI document; no script needed. */
import { procedurePermissions } from './permissions.ts'

type Schema = Record<string, unknown>
type Operation = {
  operationId?: string
  summary?: string
  tags?: string[]
  parameters?: { name: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>
}
type Document = { info: { title: string; version: string }; paths?: Record<string, Record<string, Operation>> }

const plain = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!)
const code = (value: unknown): string => `<pre>${plain(JSON.stringify(value, null, 2))}</pre>`
const bodyOf = (content: Record<string, { schema?: Schema }> | undefined): Schema | undefined =>
  Object.values(content ?? {})[0]?.schema

function operation(path: string, method: string, one: Operation): string {
  const permission = procedurePermissions.get(path.slice(1).replaceAll('/', '.'))
  const input = one.parameters?.length
    ? Object.fromEntries(one.parameters.map(({ name, required, schema }) => [required ? name : `${name}?`, schema]))
    : bodyOf(one.requestBody?.content)
  const output = bodyOf(one.responses?.['200']?.content)
  return `<details id="${plain(one.operationId ?? path)}"><summary><code class="${method}">${method.toUpperCase()}</code> <code>/api${plain(path)}</code> <span>${plain(one.summary ?? '')}</span></summary>
<p>Permission: <code>${plain(permission ?? '')}</code></p>${input ? `<h3>Input</h3>${code(input)}` : ''}${output ? `<h3>Output</h3>${code(output)}` : ''}</details>`
}

/** One page of HTML. */
export function apiPage(document: Document): string {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    const group = path.split('/')[1] ?? ''
    for (const [method, one] of Object.entries(methods))
      groups.set(group, [...(groups.get(group) ?? []), operation(path, method, one)])
  }
  const sections = [...groups]
    .map(([name, list]) => `<section><h2>${plain(name)}</h2>${list.join('\n')}</section>`)
    .join('\n')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${plain(document.info.title)} API</title>
<style>body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#23211d;background:#fcfbf8}h2{border-bottom:3px double #cfc8ba;padding-bottom:.3rem}
details{border-bottom:1px solid #e6e1d6;padding:.4rem 0}summary{cursor:pointer}summary span{color:#5d584f}code{font-size:.9em}.get{color:#0e6b66}.post{color:#b3371f}pre{overflow:auto;background:#f4f1ea;padding:.8rem;font-size:.85em}</style>
<h1>${plain(document.info.title)} · API ${plain(document.info.version)}</h1><p>The same procedures as RPC under <code>/rpc</code> and as REST under <code>/api</code>; the document is at <a href="/api/openapi.json">/api/openapi.json</a>.
Sign in with <code>POST /api/access/signIn</code>; the session is a cookie. Refusals carry <code>kind</code>, <code>code</code> and what the sentence needs.</p>${sections}</html>`
}
