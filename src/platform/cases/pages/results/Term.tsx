/** A term in words: from when to when, or for good. */
import { useFormat, useWords } from '../../../../ui/i18n.tsx'

export function Term({ from, until }: { from: string; until: string | null }) {
  const t = useWords('cases')
  const f = useFormat()
  return <>{until === null ? t('results.term_lasting', { from: f.date(from) }) : f.dateRange(from, until)}</>
}
