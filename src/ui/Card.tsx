/** A sheet of paper on the desk: one subject, with its heading, what belongs to it and at most one way further. */
import { type CSSProperties, type ReactNode, useId } from 'react'
import './surfaces.css'

export function Card({
  title,
  extra,
  children,
  flush,
  tone,
}: {
  title?: string
  /** At the right of the heading: a link further, a tag. */
  extra?: ReactNode
  children: ReactNode
  /** Without padding, for lists and tables that bring their own. */
  flush?: boolean
  /** Marks the one card that needs attention. */
  tone?: 'alert'
}) {
  const id = useId()
  const className = ['q-card', flush && 'q-card-flush', tone && `q-card-${tone}`].filter(Boolean).join(' ')
  if (!title) return <div className={className}>{children}</div>
  return (
    <section className={className} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {extra}
      </header>
      <div className="q-card-body">{children}</div>
    </section>
  )
}

/** Names and values under each other, as on a record sheet. Empty values show a dash. */
export function Facts({
  items,
  columns = 2,
}: {
  items: readonly { label: string; value: ReactNode }[]
  columns?: 1 | 2 | 3
}) {
  return (
    <dl className={`q-facts q-facts-${columns}`}>
      {items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value === null || value === undefined || value === false || value === '' ? (
              <span className="q-quiet">—</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Columns that become one on a phone. */
export function Columns({ children, min = 280 }: { children: ReactNode; min?: number }) {
  return (
    <div className="q-columns" style={{ '--q-column': `${min}px` } as CSSProperties}>
      {children}
    </div>
  )
}
