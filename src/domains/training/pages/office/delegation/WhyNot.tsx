/** Why somebody is not on the list: every condition of the rule, what it asks for and what was found. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { Button } from '../../../../../ui/Button.tsx'
import { ClauseText } from '../../../../../ui/Clause.tsx'
import { Sheet } from '../../../../../ui/Dialog.tsx'
import { Icon } from '../../../../../ui/Icon.tsx'
import { useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { clauseOf } from '../clause.ts'
import { type Found, PersonSearch } from '../PersonSearch.tsx'
import { useTargetWords } from '../target.ts'
import { type ClassRow, classKey, useTraining } from '../training.ts'
import './delegation.css'
import '../office.css'

export function WhyNot({ row, onClose }: { row: ClassRow; onClose: () => void }) {
  const t = useWords('training')
  const [person, setPerson] = useState<Found | null>(null)
  return (
    <Sheet open title={t('office.why.title')} onClose={onClose}>
      {person ? (
        <div className="q-stack">
          <div>
            <Button small icon="back" look="quiet" onClick={() => setPerson(null)}>
              {t('office.why.other')}
            </Button>
          </div>
          <Explanation row={row} person={person} />
        </div>
      ) : (
        <div className="q-stack">
          <p>{t('office.why.hint')}</p>
          <PersonSearch onPick={setPerson} />
        </div>
      )}
    </Sheet>
  )
}

function Explanation({ row, person }: { row: ClassRow; person: Found }) {
  const t = useWords('training')
  const training = useTraining()
  const { name, value } = useTargetWords()
  const answer = useQuery({
    queryKey: [...classKey(row.id), 'explain', person.personId],
    queryFn: () => training.explain({ classId: row.id, personId: person.personId }),
  })
  return (
    <Answer of={answer} height={200}>
      {({ eligible, conditions, clause }) => {
        const shown = clauseOf(clause)
        return (
          <>
            <Notice
              tone={eligible ? 'done' : 'alert'}
              live
              title={t(eligible ? 'office.why.eligible' : 'office.why.not_eligible', { name: person.name })}
            />
            {conditions.length === 0 && <p>{t('office.target.all')}</p>}
            <ul className="tr-why">
              {conditions.map((condition) => (
                <li key={condition.id} className={condition.holds ? 'tr-why-yes' : 'tr-why-no'}>
                  <Icon
                    name={condition.holds ? 'check' : 'close'}
                    label={t(condition.holds ? 'office.why.holds' : 'office.why.fails')}
                    size={18}
                  />
                  <div>
                    <b>{name(condition.id)}</b>
                    <dl>
                      <dt>{t('office.why.wanted')}</dt>
                      <dd>{value(condition.id, condition.wanted)}</dd>
                      <dt>{t('office.why.found')}</dt>
                      <dd>{value(condition.id, condition.found)}</dd>
                    </dl>
                  </div>
                </li>
              ))}
            </ul>
            {shown && (
              <div className="tr-clause">
                <ClauseText clause={shown} />
              </div>
            )}
            <p className="q-quiet">{t('office.why.correct')}</p>
          </>
        )
      }}
    </Answer>
  )
}
