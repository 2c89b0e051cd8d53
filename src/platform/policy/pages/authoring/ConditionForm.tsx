/** One condition as a form: its words, the expression that tests it, its clause, its exceptions, and what is seldom changed. */
import { Button } from '../../../../ui/Button.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { ExceptionForm } from './ExceptionForm.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { useEditing, useSaid } from './editing.ts'
import { BilingualFields, ClauseFields, NameField } from './Fields.tsx'
import { moved, newException, put, without } from './parts.ts'
import type { Condition } from './set.ts'

export function ConditionForm({
  value,
  at,
  onChange,
}: {
  value: Condition
  at: string
  onChange: (value: Condition) => void
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const said = useSaid()
  const { setOpen, removing, basis } = useEditing()
  const set = (patch: Partial<Condition>) => onChange({ ...value, ...patch })
  const { id, says, test, clause, confidence, note, cure, exceptions = [] } = value
  const add = () => {
    const made = newException(exceptions, basis)
    setOpen(made.key!, true)
    set({ exceptions: [...exceptions, made] })
  }
  return (
    <>
      <BilingualFields
        label={t('author.says')}
        at={`${at}.says`}
        value={says}
        onChange={(next) => set({ says: next })}
        required
      />
      <ExpressionField
        label={t('author.test')}
        value={test}
        at={`${at}.test`}
        onChange={(next) => set({ test: next })}
      />
      <ClauseFields
        at={`${at}.clause`}
        value={clause}
        onChange={(next) => set({ clause: next })}
        confidence={{
          value: confidence,
          onChange: (mark) => set({ confidence: mark }),
          error: said(`${at}.confidence`),
        }}
      />
      {exceptions.length > 0 && (
        <div className="pol-author-parts">
          {exceptions.map((one, nth) => (
            <ExceptionForm
              key={one.key}
              value={one}
              at={`${at}.exceptions.${nth}`}
              order={{ nth, of: exceptions.length, move: (by) => set({ exceptions: moved(exceptions, nth, by) }) }}
              onChange={(next) => set({ exceptions: put(exceptions, nth, next) })}
              onRemove={() => {
                removing(t('author.exception_of', { what: pick(one.says) }))
                set({ exceptions: without(exceptions, nth) })
              }}
            />
          ))}
        </div>
      )}
      <div className="pol-acts">
        <Button small icon="plus" onClick={add}>
          {t('author.add_exception')}
        </Button>
      </div>
      <details className="pol-more" open={said(`${at}.id`) !== undefined || undefined}>
        <summary>{t('author.more')}</summary>
        <div className="pol-form">
          <NameField at={at} value={id} onChange={(next) => set({ id: next })} />
          <BilingualFields
            label={t('author.cure')}
            at={`${at}.cure`}
            value={cure}
            onChange={(next) => set({ cure: next })}
            required={false}
          />
          <TextField
            label={t('author.note')}
            required={false}
            value={note ?? ''}
            onChange={(next) => set({ note: next })}
          />
        </div>
      </details>
    </>
  )
}
