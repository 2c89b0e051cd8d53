/** What was objected to, in the words of whoever raised it, and how it was answered: for those who raised it. */
import type { UseQueryResult } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import type { ObjectionRow } from '../../contract.ts'
import { DueOn, Given, ObjectionState } from './ObjectionState.tsx'
import './objections.css'

export function Raised({ title, none, of }: { title: string; none: string; of: UseQueryResult<ObjectionRow[]> }) {
  return (
    <Card title={title}>
      <Answer of={of} height={80}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={none} />
          ) : (
            <ul className="pol-own">
              {rows.map((row) => (
                <li key={row.id}>
                  <Objected row={row} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  )
}

function Objected({ row }: { row: ObjectionRow }) {
  const t = useWords('policy')
  const f = useFormat()
  const say = useBilingual()
  return (
    <>
      <p>
        <b>{say(row.title)}</b>　{row.fact ? say(row.fact.title) : t('objections.result')} <ObjectionState {...row} />
      </p>
      <blockquote className="pol-said">{row.text}</blockquote>
      {row.answer !== null && <Given row={row} />}
      <p className="q-quiet">
        {t('mine.raised', { date: f.date(row.raisedAt) })}
        {row.raisedBy !== null && <>　{t('objections.by_school', { name: row.raisedBy })}</>}
        {row.state === 'open' && row.dueOn && (
          <>
            {'　'}
            <DueOn row={row} said={(date) => t('mine.due', { date })} />
          </>
        )}
      </p>
    </>
  )
}
