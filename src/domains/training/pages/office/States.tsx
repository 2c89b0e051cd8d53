/** States of plans, classes, people and schools as tags: one tone each, the word from the catalog. */
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { useNow } from './now.ts'

const tones: Record<string, Record<string, Tone>> = {
  plan: { draft: 'plain', published: 'done', closed: 'off' },
  class: { planned: 'plain', open: 'act', confirmed: 'act', completed: 'done', cancelled: 'off' },
  person: {
    proposed: 'wait',
    accepted: 'act',
    waiting: 'wait',
    confirmed: 'done',
    declined: 'off',
    withdrawn: 'off',
    passed: 'done',
    failed: 'alert',
    not: 'off',
  },
  attendance: { present: 'done', leave: 'wait', absent: 'alert', expected: 'plain' },
  leave: { asked: 'wait', granted: 'done', refused: 'off' },
  objection: { open: 'wait', upheld: 'done', rejected: 'off' },
  audit: { open: 'plain', confirmed: 'act', checked: 'done', locked: 'sealed' },
  sample: { sound: 'done', fault: 'alert', open: 'wait' },
}

export type StateOf = 'plan' | 'class' | 'person' | 'attendance' | 'leave' | 'objection' | 'audit' | 'sample'

/** Groups of the catalog in which the words of the states are. */
const GROUPS: Record<StateOf, string> = {
  plan: 'plan_state',
  class: 'class_state',
  person: 'state',
  attendance: 'attendance',
  leave: 'leave',
  objection: 'objection',
  audit: 'audit_state',
  sample: 'sample_state',
}

/** `<State of="class" is="open" />`; an open class of one's own enrolment reads differently from a delegated one. */
export function State({ of, is }: { of: StateOf; is: string }) {
  const t = useWords('training')
  return <StatusTag tone={tones[of]?.[is.replace(/_.*/, '')] ?? 'plain'}>{t(`${GROUPS[of]}.${is}`)}</StatusTag>
}

export const classStateOf = (one: { state: string; enrolment: string }): string =>
  one.state === 'open' && one.enrolment === 'open' ? 'open_self' : one.state

const HOUR = 3_600_000

/** How long until something is due; vermilion only when two days or less are left. */
export function Due({ at }: { at: string }) {
  const t = useWords('training')
  const left = Date.parse(/^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T23:59:59+08:00` : at) - useNow().getTime()
  const hours = Math.floor(left / HOUR)
  if (left <= 0) return <StatusTag tone="off">{t('office.due.over')}</StatusTag>
  const text =
    hours < 1
      ? t('office.due.soon')
      : hours < 48
        ? t('office.due.hours', { n: hours })
        : t('office.due.days', { n: Math.floor(hours / 24) })
  return <StatusTag tone={hours < 48 ? 'alert' : 'plain'}>{text}</StatusTag>
}
