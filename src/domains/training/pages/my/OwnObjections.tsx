/** What one objected to, entries said to be missing among them, and how it was answered. */
import { Card } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { clauseOf } from '../office/clause.ts'
import './credits.css'
import './my.css'
import { type MyCredits, nameIn } from './training.ts'

type OwnObjection = MyCredits['objections'][number]

/** Nothing where nobody objected. */
export function OwnObjections({ credits: { objections, answerWithin } }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  if (objections.length === 0) return null
  const about = ({ entryId, title, titleEn }: OwnObjection) =>
    entryId === null ? t('my.objections.missing') : nameIn(f.locale, { name: title ?? '', nameEn: titleEn ?? '' })
  return (
    <Card title={t('my.objections')}>
      <ul className="my-objections">
        {objections.map((objection) => (
          <li key={objection.id}>
            <ObjectionText objection={objection} head={about(objection)} within={answerWithin} />
            <p className="q-quiet">{t('my.objections.raised', { date: f.date(objection.raisedAt) })}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What was said, and what was answered or until when it will be. */
export function ObjectionText({
  objection: { state, text, answer, dueOn, remedy, newEntry },
  head,
  within,
}: {
  objection: Pick<OwnObjection, 'state' | 'text' | 'answer' | 'dueOn' | 'remedy' | 'newEntry'>
  head: string
  within: MyCredits['answerWithin']
}) {
  const t = useWords('training')
  const f = useFormat()
  const clause = clauseOf(within.clause, within.confidence)
  return (
    <section className="my-objection">
      <h4>
        {head}{' '}
        <StatusTag tone={state === 'open' ? 'wait' : state === 'upheld' ? 'done' : 'plain'}>
          {t(`objection.${state}`)}
        </StatusTag>
      </h4>
      <p className="my-quote">{text}</p>
      {answer ? (
        <>
          <h4>{t('my.objection.answer')}</h4>
          <p className="my-quote">{answer}</p>
          {remedy === 'take_back' && <p>{t('my.objection.taken_back')}</p>}
          {newEntry && (
            <p>
              {t(remedy === 'enter' ? 'my.objection.entered' : 'my.objection.corrected')}{' '}
              <b>{nameIn(f.locale, { name: newEntry.title, nameEn: newEntry.titleEn })}</b>{' '}
              <span>
                {t('my.objection.worth', {
                  date: f.date(newEntry.occurredOn),
                  hours: f.number(newEntry.hours),
                  credits: f.number(newEntry.credits),
                  year: String(newEntry.creditYear),
                })}
              </span>
            </p>
          )}
        </>
      ) : (
        <p className="q-quiet">
          {t('my.objection.due', { date: f.date(dueOn) })}{' '}
          {clause && <Clause clause={clause} label={t('my.objections')} />}
        </p>
      )}
    </section>
  )
}
