/** Accounts that somebody should look at, each with what is the matter; a press leads to the account. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useAccess } from '../accounts.ts'

export function Warnings() {
  const t = useWords('access')
  const f = useFormat()
  const access = useAccess()
  const warnings = useQuery({ queryKey: ['access', 'warnings'], queryFn: () => access.accountWarnings() })
  return (
    <Card title={t('warnings.title')} flush>
      <Answer of={warnings} height={200}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="q-quiet access-none">{t('warnings.none')}</p>
          ) : (
            <List label={t('warnings.title')}>
              {rows.map(({ accountId, login, name, orgName, why, count, since }) => (
                <ListRow
                  key={`${accountId}/${why}`}
                  title={name}
                  meta={f.dotted([login, orgName, t(`warnings.${why}_do`)])}
                  trailing={
                    <StatusTag tone={why === 'failures' || why === 'many_places' ? 'alert' : 'wait'} sign="alert">
                      {t(`warnings.${why}`, { count: count ?? 0, since: since ? f.date(since) : '' })}
                    </StatusTag>
                  }
                  go={{ to: '/accounts', search: { search: login } }}
                />
              ))}
            </List>
          )
        }
      </Answer>
    </Card>
  )
}
