/** States of a case in plain words, each with its sign. */
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'

const TONES: Record<string, Tone> = {
  draft: 'act',
  returned: 'alert',
  waiting: 'wait',
  paused: 'wait',
  appealed: 'wait',
  refused: 'off',
  withdrawn: 'off',
  lapsed: 'off',
  filed: 'done',
}

export function ApplicationState({ state }: { state: string }) {
  const t = useWords('cases')
  return <StatusTag tone={TONES[state] ?? 'plain'}>{t(`applications.state.${state}`)}</StatusTag>
}

export const Eligible = ({ eligible }: { eligible: boolean | null }) => {
  const t = useWords('cases')
  const [tone, key]: [Tone, string] =
    eligible === null ? ['wait', 'unknown'] : eligible ? ['done', 'yes'] : ['alert', 'no']
  return <StatusTag tone={tone}>{t(`applications.eligible.${key}`)}</StatusTag>
}
