/** Rounds of review of the office, with what each of them waits for. */
import { Answer } from '../../../../ui/Answer.tsx'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import { type Round, useRounds } from './reviewing.ts'
import './review.css'

export default function Rounds() {
  const t = useWords('cases')
  const rounds = useRounds()
  return (
    <>
      <PageHead
        title={t('review.rounds')}
        subtitle={t('review.rounds_about')}
        acts={
          <ButtonLink to="/reviews/experts" icon="people">
            {t('review.pool')}
          </ButtonLink>
        }
      />
      <div className="q-stack">
        <Answer of={rounds}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon="columns" title={t('review.rounds_empty')} hint={t('review.rounds_empty_hint')} />
            ) : (
              rows.map((row) => <RoundCard key={`${row.callId}${row.stage}`} row={row} />)
            )
          }
        </Answer>
      </div>
    </>
  )
}

function RoundCard({ row }: { row: Round }) {
  const t = useWords('cases')
  const of = useBilingual()
  return (
    <Card
      title={`${of(row.call)} · ${of(row.title)}`}
      extra={
        <ButtonLink to="/reviews/rounds/$callId/$stage" params={{ callId: row.callId, stage: row.stage }} icon="arrow">
          {t('review.open_round')}
        </ButtonLink>
      }
    >
      <RoundStats row={row} />
    </Card>
  )
}

export function RoundStats({ row }: { row: Round }) {
  const t = useWords('cases')
  return (
    <Stats>
      <Stat label={t('review.waiting')} value={row.waiting} unit={t('review.unit_case')} />
      <Stat
        label={t('review.without_paper')}
        value={row.waiting - row.papers}
        unit={t('review.unit_case')}
        {...(row.waiting > row.papers ? { tone: 'alert' as const } : {})}
      />
      <Stat
        label={t('review.lacking')}
        value={row.lacking}
        unit={t('review.unit_review')}
        {...(row.lacking > 0 ? { tone: 'alert' as const } : {})}
      />
      <Stat label={t('review.handed_in')} value={row.submitted} unit={t('review.unit_review')} />
      <Stat
        label={t('review.out')}
        value={row.open}
        unit={t('review.unit_review')}
        {...(row.late > 0 ? { tone: 'alert' as const, note: t('review.late_n', { n: row.late }) } : {})}
      />
    </Stats>
  )
}
