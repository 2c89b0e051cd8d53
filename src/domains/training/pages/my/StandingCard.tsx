/** Home: where do I stand in my credits. */
import { Answer } from '../../../../ui/Answer.tsx'
import { TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import './my.css'
import { Standing } from './Standing.tsx'
import { useMyCredits } from './training.ts'

export default function StandingCard() {
  const t = useWords('training')
  const credits = useMyCredits()
  return (
    <Card
      title={t('my.credits')}
      extra={
        <span className="my-more">
          <TextLink to="/my/credits">{t('my.details')}</TextLink>
        </span>
      }
    >
      <Answer of={credits} wait={<Skeleton lines={4} height={130} />}>
        {(data) => (
          <>
            <Standing credits={data} />
            <span className="my-rules">
              <TextLink to="/my/rules">{t('my.rules')}</TextLink>
            </span>
          </>
        )}
      </Answer>
    </Card>
  )
}
