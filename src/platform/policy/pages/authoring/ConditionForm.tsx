/** One condition as a form: its words, its clause, the expression that tests it, and its exceptions. */
import { Button } from '../../../../ui/Button.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { ExpressionField, type Writing } from './ExpressionField.tsx'
import { BilingualFields, ClauseFields } from './Fields.tsx'
import type { Condition, Exception } from './set.ts'

export function ConditionForm({
  value,
  onChange,
  onRemove,
  writing,
  open,
}: {
  value: Condition
  onChange: (value: Condition) => void
  onRemove: () => void
  writing: Writing
  open: boolean
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const set = (patch: Partial<Condition>) => onChange({ ...value, ...patch })
  const { id, says, test, clause, confidence, note, cure, exceptions = [] } = value
  const change = (nth: number, patch: Partial<Exception>) =>
    set({ exceptions: exceptions.map((one, at) => (at === nth ? { ...one, ...patch } : one)) })
  return (
    <details className="pol-condition" open={open}>
      <summary>
        <b>{pick(says) || t('author.new_condition')}</b> <code className="pol-id">{id}</code>
      </summary>
      <div className="pol-condition-body">
        <BilingualFields label={t('author.says')} value={says} onChange={(next) => set({ says: next })} required />
        <ExpressionField
          label={t('author.test')}
          value={test}
          onChange={(next) => set({ test: next })}
          writing={writing}
        />
        <ClauseFields
          value={clause}
          onChange={(next) => set({ clause: next })}
          confidence={{ value: confidence, onChange: (mark) => set({ confidence: mark }) }}
        />
        <BilingualFields
          label={t('author.cure')}
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
        {exceptions.map((one, nth) => (
          <fieldset key={one.id} className="pol-clause-fields">
            <legend>{t('author.exception', { n: nth + 1 })}</legend>
            <BilingualFields
              label={t('author.says')}
              value={one.says}
              onChange={(next) => change(nth, { says: next })}
              required
            />
            <ExpressionField
              label={t('author.when')}
              value={one.when}
              onChange={(when) => change(nth, { when })}
              writing={writing}
            />
            <SelectField
              label={t('author.gives')}
              value={one.gives}
              onChange={(gives) => change(nth, { gives: gives as Exception['gives'] })}
              choices={['met', 'unmet'].map((gives) => ({ value: gives, label: t(`print.outcome.${gives}`) }))}
            />
            <ClauseFields value={one.clause} onChange={(next) => change(nth, { clause: next })} />
            <div>
              <Button small icon="trash" onClick={() => set({ exceptions: exceptions.filter((_, at) => at !== nth) })}>
                {t('author.remove_exception')}
              </Button>
            </div>
          </fieldset>
        ))}
        <div className="pol-acts">
          <Button small icon="plus" onClick={() => set({ exceptions: [...exceptions, newException(exceptions)] })}>
            {t('author.add_exception')}
          </Button>
          <Button small look="quiet" icon="trash" onClick={onRemove}>
            {t('author.remove_condition')}
          </Button>
        </div>
      </div>
    </details>
  )
}

function newException(before: readonly Exception[]): Exception {
  let nth = before.length + 1
  while (before.some(({ id }) => id === `exception_${nth}`)) nth++
  return { id: `exception_${nth}`, says: { zh: '', en: '' }, clause: { document: '' }, when: '', gives: 'met' }
}
