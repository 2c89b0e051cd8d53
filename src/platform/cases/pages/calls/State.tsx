/** How a call stands, in a word. */
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'

const TONES: Record<string, Tone> = { draft: 'wait', published: 'act', ended: 'off', dropped: 'off' }

export function CallState({ state }: { state: string }) {
  const t = useWords('cases')
  return <StatusTag tone={TONES[state] ?? 'plain'}>{t(`calls.state.${state}`)}</StatusTag>
}
