/** What an expert has been given: what is due first, how far along, and ties that are better declared beforehand. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Meter } from '../../../../ui/Meter.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSession } from '../../../../ui/session.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { RelationDialog, Relations } from './Relations.tsx'
import { type MyReview, useMyReviews } from './reviewing.ts'
import './review.css'

export default function MyReviews() {
  const t = useWords('cases')
  const mine = useMyReviews()
  const session = useSession()
  const [declaring, setDeclaring] = useState(false)
  return (
    <>
      <PageHead title={t('review.mine')} subtitle={t('review.mine_about')} />
      <div className="q-stack rev-narrow">
        <Answer of={mine}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon="edit" title={t('review.mine_empty')} hint={t('review.mine_empty_hint')} />
            ) : (
              [...Map.groupBy(rows, ({ callId, stageTitle }) => `${callId} ${stageTitle.zh}`).values()].map((group) => (
                <Round key={`${group[0]!.callId}${group[0]!.stageTitle.zh}`} rows={group} />
              ))
            )
          }
        </Answer>
        {session?.person && (
          <Card
            title={t('review.own_relations')}
            extra={
              <Button small icon="plus" onClick={() => setDeclaring(true)}>
                {t('review.declare')}
              </Button>
            }
          >
            <p className="q-quiet">{t('review.own_relations_about')}</p>
            <Relations own />
          </Card>
        )}
        {declaring && <RelationDialog own onClose={() => setDeclaring(false)} />}
      </div>
    </>
  )
}

function Round({ rows }: { rows: MyReview[] }) {
  const t = useWords('cases')
  const of = useBilingual()
  const first = rows[0]!
  const done = rows.filter(({ state }) => state === 'submitted').length
  return (
    <Card title={`${of(first.call)} · ${of(first.stageTitle)}`} flush>
      <div className="rev-progress">
        <Meter
          label={t('review.handed_in')}
          value={done}
          max={rows.length}
          text={t('review.of', { done, all: rows.length })}
        />
      </div>
      <List label={of(first.stageTitle)}>
        {rows.map((row) => (
          <ListRow
            key={row.reviewId}
            title={t('review.paper_nth', { nth: row.nth })}
            lead={row.field ? <Tag>{row.field}</Tag> : undefined}
            meta={<Meta row={row} />}
            trailing={<State row={row} />}
            go={{ to: '/reviews/papers/$reviewId', params: { reviewId: row.reviewId } }}
          />
        ))}
      </List>
    </Card>
  )
}

function Meta({ row }: { row: MyReview }) {
  const t = useWords('cases')
  const f = useFormat()
  if (row.state === 'submitted') return <>{t('review.total_points', { points: f.number(row.total ?? '0') })}</>
  const due = row.dueOn ? t('review.due', { when: f.shortDate(row.dueOn) }) : ''
  return <>{[due, t('review.scored_of', { done: row.scored, all: row.of })].filter(Boolean).join(' · ')}</>
}

export function State({ row }: { row: Pick<MyReview, 'state' | 'open' | 'late' | 'scored'> }) {
  const t = useWords('cases')
  if (row.state === 'submitted') return <StatusTag tone="done">{t('review.state.submitted')}</StatusTag>
  if (!row.open) return <StatusTag tone="off">{t('review.state.over')}</StatusTag>
  if (row.late) return <StatusTag tone="alert">{t('review.state.late')}</StatusTag>
  return row.scored > 0 ? (
    <StatusTag tone="wait">{t('review.state.begun')}</StatusTag>
  ) : (
    <StatusTag tone="act">{t('review.state.assigned')}</StatusTag>
  )
}
