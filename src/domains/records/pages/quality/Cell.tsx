/** One cell of the grid: shown as text, edited in place. Enter or typing begins, Enter keeps, Escape gives back what stood there. */
import { Select } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { useWords } from '../../../../ui/i18n.tsx'
import type { CodeTable, useCodes } from '../codes.ts'
import type { Field } from './quality.ts'

type Codes = ReturnType<typeof useCodes>
export const TABLES: Record<string, CodeTable> = {
  SEX: 'sex',
  JZGLB: 'category',
  BASIS: 'basis',
  RKXD: 'stage',
  ZXXKC: 'subject',
  XL: 'education',
  XW: 'degree',
}
const BETWEEN = '、'
const MOVES: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export const shown = (field: Field, value: string | null, codes: Codes): string => {
  const table = field.table ? TABLES[field.table] : undefined
  if (!value || !table) return value ?? ''
  return value
    .split(BETWEEN)
    .map((code) => codes.label(table, code))
    .join(BETWEEN)
}

export function Cell({
  field,
  value,
  was,
  wrong,
  reason,
  conflict,
  codes,
  place,
  label,
  onChange,
  onMove,
}: {
  field: Field
  value: string | null
  /** What is on record; differs where the cell was edited. */
  was: string | null
  wrong: boolean
  reason: string | undefined
  conflict: boolean
  codes: Codes
  place: string
  label: string
  onChange: (value: string | null) => void
  onMove: (rows: number, columns: number) => void
}) {
  const t = useWords('quality')
  const [editing, setEditing] = useState<string | null>(null)
  const edited = value !== was
  const text = shown(field, value, codes)
  const end = (keep: string | null | undefined, move?: [number, number]) => {
    // Drawn at once: the next key is meant for the cell it leads to, however soon it comes.
    flushSync(() => {
      if (keep !== undefined) onChange(keep === '' ? null : keep)
      setEditing(null)
    })
    document.querySelector<HTMLElement>(`[data-cell="${place}"]`)?.focus()
    if (move) onMove(...move)
  }
  if (editing !== null) return <Editor field={field} begin={editing} codes={codes} label={label} onEnd={end} />
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key]
    if (move) {
      event.preventDefault()
      onMove(...move)
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      setEditing(field.sensitive ? '' : (value ?? ''))
    } else if (event.key === 'Escape' && edited) onChange(was)
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && field.kind === 'text') {
      event.preventDefault()
      setEditing(event.key)
    }
  }
  const className = ['qual-cell', wrong && !edited && 'qual-wrong', edited && 'qual-edited', reason && 'qual-refused']
    .filter(Boolean)
    .join(' ')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid is no table cell of its own
    <div
      role="button"
      tabIndex={0}
      data-cell={place}
      className={className}
      aria-label={[label, text || t('mend.empty'), wrong && t('mend.wrong'), edited && t('mend.edited'), reason]
        .filter(Boolean)
        .join('，')}
      title={reason ?? (edited ? t('mend.was', { was: shown(field, was, codes) || t('mend.empty') }) : text)}
      onDoubleClick={() => setEditing(field.sensitive ? '' : (value ?? ''))}
      onKeyDown={onKeyDown}
    >
      {text || <span className="q-quiet">{wrong ? t('mend.missing') : '—'}</span>}
      {conflict && (
        <small className="q-quiet">{t('mend.now', { now: shown(field, was, codes) || t('mend.empty') })}</small>
      )}
    </div>
  )
}

type EditorProps = {
  field: Field
  begin: string
  codes: Codes
  label: string
  onEnd: (keep: string | null | undefined, move?: [number, number]) => void
}

function Editor({ field, begin, codes, label, onEnd }: EditorProps) {
  const [text, setText] = useState(begin)
  const table = field.table ? TABLES[field.table] : undefined
  if (table)
    return (
      <Select
        size="small"
        autoFocus
        defaultOpen
        style={{ width: '100%' }}
        aria-label={label}
        {...(field.kind === 'codes'
          ? { mode: 'multiple' as const, value: text ? text.split(BETWEEN) : [] }
          : { value: text || undefined })}
        options={codes.choices(table)}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        onChange={(next: string | string[]) => {
          const value = Array.isArray(next) ? [...next].sort().join(BETWEEN) : next
          setText(value)
          if (field.kind === 'code') onEnd(value, [1, 0])
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd(undefined)
        }}
        onBlur={() => onEnd(text)}
      />
    )
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person has just begun to edit this cell
      autoFocus
      className="q-input"
      type={field.kind === 'date' ? 'date' : 'text'}
      maxLength={60}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onEnd(text)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') onEnd(text, [1, 0])
        else if (event.key === 'Escape') {
          event.stopPropagation()
          onEnd(undefined)
        }
      }}
    />
  )
}
