/** One figure that matters, with its unit and what it is compared with. A row of them heads an overview. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import type { GoProps } from './Button.tsx'
import './figures.css'
import { Icon } from './Icon.tsx'
import { useWords } from './i18n.tsx'
import { Popup } from './Popup.tsx'

export function Stat({
  label,
  value,
  unit,
  note,
  tone,
  go,
  explain,
  hint,
}: {
  label: string
  value: ReactNode
  unit?: string
  note?: ReactNode
  tone?: 'alert'
  /** Where the figure is taken apart: the list of people behind it. */
  go?: Omit<GoProps, 'children'>
  /** A `Clause` beside the label. */
  explain?: ReactNode
  /** How it is counted, where another figure of nearly the same name is counted differently. */
  hint?: string
}) {
  const id = useId()
  const figure = (
    <>
      <b>{value}</b>
      {unit && <span className="q-unit">{unit}</span>}
    </>
  )
  return (
    <div className={tone ? 'q-stat q-stat-alert' : 'q-stat'}>
      <div className="q-stat-label">
        <span id={id}>{label}</span>
        {explain}
        {hint && <Hint about={label}>{hint}</Hint>}
      </div>
      <div className="q-stat-value">
        {go ? (
          <Link {...(go as { to: string })} aria-labelledby={`${id} ${id}-value`} id={`${id}-value`}>
            {figure}
          </Link>
        ) : (
          figure
        )}
      </div>
      {note && <div className="q-stat-note">{note}</div>}
    </div>
  )
}

function Hint({ about, children }: { about: string; children: string }) {
  const t = useWords('ui')
  const label = t('counted', { what: about })
  return (
    <Popup
      label={label}
      button={(wiring) => (
        <button {...wiring} type="button" className="q-clause" title={children} aria-label={label}>
          <Icon name="info" size={14} />
        </button>
      )}
    >
      {() => <p className="q-stat-hint">{children}</p>}
    </Popup>
  )
}

export const Stats = ({ children }: { children: ReactNode }) => <div className="q-stats">{children}</div>
