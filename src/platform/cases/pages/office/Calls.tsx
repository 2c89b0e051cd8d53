/** Calls that concern the office: how many cases each has, how many are under way, how many are late. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { KEYS, useCases } from './handling.ts'

export function Calls() {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const cases = useCases()
  const calls = useQuery({ queryKey: KEYS.calls, queryFn: () => cases.handledCalls() })
  return (
    <Answer of={calls} height={240}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty title={t('office.no_calls')} hint={t('office.no_calls_hint')} />
        ) : (
          <Card flush>
            <List label={t('office.calls')}>
              {rows.map((row) => (
                <ListRow
                  key={row.id}
                  title={pick(row.title)}
                  meta={t('office.call_meta', {
                    date: f.date(row.opensOn),
                    cases: f.number(row.cases),
                    open: f.number(row.open),
                  })}
                  trailing={
                    row.state === 'ended' ? (
                      <StatusTag tone="off">{t('office.call_ended')}</StatusTag>
                    ) : row.overdue > 0 ? (
                      <StatusTag tone="alert">{t('office.n_overdue', { n: row.overdue })}</StatusTag>
                    ) : undefined
                  }
                  go={{ to: '/cases/$callId', params: { callId: row.id } }}
                />
              ))}
            </List>
          </Card>
        )
      }
    </Answer>
  )
}
