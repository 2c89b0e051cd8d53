/** Every platform in use, to be kept for a reason or ended: on the register's own page, and where an office cleans up whatever schools use. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { KeepOrEnd, type Verdict } from '../../../ui/KeepOrEnd.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { KEY, standing, useSso } from './platforms.ts'

export const useCleanUp = () => {
  const sso = useSso()
  return useQuery({ queryKey: [...KEY, 'clean-up'], queryFn: () => sso.cleanUp({}) })
}

export default function CleanUpList() {
  const t = useWords('sso')
  const f = useFormat()
  const can = useCan()
  const sso = useSso()
  const list = useCleanUp()
  const review = useAct(
    ({ id, verdict, reason }: { id: string; verdict: Verdict; reason: string }) =>
      sso.review({ platformId: id, verdict, reason }),
    { done: t('clean_up.done'), refresh: [KEY], quiet: true },
  )
  return (
    <Answer of={list} height={320}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title={t('platforms.none')} hint={t('platforms.none_hint')} />
        ) : (
          <KeepOrEnd
            act={review}
            says={{ keep: t('clean_up.keep_text'), end: t('clean_up.end_text') }}
            rows={rows.map((row) => {
              const { key, tone } = standing(row)
              return {
                id: row.id,
                name: row.name,
                state: <StatusTag tone={tone}>{t(`state.${key}`)}</StatusTag>,
                facts: [
                  { label: t('platform.operator'), value: row.operator },
                  { label: t('platform.owner'), value: row.ownerName },
                  {
                    label: t('platform.contract_until'),
                    value: row.contractUntil ? f.date(row.contractUntil) : t('platform.no_end'),
                  },
                  {
                    label: t('platform.people_year'),
                    value: t('platform.people_of', { year: row.peopleYear, all: row.people }),
                  },
                  { label: t('platform.used_at'), value: row.usedAt ? f.date(new Date(row.usedAt)) : null },
                ],
                review: row.review,
                open: can('sso.platform.review') && row.state !== 'ended',
              }
            })}
          />
        )
      }
    </Answer>
  )
}
