/** Roles taken in an emergency: taken here with a reason, seen and ended by whoever guards. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { EMERGENCIES, useAccess, useRoleWord } from '../accounts.ts'
import { TakeEmergency } from './TakeEmergency.tsx'

export function Emergencies() {
  const t = useWords('access')
  const can = useCan()
  const [taking, setTaking] = useState(false)
  const take = can('access.emergency.take')
  return (
    <Card
      title={t('emergency.title')}
      flush={can('access.emergency.read')}
      extra={
        take && (
          <Button small icon="alert" onClick={() => setTaking(true)}>
            {t('emergency.take')}
          </Button>
        )
      }
    >
      {can('access.emergency.read') ? <Rows /> : <p className="q-quiet">{t('emergency.text')}</p>}
      {taking && <TakeEmergency onClose={() => setTaking(false)} />}
    </Card>
  )
}

function Rows() {
  const t = useWords('access')
  const f = useFormat()
  const can = useCan()
  const roleWord = useRoleWord()
  const access = useAccess()
  const emergencies = useQuery({ queryKey: EMERGENCIES, queryFn: () => access.emergencies() })
  const end = useAct(access.endEmergency, { done: t('emergency.ended'), refresh: [EMERGENCIES] })
  return (
    <Answer of={emergencies} height={120}>
      {(rows) =>
        rows.length === 0 ? (
          <p className="q-quiet access-none">{t('emergency.none')}</p>
        ) : (
          <List label={t('emergency.title')}>
            {rows.map(({ id, accountId, name, role, orgName, reason, begunAt, endsAt, endedAt, acts }) => (
              <ListRow
                key={id}
                title={f.dotted([name, roleWord(role), orgName])}
                meta={f.dotted([
                  reason,
                  f.dateTime(begunAt),
                  t('emergency.until', { when: f.dateTime(endedAt ?? endsAt) }),
                  t('emergency.acts', { n: acts }),
                ])}
                trailing={
                  endedAt ? (
                    <StatusTag tone="off">{t('emergency.over')}</StatusTag>
                  ) : can('access.security.write') ? (
                    <Button small busy={end.busy} onClick={() => void end.run({ accountId, emergencyId: id })}>
                      {t('emergency.end')}
                    </Button>
                  ) : (
                    <StatusTag tone="alert">{t('emergency.running')}</StatusTag>
                  )
                }
              />
            ))}
          </List>
        )
      }
    </Answer>
  )
}
