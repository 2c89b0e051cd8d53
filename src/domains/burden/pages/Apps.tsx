/** The yearly clean-up of what schools use: apps that they are told to use and platforms of the one sign-in, each kept for a reason, or ended. */
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { cleanUpList } from '../../../platform/sso/pages/index.tsx'
import { Answer } from '../../../ui/Answer.tsx'
import { Boundary } from '../../../ui/Boundary.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { KeepOrEnd, type Verdict } from '../../../ui/KeepOrEnd.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { KEY, State, useBurden, useSaid } from './burden.tsx'

const Platforms = lazy(cleanUpList)

export default function Apps() {
  const t = useWords('burden')
  const can = useCan()
  const said = useSaid()
  const burden = useBurden()
  const list = useQuery({ queryKey: [...KEY, 'clean-up'], queryFn: () => burden.cleanUp({}) })
  const review = useAct(
    ({ id, verdict, reason }: { id: string; verdict: Verdict; reason: string }) =>
      burden.review({ itemId: id, verdict, reason }),
    { done: t('apps.done'), refresh: [KEY], quiet: true },
  )
  const platforms = can('sso.platform.read')
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
            {platforms && <h2>{t('apps.told')}</h2>}
            {rows.length === 0 && <Empty title={t('apps.none')} hint={t('apps.none_hint')} />}
            <KeepOrEnd
              act={review}
              says={{ keep: t('apps.keep_text'), end: t('apps.end_text') }}
              rows={rows.map((row) => ({
                id: row.id,
                name: row.title,
                state: <State state={row.state} />,
                facts: [
                  { label: t('f.asker'), value: row.asker },
                  { label: t('c.basis'), value: said.basis(row) },
                  { label: t('c.when'), value: said.span(row) },
                  { label: t('c.work'), value: said.work(row) },
                  { label: t('c.schools'), value: t('c.count', { n: row.schools }) },
                ],
                review: row.review,
                open: can('burden.review') && row.state === 'open' && !row.review,
              }))}
            />
            {platforms && (
              <>
                <h2>{t('apps.platforms')}</h2>
                <Boundary height={320}>
                  <Platforms />
                </Boundary>
              </>
            )}
          </div>
        </>
      )}
    </Answer>
  )
}
