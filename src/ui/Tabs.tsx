/** Parts of one page beside each other. The chosen part may live in the address: pass `value` and `onChange`. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import './controls.css'

export type TabItem = { key: string; label: string; count?: number; content: ReactNode }

export function Tabs({
  label,
  items,
  value,
  onChange,
}: {
  label: string
  items: readonly TabItem[]
  value?: string
  onChange?: (key: string) => void
}) {
  const [own, setOwn] = useState(items[0]?.key)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const chosen = items.find((item) => item.key === (value ?? own)) ?? items[0]
  const key = chosen?.key
  // On a phone the row of tabs scrolls: the one that is open is always in sight.
  useEffect(() => {
    const row = list.current
    const tab = row?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (!row || !tab || !key) return
    const start = tab.offsetLeft - row.offsetLeft
    if (start < row.scrollLeft || start + tab.offsetWidth > row.scrollLeft + row.clientWidth)
      row.scrollLeft = start - (row.clientWidth - tab.offsetWidth) / 2
  }, [key])
  if (!chosen) return null
  const choose = (key: string) => (onChange ? onChange(key) : setOwn(key))
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = items.indexOf(chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const target = items[(to + items.length) % items.length]
    if (!target) return
    choose(target.key)
    document.getElementById(`${id}-${target.key}`)?.focus()
  }
  return (
    <div className="q-tabs">
      <div ref={list} role="tablist" aria-label={label} className="q-tablist" onKeyDown={onKeyDown}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            id={`${id}-${item.key}`}
            aria-selected={item === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={item === chosen ? 0 : -1}
            onClick={() => choose(item.key)}
          >
            {item.label}
            {item.count !== undefined && <span className="q-count">{item.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen.key}`} className="q-tabpanel">
        {chosen.content}
      </div>
    </div>
  )
}
