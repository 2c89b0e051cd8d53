/** How far a draft has come, in a word. */
import { useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import type { DraftState as State } from '../../contract.ts'

const TONES: Record<State, Tone> = {
  draft: 'plain',
  submitted: 'wait',
  adopted: 'sealed',
  sent_back: 'alert',
  withdrawn: 'off',
}

export function DraftState({ state, waiting = false }: { state: State; waiting?: boolean }) {
  const t = useWords('policy')
  return (
    <StatusTag tone={waiting ? 'act' : TONES[state]}>
      {t(waiting ? 'draft.state.yours' : `draft.state.${state}`)}
    </StatusTag>
  )
}
