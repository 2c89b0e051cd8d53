/** Requests that one made, and a new one. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { AskDialog } from './AskDialog.tsx'
import { OWN_REQUESTS, type OwnRequest, TONES, usePrivacy } from './privacy.ts'

export function OwnRequests() {
  const t = useWords('privacy')
  const privacy = usePrivacy()
  const [asking, setAsking] = useState(false)
  const requests = useQuery({ queryKey: OWN_REQUESTS, queryFn: () => privacy.ownRequests() })
  return (
    <div className="q-stack">
      <div className="privacy-acts">
        <Button look="primary" icon="plus" onClick={() => setAsking(true)}>
          {t('ask.new')}
        </Button>
      </div>
      <Answer of={requests} height={200}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="hand" title={t('ask.none')} hint={t('ask.none_hint')} />
          ) : (
            rows.map((row) => <One key={row.id} row={row} />)
          )
        }
      </Answer>
      {asking && <AskDialog onClose={() => setAsking(false)} />}
    </div>
  )
}

function One({ row }: { row: OwnRequest }) {
  const t = useWords('privacy')
  const f = useFormat()
  const say = useBilingual()
  const privacy = usePrivacy()
  const back = useAct(privacy.withdrawRequest, { done: t('ask.withdrawn'), refresh: [OWN_REQUESTS] })
  const day = (date: string) => f.date(date as never)
  return (
    <Card
      title={f.dotted([t(`kind.${row.kind}`), row.holding && say(row.holding)])}
      extra={<StatusTag tone={TONES[row.state]}>{t(`state.${row.state}`)}</StatusTag>}
    >
      <div className="q-stack">
        <p>{row.words}</p>
        <p className="q-quiet">
          {t('ask.when', { when: f.date(new Date(row.askedAt)), office: row.officeName })}
          {row.state === 'open' && ` ${t('ask.due', { due: day(row.dueOn) })}`}
        </p>
        {row.answer && (
          <p>
            <b>{t('ask.answer', { name: row.answeredByName ?? '' })}</b>
            {row.answer}
          </p>
        )}
        {row.state === 'open' && (
          <div className="privacy-acts">
            <Button small busy={back.busy} onClick={() => void back.run({ id: row.id })}>
              {t('ask.withdraw')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
