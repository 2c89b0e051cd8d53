/** Rows to be read and touched with a thumb: a title, a line below it, something at the end, and where it leads. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { GoProps } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import './surfaces.css'

export const List = ({ children, label }: { children: ReactNode; label?: string }) => (
  <ul className="q-list" aria-label={label}>
    {children}
  </ul>
)

export function ListRow({
  title,
  meta,
  lead,
  trailing,
  go,
  onPress,
  icon,
}: {
  title: ReactNode
  /** The second line: when, where, how much. */
  meta?: ReactNode
  /** At the start: a date, a number. */
  lead?: ReactNode
  icon?: IconName
  trailing?: ReactNode
  go?: Omit<GoProps, 'children'>
  onPress?: () => void
}) {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      {lead && <span className="q-list-lead">{lead}</span>}
      <span className="q-list-main">
        <span className="q-list-title">{title}</span>
        {meta && <span className="q-list-meta">{meta}</span>}
      </span>
      {trailing && <span className="q-list-trailing">{trailing}</span>}
      {(go || onPress) && <Icon name="chevron-right" size={18} />}
    </>
  )
  return (
    <li>
      {go ? (
        <Link {...(go as { to: string })} className="q-list-row">
          {inside}
        </Link>
      ) : onPress ? (
        <button type="button" className="q-list-row" onClick={onPress}>
          {inside}
        </button>
      ) : (
        <div className="q-list-row">{inside}</div>
      )}
    </li>
  )
}

/** A date as a small calendar leaf, for the start of a row. */
export const DateLeaf = ({ month, day, weekday }: { month: string; day: string | number; weekday?: string }) => (
  <span className="q-leaf">
    <small>{month}</small>
    <b>{day}</b>
    {weekday && <small>{weekday}</small>}
  </span>
)
