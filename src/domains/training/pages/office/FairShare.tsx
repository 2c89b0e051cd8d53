/** How often somebody was sent, against the mean of eligible colleagues at the school; flagged in a word, not only in colour. */
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import './office.css'

export function FairShare({ value, warned }: { value: string; warned?: boolean }) {
  const t = useWords('training')
  const f = useFormat()
  return (
    <span className="tr-fair">
      {warned && <StatusTag tone="alert">{t('office.fair.warned')}</StatusTag>}
      <span className="q-num">{f.number(value, 2)}</span>
    </span>
  )
}
