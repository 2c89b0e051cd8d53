/** Filters above a list, kept in the address; on a phone the search stays and the rest goes into a sheet. */
import { Select } from 'antd'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { many, one, type SearchValue, useAddress } from '../address.ts'
import { Button } from '../Button.tsx'
import { Sheet } from '../Dialog.tsx'
import type { Choice } from '../Field.tsx'
import { Icon } from '../Icon.tsx'
import { useWords } from '../i18n.tsx'
import { useIsPhone } from '../media.ts'
import { useClearable } from './clearable.tsx'
import { Office } from './Office.tsx'
import { addressKey, changeTable } from './table-query.ts'
import './table.css'

export type FilterField = { key: string; label: string } & (
  | { kind: 'text'; placeholder?: string }
  | { kind: 'choice'; choices: readonly Choice[]; multiple?: boolean }
  | { kind: 'date' }
  | { kind: 'flag' }
)

type Change = (key: string, value: string | readonly string[] | undefined) => void

/** Milliseconds of rest after which typed text is searched. */
const REST = 350

export function FilterBar({
  fields,
  prefix = '',
  extra,
}: {
  fields: readonly FilterField[]
  prefix?: string
  /** At the right end: density, export. */
  extra?: ReactNode
}) {
  const t = useWords('ui')
  const phone = useIsPhone()
  const [open, setOpen] = useState(false)
  const [search, changeAddress] = useAddress()
  const change: Change = (key, value) => changeAddress(changeTable(prefix, { [key]: value }), { replace: true })
  const value = (key: string) => search[addressKey(prefix, key)]
  const set = fields.filter((field) => many(value(field.key)).length > 0)
  const clear = () => changeAddress(changeTable(prefix, Object.fromEntries(fields.map(({ key }) => [key, undefined]))))
  const control = (field: FilterField) => (
    <Control key={field.key} field={field} value={value(field.key)} change={change} />
  )
  const [first, ...others] = fields
  const folded = phone && others.length > 0
  const hidden = set.filter((field) => field !== first).length
  return (
    <Office>
      <search className="q-filter" aria-label={t('filter.region')}>
        {folded ? first && control(first) : fields.map(control)}
        {folded && (
          <Button icon="filter" onClick={() => setOpen(true)}>
            {hidden > 0 ? `${t('filter.open')}（${hidden}）` : t('filter.open')}
          </Button>
        )}
        {!folded && set.length > 0 && (
          <Button look="quiet" small onClick={clear}>
            {t('reset')}
          </Button>
        )}
        {extra && <div className="q-filter-extra">{extra}</div>}
      </search>
      {folded && (
        <Sheet
          open={open}
          title={t('filter.region')}
          onClose={() => setOpen(false)}
          acts={
            <>
              <Button onClick={clear}>{t('reset')}</Button>
              <Button look="primary" onClick={() => setOpen(false)}>
                {t('filter.show')}
              </Button>
            </>
          }
        >
          <div className="q-stack q-filter-sheet">{others.map(control)}</div>
        </Sheet>
      )}
    </Office>
  )
}

function Control({ field, value, change }: { field: FilterField; value: SearchValue | undefined; change: Change }) {
  const id = useId()
  const t = useWords('ui')
  const place = useRef<HTMLDivElement>(null)
  const clearable = useClearable()
  if (field.kind === 'text') return <TextFilter field={field} value={one(value)} change={change} />
  if (field.kind === 'flag')
    return (
      <label className="q-check">
        <input
          type="checkbox"
          checked={one(value) === '1'}
          onChange={(event) => change(field.key, event.target.checked ? '1' : undefined)}
        />
        {field.label}
      </label>
    )
  if (field.kind === 'date')
    return (
      <label className="q-filter-field" htmlFor={id}>
        <span>{field.label}</span>
        <input
          id={id}
          type="date"
          className="q-input"
          value={one(value)}
          onChange={(event) => change(field.key, event.target.value)}
        />
      </label>
    )
  return (
    <div className="q-filter-field" ref={place}>
      <label htmlFor={id}>{field.label}</label>
      <Select
        id={id}
        {...(field.multiple ? { mode: 'multiple' as const, maxTagCount: 1 } : {})}
        value={field.multiple ? [...many(value)] : one(value) || undefined}
        placeholder={t('filter.all')}
        allowClear={clearable}
        showSearch={field.choices.length > 8 ? { optionFilterProp: 'label' } : false}
        popupMatchSelectWidth={false}
        getPopupContainer={() => place.current?.closest('dialog') ?? document.body}
        options={field.choices.map((choice) => ({ ...choice }))}
        onChange={(next: string | string[] | undefined) => change(field.key, next)}
      />
    </div>
  )
}

/** Searches when typing rests; while typing the address stays still. */
function TextFilter({
  field,
  value,
  change,
}: {
  field: FilterField & { kind: 'text' }
  value: string
  change: Change
}) {
  const [text, setText] = useState(value)
  const latest = useRef(change)
  latest.current = change
  const composing = useRef(false)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    // An unfinished pinyin syllable is not yet what the person looks for.
    if (text === value || composing.current) return
    const timer = setTimeout(() => latest.current(field.key, text.trim()), REST)
    return () => clearTimeout(timer)
  }, [text, value, field.key])
  return (
    <label className="q-filter-search">
      <span className="q-hidden">{field.label}</span>
      <Icon name="search" size={16} />
      <input
        type="search"
        className="q-input"
        placeholder={field.placeholder ?? field.label}
        value={text}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          setText(event.currentTarget.value)
          latest.current(field.key, event.currentTarget.value.trim())
        }}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  )
}
