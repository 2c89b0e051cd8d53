/** How one stands in a class and in a session, as a word with its sign. */
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { type Presence, presenceIn } from './agenda.ts'
import type { MySession } from './training.ts'

const enrolment: Record<string, Tone> = {
  proposed: 'act',
  accepted: 'wait',
  waiting: 'wait',
  confirmed: 'done',
  declined: 'off',
  withdrawn: 'off',
  passed: 'done',
  failed: 'alert',
  not_admitted: 'off',
}

export function EnrolmentTag({ state }: { state: string }) {
  const t = useWords('training')
  return <StatusTag tone={enrolment[state] ?? 'plain'}>{t(`state.${state}`)}</StatusTag>
}

const presence: Record<Presence, { tone: Tone; key: string } | null> = {
  present: { tone: 'done', key: 'attendance.present' },
  leave: { tone: 'off', key: 'leave.granted' },
  asked: { tone: 'wait', key: 'leave.asked' },
  absent: { tone: 'alert', key: 'attendance.absent' },
  open: { tone: 'act', key: 'my.doors_open' },
  ahead: null,
}

/** Nothing for a session that is still to come, unless leave was refused. */
export function PresenceTag({ session, now }: { session: MySession; now: number }) {
  const t = useWords('training')
  const shown = presence[presenceIn(session, now)]
  if (shown) return <StatusTag tone={shown.tone}>{t(shown.key)}</StatusTag>
  return session.leave?.state === 'refused' ? <StatusTag tone="alert">{t('leave.refused')}</StatusTag> : null
}
