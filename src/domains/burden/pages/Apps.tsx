/** Apps that schools are told to use: each is kept for a reason, or ended, every year. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button, TextLink } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { type Burden, KEY, State, useBurden, useSaid } from './burden.tsx'

type Row = Awaited<ReturnType<Burden['cleanUp']>>['rows'][number]

export default function Apps() {
  const t = useWords('burden')
  const f = useFormat()
  const can = useCan()
  const said = useSaid()
  const burden = useBurden()
  const list = useQuery({ queryKey: [...KEY, 'clean-up'], queryFn: () => burden.cleanUp({}) })
  const [asked, setAsked] = useState<{ row: Row; verdict: 'keep' | 'end' } | null>(null)
  const review = useAct(burden.review, { done: t('apps.done'), refresh: [KEY], quiet: true })
  return (
    <Answer of={list} height={320}>
      {({ year, rows }) => (
        <>
          <PageHead
            title={t('apps.of_year', { year: String(year) })}
            subtitle={t('apps.subtitle', { open: rows.filter((row) => !row.review).length, all: rows.length })}
            back={{ to: '/burden', label: t('act.back') }}
          />
          <div className="q-stack">
            {rows.length === 0 && <Empty title={t('apps.none')} hint={t('apps.none_hint')} />}
            {rows.map((row) => (
              <Card key={row.id} title={row.title} extra={<State state={row.state} />}>
                <Facts
                  items={[
                    { label: t('f.asker'), value: row.asker },
                    { label: t('c.basis'), value: said.basis(row) },
                    { label: t('c.when'), value: said.span(row) },
                    { label: t('c.work'), value: said.work(row) },
                    { label: t('c.schools'), value: t('c.count', { n: row.schools }) },
                    {
                      label: t('apps.verdict'),
                      value: row.review && f.dotted([t(`apps.${row.review.verdict}`), row.review.reason]),
                    },
                  ]}
                />
                {can('burden.review') && row.state === 'open' && !row.review && (
                  <div className="q-page-head-acts">
                    <Button
                      onClick={() => setAsked({ row, verdict: 'keep' })}
                      aria-label={t('apps.keep_named', { name: row.title })}
                    >
                      {t('apps.keep')}
                    </Button>
                    <Button
                      look="danger"
                      onClick={() => setAsked({ row, verdict: 'end' })}
                      aria-label={t('apps.end_named', { name: row.title })}
                    >
                      {t('apps.end')}
                    </Button>
                  </div>
                )}
              </Card>
            ))}
            {can('sso.platform.read') && <TextLink to="/platforms/clean-up">{t('apps.platforms')}</TextLink>}
          </div>
          {asked && (
            <ConfirmWithReason
              open
              title={t(`apps.${asked.verdict}_named`, { name: asked.row.title })}
              confirm={t(`apps.${asked.verdict}`)}
              danger={asked.verdict === 'end'}
              busy={review.busy}
              error={review.error}
              onClose={() => setAsked(null)}
              onConfirm={(reason) =>
                void review
                  .run({ itemId: asked.row.id, verdict: asked.verdict, reason })
                  .then((done) => done && setAsked(null))
              }
            >
              <p>{t(`apps.${asked.verdict}_text`)}</p>
            </ConfirmWithReason>
          )}
        </>
      )}
    </Answer>
  )
}
