/** Home of an expert: how many papers wait, and until when. */
import { Answer } from '../../../../ui/Answer.tsx'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Meter } from '../../../../ui/Meter.tsx'
import { useMyReviews } from './reviewing.ts'

export default function ReviewsCard() {
  const t = useWords('cases')
  const f = useFormat()
  const mine = useMyReviews()
  return (
    <Answer of={mine} height={120}>
      {(rows) => {
        const counted = rows.filter(({ state, open }) => state === 'submitted' || open)
        const waiting = counted.filter(({ state }) => state === 'assigned')
        const due = waiting.flatMap(({ dueOn }) => dueOn ?? []).sort()[0]
        return (
          <Card title={t('review.mine')}>
            {waiting.length === 0 ? (
              <p>{t('review.home_none')}</p>
            ) : (
              <div className="q-stack">
                <p>
                  {t('review.home_waiting', { n: waiting.length })}
                  {due && ` ${t('review.home_due', { when: f.longDate(due) })}`}
                </p>
                <Meter
                  label={t('review.handed_in')}
                  value={counted.length - waiting.length}
                  max={counted.length}
                  text={t('review.of', { done: counted.length - waiting.length, all: counted.length })}
                />
                <div>
                  <ButtonLink
                    look="primary"
                    to="/reviews/papers/$reviewId"
                    params={{ reviewId: waiting[0]!.reviewId }}
                    icon="edit"
                  >
                    {t('review.home_go')}
                  </ButtonLink>
                </div>
              </div>
            )}
          </Card>
        )
      }}
    </Answer>
  )
}
