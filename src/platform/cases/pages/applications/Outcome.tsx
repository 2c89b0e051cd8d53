/** What came of it: scores without names, the vote, the designation. */
import { Card, Facts } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import type { ApplicationPage } from './applying.ts'

export function Outcome({ outcome }: { outcome: NonNullable<ApplicationPage['outcome']> }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const { score, rank, reviews, votes, designation } = outcome
  if (score === null && reviews.length + votes.length === 0 && !designation) return null
  return (
    <Card title={t('applications.outcome_title')}>
      <div className="q-stack">
        {designation && (
          <Notice tone="done" title={say(designation.title)}>
            {designation.until
              ? t('applications.term', { from: f.date(designation.from), until: f.date(designation.until) })
              : t('applications.term_open', { from: f.date(designation.from) })}
          </Notice>
        )}
        {(score !== null || rank !== null) && (
          <Facts
            items={[
              { label: t('applications.score'), value: score === null ? null : f.number(score) },
              { label: t('applications.rank'), value: rank === null ? null : f.number(rank) },
            ]}
          />
        )}
        {reviews.length > 0 && (
          <section>
            <h3>{t('applications.reviews')}</h3>
            <ul className="app-reviews">
              {reviews.map(({ stage, total, items }, nth) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: reviews have no names
                <li key={nth}>
                  <b>{t('applications.review_n', { n: nth + 1, stage: say(stage) })}</b>
                  {total !== null && <b className="q-num">{f.number(total)}</b>}
                  <span className="q-quiet">
                    {f.list(
                      items.map(({ title, points, most }) => `${say(title)} ${f.number(points)}/${f.number(most)}`),
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {votes.map(({ stage, ayes, noes, blanks, entitled, passed }) => (
          <section key={stage.zh}>
            <h3>{say(stage)}</h3>
            <p>{t('applications.vote', { ayes, noes, blanks, entitled })}</p>
            <p>{t(passed ? 'applications.vote_passed' : 'applications.vote_not')}</p>
          </section>
        ))}
      </div>
    </Card>
  )
}
