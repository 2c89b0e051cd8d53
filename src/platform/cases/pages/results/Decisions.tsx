/** What waits for a meeting, a decision or filing: one line for each stage of a call. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useCases, WAITING } from './results.ts'

export default function Decisions() {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const cases = useCases()
  const waiting = useQuery({ queryKey: WAITING, queryFn: () => cases.decisionsWaiting() })
  return (
    <>
      <PageHead title={t('results.waiting')} subtitle={t('results.waiting_what')} />
      <Answer of={waiting}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="seal" title={t('results.nothing_waits')} hint={t('results.nothing_waits_hint')} />
          ) : (
            <Card flush>
              <List label={t('results.waiting')}>
                {rows.map(({ callId, stage, kind, callTitle, stageTitle, waiting: n, since }) => (
                  <ListRow
                    key={`${callId} ${stage}`}
                    title={say(callTitle)}
                    meta={f.dotted([say(stageTitle), t('results.since', { day: f.date(new Date(since)) })])}
                    go={
                      kind === 'panel'
                        ? { to: '/panels/new', search: { call: callId, stage } }
                        : { to: `/decisions/$callId/${kind}`, params: { callId }, search: { stage } }
                    }
                    trailing={<StatusTag tone="wait">{t(`results.waits.${kind}`, { n })}</StatusTag>}
                  />
                ))}
              </List>
            </Card>
          )
        }
      </Answer>
    </>
  )
}
