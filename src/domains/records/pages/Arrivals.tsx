/** Who is expected at one's schools on a day to come: name, number and where from, until the record comes along with the person. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { KEYS, useRecords } from './records.ts'

/** As many as leave the list below in sight. */
const FEW = 3

const useArrivals = () => {
  const records = useRecords()
  return useQuery({ queryKey: KEYS.arrivals, queryFn: () => records.arrivals() })
}

/** Above the list of teachers; nothing at all while nobody is expected. */
export function Arrivals() {
  const t = useWords('records')
  const f = useFormat()
  const { data = [] } = useArrivals()
  const [all, setAll] = useState(false)
  if (data.length === 0) return null
  return (
    <div className="rec-arrivals">
      <Card
        title={t('arrivals.heading')}
        flush
        extra={
          data.length > FEW && (
            <Button small look="quiet" onClick={() => setAll(!all)}>
              {all ? t('arrivals.fewer') : t('arrivals.all', { n: data.length })}
            </Button>
          )
        }
      >
        <List label={t('arrivals.heading')}>
          {data.slice(0, all ? data.length : FEW).map(({ personId, name, number, orgName, fromName, movesOn }) => (
            <ListRow
              key={personId}
              title={f.dotted([name, number])}
              meta={t('arrivals.line', { on: f.date(movesOn), from: fromName, to: orgName })}
              trailing={<StatusTag tone="wait">{t('arrivals.tag')}</StatusTag>}
              go={{ to: '/people/$personId', params: { personId } }}
            />
          ))}
        </List>
      </Card>
    </div>
  )
}

/** The page of somebody whom the new school does not see yet; what the server refused where nobody is expected either. */
export function Arrival({ personId, error }: { personId: string; error: unknown }) {
  const t = useWords('records')
  const f = useFormat()
  const arrivals = useArrivals()
  return (
    <Answer of={arrivals} height={200}>
      {(people) => {
        const person = people.find((one) => one.personId === personId)
        if (!person) return <Failure error={error} />
        return (
          <>
            <PageHead
              title={person.name}
              subtitle={f.dotted([person.number, person.fromName])}
              back={{ to: '/people', label: t('people.heading') }}
              tags={<StatusTag tone="wait">{t('arrivals.tag')}</StatusTag>}
            />
            <div className="q-stack">
              <Notice tone="wait" title={t('transfer.coming', { on: f.date(person.movesOn), school: person.orgName })}>
                {t('arrivals.note')}
              </Notice>
              <Card>
                <Facts
                  columns={1}
                  items={[
                    { label: t('number'), value: <span className="q-num">{person.number}</span> },
                    { label: t('arrivals.from'), value: person.fromName },
                    { label: t('transfer.to'), value: person.orgName },
                    { label: t('transfer.on'), value: f.date(person.movesOn) },
                  ]}
                />
              </Card>
            </div>
          </>
        )
      }}
    </Answer>
  )
}
