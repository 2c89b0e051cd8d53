/** The grid: of thousands of rows those in sight stand in the page, moved through with the keys, edited in place, filled by pasting. */
// biome-ignore-all lint/a11y/useSemanticElements: a table lays out all of its rows together; these are laid out each by itself
// biome-ignore-all lint/a11y/useFocusableInteractive: the keys go from cell to cell, and one of them at a time has the focus
import { useNavigate } from '@tanstack/react-router'
import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { BETWEEN, type Step, TABLES } from './Editor.tsx'
import { edited, type KeptEdits, pasted } from './edits.ts'
import type { Field, GridRow } from './quality.ts'
import { BEFORE, type Editing, inWords, type Manner, type OnEnd, ROW, Row } from './Row.tsx'

/** Rows that stand ready above and below those in sight. */
const READY = 8
const WIDTHS: Record<string, number> = { idNumber: 176, institution: 160, stages: 120, subjects: 150, name: 96 }
const WHO = 190
/** Room for the bar below, and the frame. */
const BAR = 18
const SCHOOL = 130
const widthOf = ({ key }: Field): number => WIDTHS[key] ?? 124

type SheetProps = {
  label: string
  who: string
  school: string
  rows: readonly GridRow[]
  edits: KeptEdits
  manner: Manner
}

export function Sheet({ label, who, school, rows, edits, manner }: SheetProps) {
  const { fields, headers, codes } = manner
  const holder = useRef<HTMLDivElement>(null)
  const go = useNavigate()
  const height = useHeight(holder)
  const [from, setFrom] = useState(0)
  const [active, setActive] = useState({ at: 0, column: BEFORE })
  const [editing, setEditing] = useState<Editing | null>(null)
  // A list that got shorter takes the keys back into it.
  const at = Math.min(active.at, rows.length - 1)
  const until = Math.min(rows.length, from + Math.ceil(height / ROW) + READY)
  const first = Math.max(0, Math.min(from, rows.length) - READY)
  const shown = Array.from({ length: Math.max(0, until - first) }, (_, nth) => first + nth)
  // The row with the keys stays, however far it is scrolled away: what is typed goes there.
  if (at >= 0 && (at < first || at >= until)) shown.push(at)

  const settle = () => setFrom(Math.floor((holder.current?.scrollTop ?? 0) / ROW))
  const cellAt = (row: number, column: number) =>
    holder.current?.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)

  /** Brings the keys to a cell. Drawn at once: the next key is meant for that cell, however soon it comes. */
  const move = (row: number, column: number, begin: Editing | null = null) => {
    const box = holder.current
    if (!box || rows.length === 0) return
    const to = { at: clamp(row, rows.length), column: clamp(column, BEFORE + fields.length) }
    const [top, seen] = [to.at * ROW, box.clientHeight - ROW]
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + ROW > box.scrollTop + seen) box.scrollTop = top + ROW - seen
    flushSync(() => {
      setActive(to)
      setEditing(begin)
      settle()
    })
    if (begin) return
    const cell = cellAt(to.at, to.column)
    cell?.focus({ preventScroll: true })
    if (!cell || to.column === 0) return
    const left = cell.offsetLeft
    if (left < box.scrollLeft + WHO) box.scrollLeft = left - WHO
    else if (left + cell.offsetWidth > box.scrollLeft + box.clientWidth)
      box.scrollLeft = left + cell.offsetWidth - box.clientWidth
  }
  const set = (row: GridRow, field: Field, value: string | null) =>
    edits.change((now) => edited(now, row.personId, field.key, value, row.values[field.key] ?? null))
  const valueAt = (row: GridRow, field: Field): string | null => {
    const own = edits.of(row.personId).cells
    return (own && field.key in own ? own[field.key] : row.values[field.key]) ?? null
  }
  const begin = (row: number, column: number, text?: string) => {
    const [person, field] = [rows[row], fields[column - BEFORE]]
    if (!person || !field) return
    const stands = field.sensitive ? '' : (valueAt(person, field) ?? '')
    move(row, column, { begin: text ?? stands, typed: text !== undefined })
  }
  const end = (row: GridRow, field: Field, keep: string | undefined, how: { byKey: boolean; step?: Step }) => {
    if (keep !== undefined) set(row, field, keep === '' ? null : keep)
    const [down, right] = how.step ?? [0, 0]
    if (how.byKey) move(at + down, active.column + right)
    else setEditing(null)
  }
  // One handler for as long as the grid stands, so that rows need not be drawn because it was made anew.
  const latest = useRef(end)
  latest.current = end
  const [onEnd] = useState(
    (): OnEnd =>
      (...told) =>
        latest.current(...told),
  )

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const place = placeOf(event.target)
    if (!place || event.altKey) return
    const [row, column] = place
    const [person, field] = [rows[row], fields[column - BEFORE]]
    const page = Math.max(1, Math.floor(((holder.current?.clientHeight ?? 0) - ROW) / ROW) - 1)
    const far = event.ctrlKey || event.metaKey
    const to = {
      ArrowUp: [far ? 0 : row - 1, column],
      ArrowDown: [far ? rows.length : row + 1, column],
      ArrowLeft: [row, far ? 0 : column - 1],
      ArrowRight: [row, far ? fields.length + BEFORE : column + 1],
      Home: [far ? 0 : row, 0],
      End: [far ? rows.length : row, fields.length + BEFORE],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
    }[event.key] as [number, number] | undefined
    const typed = event.key.length === 1 && !far && field?.kind === 'text'
    if (to) move(...to)
    else if (event.key === 'Enter' && column === 0 && person) open(person.personId)
    else if (event.key === 'Enter' || event.key === 'F2') begin(row, column)
    else if (event.key === 'Escape' && person && field) set(person, field, person.values[field.key] ?? null)
    // An input method begins to compose: the editor stands before it writes its first letter.
    else if (event.keyCode === 229 && field?.kind === 'text') return begin(row, column, '')
    else if (typed) begin(row, column, event.key)
    else return
    event.preventDefault()
  }
  const open = (personId: string) =>
    void go({ to: '/people/$personId', params: { personId } } as unknown as Parameters<typeof go>[0])
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>('[data-person]')
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open(link.dataset.person!)
  }
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const place = placeOf(event.target)
    if (!place) return
    event.preventDefault()
    const block = pasted(event.clipboardData.getData('text/plain'))
    edits.change((now) =>
      block.reduce(
        (all, line, down) =>
          line.reduce((some, text, right) => {
            const [person, field] = [rows[place[0] + down], fields[place[1] - BEFORE + right]]
            if (!person || !field || text === '') return some
            const value = inCodes(field, text, codes)
            return edited(some, person.personId, field.key, value, person.values[field.key] ?? null)
          }, all),
        now,
      ),
    )
  }
  const onCopy = (event: ClipboardEvent<HTMLElement>) => {
    const place = placeOf(event.target)
    const [person, field] = [rows[place?.[0] ?? -1], fields[(place?.[1] ?? 0) - BEFORE]]
    if (!person || !field || getSelection()?.toString()) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', inWords(field, valueAt(person, field), codes))
  }
  const columns = [WHO, SCHOOL, ...fields.map(widthOf)].map((width) => `${width}px`).join(' ')
  return (
    <div
      ref={holder}
      className="qual-sheet"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={fields.length + BEFORE}
      style={
        { height: Math.min(height, (rows.length + 1) * ROW + BAR), '--qual-columns': columns } as React.CSSProperties
      }
      onScroll={() => flushSync(settle)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const place = placeOf(event.target)
        if (place) begin(...place)
      }}
      onFocus={(event) => {
        const place = placeOf(event.target)
        if (place && (place[0] !== at || place[1] !== active.column)) setActive({ at: place[0], column: place[1] })
      }}
      onMouseOver={(event) => {
        // What does not fit is read by pointing at it; a title that says something else stays.
        const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-place]')
        if (cell && !cell.classList.contains('qual-edited') && !cell.classList.contains('qual-refused'))
          cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : ''
      }}
      onPaste={onPaste}
      onCopy={onCopy}
    >
      <div className="qual-row qual-head" role="row" aria-rowindex={1}>
        {[who, school, ...headers].map((header) => (
          <div key={header} className="qual-cell" role="columnheader">
            {header}
          </div>
        ))}
      </div>
      <div className="qual-body" role="rowgroup" style={{ height: rows.length * ROW }}>
        {shown.map((nth) => (
          <Row
            key={rows[nth]!.personId}
            row={rows[nth]!}
            at={nth}
            edits={edits}
            manner={manner}
            active={nth === at ? active.column : -1}
            editing={nth === at ? editing : null}
            onEnd={onEnd}
          />
        ))}
      </div>
    </div>
  )
}

const clamp = (nth: number, length: number): number => Math.max(0, Math.min(nth, length - 1))

/** Which cell an event came from: row and column; none where an editor has it. */
function placeOf(target: EventTarget): [number, number] | undefined {
  const place = (target as HTMLElement).closest<HTMLElement>('[data-place]')?.dataset.place?.split(' ')
  return place && [Number(place[0]), Number(place[1])]
}

/** What was pasted, in codes where it is in words. */
function inCodes(field: Field, text: string, codes: Manner['codes']): string {
  const table = field.table ? TABLES[field.table] : undefined
  if (!table) return text
  const known = new Map(codes.choices(table).map(({ value, label }) => [label, value]))
  if (field.kind === 'code') return known.get(text) ?? text
  return [
    ...new Set(
      text
        .split(/[、，,;；\s]+/)
        .filter(Boolean)
        .map((word) => known.get(word) ?? word),
    ),
  ]
    .sort()
    .join(BETWEEN)
}

/** What is left of the window below the place where the grid begins. */
function useHeight(place: { current: HTMLDivElement | null }): number {
  const [height, setHeight] = useState(480)
  useEffect(() => {
    const settle = () => {
      const top = place.current?.getBoundingClientRect().top ?? 320
      setHeight(Math.max(280, window.innerHeight - Math.max(top, 120) - 80))
    }
    settle()
    addEventListener('resize', settle)
    return () => removeEventListener('resize', settle)
  }, [place])
  return height
}
