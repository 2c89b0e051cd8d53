/** Leaks, alterations and losses: what waits to be reported and told, and what was done. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { usePrivacy } from '../privacy.ts'
import { INCIDENTS, useOffice } from './duties.ts'
import { IncidentSheet } from './IncidentSheet.tsx'
import { NewIncident } from './NewIncident.tsx'

export function Incidents() {
  const t = useWords('privacy')
  const f = useFormat()
  const can = useCan()
  const office = useOffice()
  const privacy = usePrivacy()
  const found = useQuery({ queryKey: INCIDENTS, queryFn: () => privacy.incidents() })
  const [making, setMaking] = useState(false)
  const [open, setOpen] = useState<string | null>(null)
  const row = found.data?.find(({ id }) => id === open)
  const add = can('privacy.duty.write') && office && (
    <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
      {t('incident.new')}
    </Button>
  )
  return (
    <div className="q-stack">
      <Answer of={found} height={240}>
        {(rows) => (
          <>
            <Card flush>
              {rows.length === 0 ? (
                <Empty icon="shield" title={t('incident.none')} hint={t('incident.none_hint')} act={add} />
              ) : (
                <List label={t('duties.incidents')}>
                  {rows.map((one) => {
                    const done = one.authority !== null && (one.toldAt ?? one.untoldWhy) !== null
                    return (
                      <ListRow
                        key={one.id}
                        title={one.title}
                        meta={f.dotted([
                          one.orgName,
                          f.dateTime(new Date(one.foundAt)),
                          one.authority ?? t('incident.authority_none'),
                          one.toldAt
                            ? t('incident.people_told', { n: one.people })
                            : !one.untoldWhy && t('incident.people_none'),
                        ])}
                        onPress={() => setOpen(one.id)}
                        trailing={
                          <StatusTag tone={done ? 'done' : 'alert'}>
                            {t(done ? 'incident.done' : 'incident.open')}
                          </StatusTag>
                        }
                      />
                    )
                  })}
                </List>
              )}
            </Card>
            {rows.length > 0 && <div className="privacy-acts">{add}</div>}
          </>
        )}
      </Answer>
      {making && office && <NewIncident orgId={office.orgId} onClose={() => setMaking(false)} />}
      {row && <IncidentSheet row={row} onClose={() => setOpen(null)} />}
    </div>
  )
}
