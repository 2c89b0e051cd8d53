/** A cell while it is edited: Enter keeps and goes down, Tab keeps and goes on, Escape gives back what stood there. */
import { Select } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { CodeTable, useCodes } from '../codes.ts'
import type { Field } from './quality.ts'

export const TABLES: Record<string, CodeTable> = {
  SEX: 'sex',
  JZGLB: 'category',
  BASIS: 'basis',
  RKXD: 'stage',
  ZXXKC: 'subject',
  XL: 'education',
  XW: 'degree',
}
export const BETWEEN = '、'
export type Step = readonly [rows: number, columns: number]

type EditorProps = {
  field: Field
  begin: string
  /** It began with a key that was typed: also what is left as it is was meant. */
  typed: boolean
  choices: ReturnType<typeof useCodes>['choices']
  label: string
  /** `keep` is undefined where nothing is to change; `step` where the keys lead on. */
  onEnd: (keep: string | undefined, how: { byKey: boolean; step?: Step }) => void
}

export function Editor({ field, begin, typed, choices, label, onEnd }: EditorProps) {
  const [text, setText] = useState(begin)
  const over = useRef(false)
  const table = field.table ? TABLES[field.table] : undefined
  // The key that ends it takes the focus away as well: it ends once.
  const end = (keep: string | undefined, how: { byKey: boolean; step?: Step }) => {
    if (over.current) return
    over.current = true
    onEnd(keep === begin && !typed ? undefined : keep, how)
  }
  const onTab = (event: KeyboardEvent, keep: string) => {
    event.preventDefault()
    end(keep, { byKey: true, step: [0, event.shiftKey ? -1 : 1] })
  }
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
        options={choices(table)}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        onChange={(next: string | string[]) => {
          const value = Array.isArray(next) ? [...next].sort().join(BETWEEN) : next
          setText(value)
          if (field.kind === 'code') end(value, { byKey: true, step: [1, 0] })
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') end(undefined, { byKey: true })
          else if (event.key === 'Tab') onTab(event, text)
        }}
        onBlur={() => end(text, { byKey: false })}
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
      onBlur={() => end(text, { byKey: false })}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') end(text, { byKey: true, step: [1, 0] })
        else if (event.key === 'Tab') onTab(event, text)
        else if (event.key === 'Escape') {
          event.stopPropagation()
          end(undefined, { byKey: true })
        }
      }}
    />
  )
}
