/** A state in a word. Every tone has its own sign as well, so that it is read without colour and in print. */
import type { ReactNode } from 'react'
import './figures.css'
import { Icon, type IconName } from './Icon.tsx'

/**
 * plain: nothing to do · act: open, can be acted on · wait: somebody else's turn · done: finished well ·
 * alert: needs attention · sealed: locked for good · off: ended, withdrawn.
 */
export type Tone = 'plain' | 'act' | 'wait' | 'done' | 'alert' | 'sealed' | 'off'

const signs: Record<Tone, IconName | null> = {
  plain: null,
  act: 'arrow',
  wait: 'clock',
  done: 'check',
  alert: 'alert',
  sealed: null,
  off: 'close',
}

export function StatusTag({
  tone,
  sign = signs[tone],
  children,
}: {
  tone: Tone
  /** Where the sign of the tone would say something else. */
  sign?: IconName | null | undefined
  children: ReactNode
}) {
  return (
    <span className={`q-tag q-tag-${tone}`}>
      {sign && <Icon name={sign} size={13} />}
      {children}
    </span>
  )
}

/** A quiet label: subject, stage, kind. */
export const Tag = ({ children }: { children: ReactNode }) => <span className="q-tag q-tag-label">{children}</span>
