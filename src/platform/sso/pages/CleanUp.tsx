/** The yearly clean-up: every platform in use is kept for a reason, or ended. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { KEY, standing, useSso } from './platforms.ts'
import './sso.css'

type Verdict = 'keep' | 'end'
type Row = Awaited<ReturnType<ReturnType<typeof useSso>['cleanUp']>>['rows'][number]

export default function CleanUp() {
  const t = useWords('sso')
  const f = useFormat()
  const can = useCan()
  const sso = useSso()
  const list = useQuery({ queryKey: [...KEY, 'clean-up'], queryFn: () => sso.cleanUp({}) })
  const [asked, setAsked] = useState<{ row: Row; verdict: Verdict } | null>(null)
  const review = useAct(sso.review, { done: t('clean_up.done'), refresh: [KEY], quiet: true })
  return (
    <Answer of={list} height={320}>
      {({ year, rows }) => (
        <>
          <PageHead
            title={t('clean_up.of_year', { year: String(year) })}
            subtitle={t('clean_up.subtitle', { open: rows.filter((row) => !row.review).length, all: rows.length })}
            back={{ to: '/platforms', label: t('platforms.title') }}
          />
          {rows.length === 0 && <Empty title={t('platforms.none')} hint={t('platforms.none_hint')} />}
          <div className="q-stack">
            {rows.map((row) => {
              const { key, tone } = standing(row)
              return (
                <Card key={row.id} title={row.name} extra={<StatusTag tone={tone}>{t(`state.${key}`)}</StatusTag>}>
                  <Facts
                    columns={3}
                    items={[
                      { label: t('platform.operator'), value: row.operator },
                      { label: t('platform.owner'), value: row.ownerName },
                      { label: t('platform.contract_until'), value: row.contractUntil ?? t('platform.no_end') },
                      {
                        label: t('platform.people_year'),
                        value: t('platform.people_of', { year: row.peopleYear, all: row.people }),
                      },
                      { label: t('platform.used_at'), value: row.usedAt ? f.date(new Date(row.usedAt)) : null },
                      {
                        label: t('clean_up.verdict'),
                        value:
                          row.review &&
                          f.dotted([t(`verdict.${row.review.verdict}`), row.review.reason, row.review.by]),
                      },
                    ]}
                  />
                  {can('sso.platform.review') && row.state !== 'ended' && (
                    <div className="sso-acts">
                      <Button
                        onClick={() => setAsked({ row, verdict: 'keep' })}
                        aria-label={t('clean_up.keep_named', { name: row.name })}
                      >
                        {t('clean_up.keep')}
                      </Button>
                      <Button
                        look="danger"
                        onClick={() => setAsked({ row, verdict: 'end' })}
                        aria-label={t('clean_up.end_named', { name: row.name })}
                      >
                        {t('clean_up.end')}
                      </Button>
                    </div>
                  )}
                </Card>
              )
            })}
          </div>
          {asked && (
            <ConfirmWithReason
              open
              title={t(asked.verdict === 'keep' ? 'clean_up.keep_named' : 'clean_up.end_named', {
                name: asked.row.name,
              })}
              confirm={t(`clean_up.${asked.verdict}`)}
              danger={asked.verdict === 'end'}
              busy={review.busy}
              error={review.error}
              onClose={() => setAsked(null)}
              onConfirm={(reason) =>
                void review
                  .run({ platformId: asked.row.id, verdict: asked.verdict, reason })
                  .then((done) => done && setAsked(null))
              }
            >
              <p>{t(`clean_up.${asked.verdict}_text`)}</p>
            </ConfirmWithReason>
          )}
        </>
      )}
    </Answer>
  )
}
