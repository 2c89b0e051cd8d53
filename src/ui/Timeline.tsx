/** What happened in which order, and how far a thing has come. */
import type { ReactNode } from 'react'
import './course.css'
import { Icon } from './Icon.tsx'
import { useWords } from './i18n.tsx'

export type TimelineItem = {
  key: string
  /** Already set for reading: 2023年3月1日. */
  when: string
  title: ReactNode
  detail?: ReactNode
  tone?: 'plain' | 'done' | 'alert' | 'sealed'
}

/** Newest first or oldest first as given. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol className="q-timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.key} className={`q-timeline-${item.tone ?? 'plain'}`}>
          <span className="q-timeline-when q-num">{item.when}</span>
          <div>
            <div className="q-timeline-title">{item.title}</div>
            {item.detail && <div className="q-timeline-detail">{item.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

export type Step = { key: string; label: string; note?: string; state: 'done' | 'now' | 'later' | 'stopped' }

/** The stages of a procedure; the present one is marked for eyes and ears. */
export function Stepper({ steps, label }: { steps: readonly Step[]; label: string }) {
  const t = useWords('ui')
  return (
    <ol className="q-stepper" aria-label={label}>
      {steps.map((step, at) => (
        <li key={step.key} className={`q-step-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="q-step-mark" aria-hidden="true">
            {step.state === 'done' ? (
              <Icon name="check" size={14} />
            ) : step.state === 'stopped' ? (
              <Icon name="close" size={14} />
            ) : (
              at + 1
            )}
          </span>
          <span className="q-step-label">
            {step.label}
            <span className="q-hidden">（{t(`step.${step.state}`)}）</span>
          </span>
          {step.note && <span className="q-step-note">{step.note}</span>}
        </li>
      ))}
    </ol>
  )
}
