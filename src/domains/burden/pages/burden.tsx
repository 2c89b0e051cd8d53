/** What the pages of the register share. */
import { civilDate } from '../../../base/dates.ts'
import { Clause } from '../../../ui/Clause.tsx'
import { useClient } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import { StatusTag, type Tone } from '../../../ui/Tag.tsx'
import type { burdenContract, Figure, ItemRow, ReachedRow } from '../contract.ts'

export const KEY = ['burden'] as const
export const useBurden = () => useClient<typeof burdenContract>('burden')
export type Burden = ReturnType<typeof useBurden>
export const useToday = () => civilDate(new Date(useSignedIn().clock.now))

export const KINDS = ['data', 'inspection', 'event', 'app', 'secondment', 'meeting'] as const
/** Something comes back from the school; the rest only takes place there, and nobody ticks it off. */
export const isTodo = ({ kind }: Pick<ItemRow, 'kind'>) => kind === 'data' || kind === 'inspection'

export const STATES = ['waiting', 'open', 'answered', 'declined', 'withdrawn', 'ended'] as const
const TONES: Record<ItemRow['state'], Tone> = {
  waiting: 'wait',
  open: 'act',
  answered: 'done',
  declined: 'off',
  withdrawn: 'off',
  ended: 'off',
}

export function State({ state }: Pick<ItemRow, 'state'>) {
  const t = useWords('burden')
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
}

/** Whether it is on the list, where its kind goes by one. */
export function OnList({ kind, listed, against }: Pick<ReachedRow, 'kind' | 'listed' | 'against'>) {
  const t = useWords('burden')
  if (against.includes('over_cap')) return <StatusTag tone="alert">{t('against.over_cap')}</StatusTag>
  if (kind !== 'event' && kind !== 'inspection') return <span className="q-quiet">{t('no_list')}</span>
  return <StatusTag tone={listed ? 'done' : 'alert'}>{t(listed ? 'on_list' : 'off_list')}</StatusTag>
}

export function useSaid() {
  const t = useWords('burden')
  const f = useFormat()
  return {
    term: ({ year, term }: { year: number; term: number }) =>
      t(`term.${term === 1 ? 1 : 2}`, { year: String(year), next: String(year + 1) }),
    basis: ({ document, number, article }: Pick<ItemRow, 'document' | 'number' | 'article'>) =>
      [document, number && `（${number}）`, article].filter(Boolean).join(''),
    work: ({ items, minutes, people }: Pick<ItemRow, 'items' | 'minutes' | 'people'>) =>
      t('work', { items, minutes, people }),
    span: ({ from, until }: Pick<ItemRow, 'from' | 'until'>) => f.dateRange(from, until),
    /** For tables, where dates stand under each other. */
    days: ({ from, until }: Pick<ItemRow, 'from' | 'until'>) => (from === until ? from : t('span', { from, until })),
    hours: (minutes: number) => f.number(Math.round(minutes / 6) / 10),
  }
}

/** The clause of a figure, beside it. */
export function Rests({ figure, label }: { figure: Figure | null; label: string }) {
  if (!figure?.clause) return null
  const { words, number, article, document } = figure.clause
  return (
    <Clause
      label={label}
      clause={{
        document,
        confidence: figure.confidence,
        ...(number ? { number } : {}),
        ...(article ? { article } : {}),
        ...(words ? { quote: words } : {}),
      }}
    />
  )
}
