/** A field for one fact, as its type wants it: big enough for a thumb. */
import { CheckField, SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { type Fact, fieldOf, unreadable } from './stated.ts'

export function StatedField({
  fact,
  typed,
  onChange,
}: {
  fact: Fact
  typed: string | readonly string[]
  onChange: (typed: string | readonly string[]) => void
}) {
  const t = useWords('policy')
  const say = useBilingual()
  const { id, title, unit, codes, ask } = fact
  const field = fieldOf(fact)
  const label = say(title)
  const text = typeof typed === 'string' ? typed : ''
  const hint = ask ? t('own.recorded_by', { whom: say(ask) }) : undefined
  const choices = codes.map((one) => ({ value: one.code, label: say(one) }))
  switch (field) {
    case 'yes_no':
      return (
        <fieldset className="pol-yes-no">
          <legend>{label}</legend>
          <div>
            {(['yes', 'no'] as const).map((value) => (
              <label key={value} className={text === value ? 'pol-chosen' : undefined}>
                <input type="radio" name={id} checked={text === value} onChange={() => onChange(value)} />
                {t(`parameters.${value}`)}
              </label>
            ))}
          </div>
          {hint && <p className="q-field-hint">{hint}</p>}
        </fieldset>
      )
    case 'choice':
      return (
        <SelectField
          label={label}
          hint={hint}
          value={text}
          onChange={onChange}
          choices={choices}
          placeholder={t('own.choose')}
        />
      )
    case 'choices': {
      const chosen = typeof typed === 'string' ? (typed ? [typed] : []) : typed
      return (
        <fieldset className="pol-choose">
          <legend>{label}</legend>
          <div>
            {choices.map(({ value, label: name }) => (
              <CheckField
                key={value}
                label={name}
                checked={chosen.includes(value)}
                onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
              />
            ))}
          </div>
          {hint && <p className="q-field-hint">{hint}</p>}
        </fieldset>
      )
    }
    case 'number':
      return (
        <TextField
          label={unit && t.has(`own.in.${unit}`) ? t('own.with_unit', { label, unit: t(`own.in.${unit}`) }) : label}
          hint={hint}
          error={unreadable(fact, text) ? t('lab.bad_number') : undefined}
          inputMode="decimal"
          value={text}
          onChange={onChange}
        />
      )
    case null:
      return (
        <p>
          {label} <span className="q-quiet">{ask && t('own.not_here', { whom: say(ask) })}</span>
        </p>
      )
    default:
      return (
        <TextField
          label={label}
          hint={hint}
          {...(field === 'date' ? { type: 'date' } : { maxLength: 100 })}
          value={text}
          onChange={onChange}
        />
      )
  }
}
