/** Leaks that concern oneself, with everything that the law wants people to be told. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { STATUTORY } from './duties/duties.ts'
import { usePrivacy } from './privacy.ts'

export function OwnIncidents() {
  const t = useWords('privacy')
  const f = useFormat()
  const privacy = usePrivacy()
  const own = useQuery({ queryKey: ['privacy', 'own-incidents'], queryFn: () => privacy.ownIncidents() })
  return (
    <Answer of={own} height={240}>
      {(rows) =>
        rows.length === 0 ? (
          <Card flush>
            <Empty icon="shield" title={t('incidents.own_none')} hint={t('incidents.own_none_hint')} />
          </Card>
        ) : (
          <div className="q-stack">
            {rows.map((row) => (
              <Card key={row.id} title={row.title}>
                <Facts
                  columns={1}
                  items={[
                    { label: t('incident.found'), value: f.dotted([f.dateTime(new Date(row.foundAt)), row.orgName]) },
                    ...STATUTORY.map((key) => ({ label: t(`incident.${key}`), value: row[key] })),
                  ]}
                />
              </Card>
            ))}
          </div>
        )
      }
    </Answer>
  )
}
