/** A circular on the screen: what it says of the school, whether the school has acknowledged it, and the paper itself. */
import { Button, TextLink } from '../../../../../ui/Button.tsx'
import { Facts } from '../../../../../ui/Card.tsx'
import { Sheet } from '../../../../../ui/Dialog.tsx'
import { Icon } from '../../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { StatusTag } from '../../../../../ui/Tag.tsx'
import { titleIn } from '../names.ts'
import { Due } from '../States.tsx'
import { type Circular, useAsk } from '../training.ts'
import './findings.css'
import '../office.css'
import { useQuery } from '@tanstack/react-query'
import { shareOf } from './rates.ts'

export function CircularSheet({
  circular,
  due,
  onAcknowledge,
  onClose,
}: {
  circular: Circular
  /** The day by which the school ought to acknowledge it, where the figures say one. */
  due: string | null
  onAcknowledge?: () => void
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  return (
    <Sheet
      open
      wide
      title={t('office.circular.sheet', { label: circular.label })}
      onClose={onClose}
      acts={
        <>
          <CircularPdf circular={circular} />
          {onAcknowledge && (
            <Button look="primary" icon="check" onClick={onAcknowledge}>
              {t('office.circular.acknowledge')}
            </Button>
          )}
        </>
      }
    >
      <div className="q-stack">
        <Facts
          columns={1}
          items={[
            { label: t('office.circular.plan'), value: titleIn(f.locale, circular) },
            { label: t('office.circular.addressee'), value: circular.orgName },
            { label: t('office.circular.issued_on'), value: f.date(circular.issuedAt) },
            {
              label: t('office.circular.acknowledged'),
              value: circular.acknowledgedAt ? (
                <StatusTag tone="done">{f.dateTime(circular.acknowledgedAt)}</StatusTag>
              ) : (
                <span className="tr-tags">
                  <StatusTag tone="wait">{t('office.circular.waiting')}</StatusTag>
                  {due && <Due at={due} />}
                </span>
              ),
            },
            { label: t('office.circular.note'), value: circular.note },
          ]}
        />
        <Figures circular={circular} />
      </div>
    </Sheet>
  )
}

/** The figures as they stood when it was issued, each leading to what is behind it today. */
function Figures({ circular }: { circular: Circular }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()('training.scorecard.read')
  const plans = useQuery(useAsk().plans())
  const year = plans.data?.find(({ id }) => id === circular.planId)?.year
  return (
    <table className="tr-circular">
      <caption>{t('office.circular.figures', { on: f.date(circular.issuedAt) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('office.score.indicator')}</th>
          <th scope="col">{t('office.circular.share')}</th>
          <th scope="col">{t('office.circular.counted')}</th>
        </tr>
      </thead>
      <tbody>
        {circular.rates.map((rate) => {
          const share = shareOf(rate)
          const name = t(`office.rate.${rate.id}`)
          return (
            <tr key={rate.id}>
              <th scope="row">
                {can && year ? (
                  <TextLink to={`/scorecards/${circular.orgId}`} search={{ year: String(year), by: rate.id }}>
                    {name}
                  </TextLink>
                ) : (
                  name
                )}
              </th>
              <td className="q-num">{share === null ? '—' : f.percent(share)}</td>
              <td className="q-num">
                {f.number(rate.numerator)} / {f.number(rate.denominator)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The paper, in a tab of its own: the list stays where it is. */
export function CircularPdf({ circular, small }: { circular: Circular; small?: boolean }) {
  const t = useWords('training')
  const { locale } = useFormat()
  return (
    <a
      className={`q-button q-button-plain${small ? ' q-small' : ''}`}
      href={`/api/training/circular?circularId=${circular.id}&locale=${locale}`}
      target="_blank"
      rel="noreferrer"
    >
      <Icon name="document" size={16} />
      <span>
        {t('office.circular.open')}
        <span className="q-hidden"> {circular.orgName}</span>
      </span>
    </a>
  )
}
