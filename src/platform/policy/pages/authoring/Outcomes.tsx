/** Outcomes other than met and not met, the gravest first; and what follows from the outcome, each with its clause. */
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { useEditing } from './editing.ts'
import { BilingualFields, ClauseFields, NameField } from './Fields.tsx'
import { Fold } from './Fold.tsx'
import { GroupForm } from './GroupForm.tsx'
import { moved, newConsequence, newGrade, put, without } from './parts.ts'
import { type Consequence, conditionsIn, type Grade } from './set.ts'

type Part<T> = { value: readonly T[]; at: string; onChange: (value: T[]) => void }

export function Grades({ value, at, onChange }: Part<Grade>) {
  const t = useWords('policy')
  const pick = useBilingual()
  const { setOpen, removing, taken, basis } = useEditing()
  const add = () => {
    const made = newGrade(value, taken, basis)
    for (const key of [made.key, ...conditionsIn(made.when).map((one) => one.key)]) setOpen(key!, true)
    onChange([...value, made])
  }
  return (
    <Card title={t('author.grades')}>
      <div className="pol-form">
        <p className="q-quiet">{t(value.length === 0 ? 'author.no_grades' : 'author.grades_hint')}</p>
        {value.length > 0 && (
          <div className="pol-author-parts">
            {value.map((grade, nth) => {
              const place = `${at}.${nth}`
              const set = (patch: Partial<Grade>) => onChange(put(value, nth, { ...grade, ...patch }))
              const title = pick(grade.title) || t('author.new_grade')
              return (
                <Fold
                  key={grade.key}
                  partKey={grade.key!}
                  at={place}
                  kind={t('author.grade_nth', { n: nth + 1 })}
                  title={title}
                  order={{ nth, of: value.length, move: (by) => onChange(moved(value, nth, by)) }}
                >
                  <BilingualFields
                    label={t('author.grade_title')}
                    at={`${place}.title`}
                    value={grade.title}
                    onChange={(next) => set({ title: next })}
                    required
                  />
                  <h4 className="pol-form-head">{t('author.grade_when')}</h4>
                  <GroupForm value={grade.when} at={`${place}.when`} onChange={(when) => set({ when })} />
                  <details className="pol-more">
                    <summary>{t('author.more')}</summary>
                    <NameField at={place} value={grade.id} onChange={(id) => set({ id })} />
                  </details>
                  <div className="pol-acts pol-acts-foot">
                    <Button
                      small
                      look="quiet"
                      icon="trash"
                      onClick={() => {
                        removing(title)
                        onChange(without(value, nth))
                      }}
                    >
                      {t('author.remove_grade')}
                    </Button>
                  </div>
                </Fold>
              )
            })}
          </div>
        )}
        <div className="pol-acts">
          <Button small icon="plus" onClick={add}>
            {t('author.add_grade')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

export function Consequences({ value, at, onChange }: Part<Consequence>) {
  const t = useWords('policy')
  const pick = useBilingual()
  const { setOpen, removing, basis } = useEditing()
  const add = () => {
    const made = newConsequence(basis)
    setOpen(made.key!, true)
    onChange([...value, made])
  }
  return (
    <Card title={t('author.consequences')}>
      <div className="pol-form">
        {value.length === 0 ? (
          <p className="q-quiet">{t('author.no_consequences')}</p>
        ) : (
          <div className="pol-author-parts">
            {value.map((one, nth) => {
              const place = `${at}.${nth}`
              const set = (patch: Partial<Consequence>) => onChange(put(value, nth, { ...one, ...patch }))
              const title = pick(one.says) || t('author.new_consequence')
              return (
                <Fold
                  key={one.key}
                  partKey={one.key!}
                  at={place}
                  title={title}
                  order={{ nth, of: value.length, move: (by) => onChange(moved(value, nth, by)) }}
                >
                  <BilingualFields
                    label={t('author.consequence_says')}
                    at={`${place}.says`}
                    value={one.says}
                    onChange={(says) => set({ says })}
                    required
                  />
                  <ClauseFields at={`${place}.clause`} value={one.clause} onChange={(clause) => set({ clause })} />
                  <div className="pol-acts pol-acts-foot">
                    <Button
                      small
                      look="quiet"
                      icon="trash"
                      onClick={() => {
                        removing(title)
                        onChange(without(value, nth))
                      }}
                    >
                      {t('author.remove_consequence')}
                    </Button>
                  </div>
                </Fold>
              )
            })}
          </div>
        )}
        <div className="pol-acts">
          <Button small icon="plus" onClick={add}>
            {t('author.add_consequence')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
