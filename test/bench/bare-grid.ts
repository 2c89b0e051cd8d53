/** What the grid is measured against: a page with nothing but the same virtual list of plain text, from the same rows in one file. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The page knows no framework, no rules, no roles: cells of text, put into the page while they are in sight. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>rows</title><style>
  body { margin: 16px; font: 14px/24px sans-serif }
  #grid { position: relative; height: 560px; overflow: auto }
  #body { position: relative }
  .row { position: absolute; display: flex; height: 34px; contain: strict; width: 2270px }
  .row > span { flex: none; width: 126px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
</style><div id="grid"><div id="body"></div></div><script>
  const ROW = 34, READY = 8, grid = document.getElementById('grid'), body = document.getElementById('body')
  const shown = new Map()
  let rows = []
  function draw() {
    const from = Math.max(0, Math.floor(grid.scrollTop / ROW) - READY)
    const until = Math.min(rows.length, from + Math.ceil(560 / ROW) + 2 * READY)
    for (const [at, row] of shown) if (at < from || at >= until) { row.remove(); shown.delete(at) }
    for (let at = from; at < until; at++) if (!shown.has(at)) {
      const row = document.createElement('div')
      row.className = 'row'
      row.style.top = at * ROW + 'px'
      for (const [nth, text] of rows[at].entries()) {
        const cell = document.createElement('span')
        cell.textContent = text
        cell.tabIndex = -1
        cell.dataset.place = at + ' ' + nth
        row.append(cell)
      }
      body.append(row)
      shown.set(at, row)
    }
  }
  grid.addEventListener('scroll', draw)
  grid.addEventListener('keydown', (event) => {
    const cell = event.target.closest('[data-place]')
    const [at, nth] = cell.dataset.place.split(' ').map(Number)
    const input = cell.querySelector('input')
    if (event.key === 'Enter' && input) {
      rows[at][nth] = input.value
      cell.textContent = input.value
      body.querySelector('[data-place="' + (at + 1) + ' ' + nth + '"]').focus()
    } else if (!input && event.key.length === 1) {
      cell.textContent = ''
      cell.append(document.createElement('input'))
      cell.firstChild.focus()
    }
  })
  fetch('/rows.json').then((answer) => answer.json()).then((all) => {
    rows = all
    body.style.height = rows.length * ROW + 'px'
    draw()
    grid.setAttribute('aria-rowcount', rows.length + 1)
  })
</script>`

/** Serves the page and these rows; the caller closes it. */
export async function serveBare(rows: string[][]): Promise<{ url: string; server: Server }> {
  const bytes = Buffer.from(JSON.stringify(rows))
  const server = createServer((request, response) => {
    const isRows = request.url === '/rows.json'
    response.setHeader('content-type', isRows ? 'application/json' : 'text/html; charset=utf-8')
    response.end(isRows ? bytes : PAGE)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}
