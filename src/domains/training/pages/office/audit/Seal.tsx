/** A seal of the year: vermilion, as stamped, with the total it holds and the beginning of its hash. */
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import './audit.css'

export function Seal({ total, seal, at }: { total: string; seal: string | null; at: string | null }) {
  const t = useWords('training')
  const f = useFormat()
  return (
    <figure className="tr-seal">
      <b>{t('office.audit.sealed')}</b>
      <span className="q-num">{t('office.credits_n', { n: f.number(total, 2) })}</span>
      <figcaption>
        {at && f.date(at)}
        {seal && <code title={seal}>{seal.slice(0, 12)}</code>}
      </figcaption>
    </figure>
  )
}
