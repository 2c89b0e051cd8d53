/** Where a case stands, in a word with its sign; and until when it is to be handled. */
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'

const TONES: Record<string, Tone> = {
  returned: 'wait',
  waiting: 'act',
  paused: 'alert',
  appealed: 'alert',
  refused: 'off',
  withdrawn: 'off',
  lapsed: 'off',
  filed: 'done',
}

export function CaseStateTag({ state }: { state: string }) {
  const t = useWords('cases')
  return <StatusTag tone={TONES[state] ?? 'plain'}>{t(`office.state.${state}`)}</StatusTag>
}

const TASK_TONES: Record<string, Tone> = {
  open: 'wait',
  signed: 'done',
  refused: 'alert',
  handed_over: 'off',
  dropped: 'off',
}

export function TaskStateTag({ state }: { state: string }) {
  const t = useWords('cases')
  return <StatusTag tone={TASK_TONES[state] ?? 'plain'}>{t(`office.task.${state}`)}</StatusTag>
}

export function Due({ on, overdue }: { on: string | null; overdue: boolean }) {
  const t = useWords('cases')
  const f = useFormat()
  if (!on) return <span className="q-quiet">—</span>
  return overdue ? (
    <StatusTag tone="alert">{t('office.overdue_since', { date: f.shortDate(on) })}</StatusTag>
  ) : (
    <span className="q-num">{f.isoDate(on)}</span>
  )
}

/** An organisation by its name in the language of the screen. */
export function useOrgName() {
  const { locale } = useFormat()
  return ({ orgName, orgNameEn }: { orgName: string; orgNameEn?: string | null }) =>
    locale === 'en' && orgNameEn ? orgNameEn : orgName
}
