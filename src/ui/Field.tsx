/** Form fields for pages that must stay light; each carries its label, hint and error where screen readers find them. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SyntheticEvent,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react'
import './controls.css'
import { Icon } from './Icon.tsx'
import { useWords } from './i18n.tsx'
import type { Words } from './words.ts'

export type FieldFrame = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
}

type Wiring = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  required: boolean | undefined
  onInvalid: (event: SyntheticEvent<Control>) => void
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Label above, control, then hint or error. The control takes the wiring. What the browser finds wrong is said here, not in its own bubble. */
export function Field({
  label,
  hint,
  error: said,
  required,
  children,
}: FieldFrame & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const t = useWords('ui')
  const [found, setFound] = useState<string>()
  const error = said ?? found
  const below = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className="q-field" onInput={() => setFound(undefined)}>
      <label htmlFor={id}>
        {label}
        {required === false && <span className="q-quiet">{t('field.optional')}</span>}
      </label>
      {children({
        id,
        'aria-describedby': below,
        'aria-invalid': error ? true : undefined,
        required: required || undefined,
        onInvalid: (event) => {
          const control = event.currentTarget
          event.preventDefault()
          setFound(wordsFor(control, label, t))
          // Without its bubble the browser leaves the focus where it is: the first field that is wrong takes it.
          if (control.form?.querySelector('input:invalid, select:invalid, textarea:invalid') === control)
            control.focus()
        },
      })}
      {error ? (
        <p className="q-field-error" id={`${id}-error`}>
          <Icon name="alert" size={16} />
          {error}
        </p>
      ) : (
        hint && (
          <p className="q-field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}

/** In the product's words what the browser's check found. */
function wordsFor(control: Control, what: string, t: Words): string {
  const { validity } = control
  if (validity.valueMissing) return t(control instanceof HTMLSelectElement ? 'form.choose' : 'form.required', { what })
  if (validity.tooShort && !(control instanceof HTMLSelectElement)) return t('form.short', { n: control.minLength })
  if (control instanceof HTMLInputElement) {
    if (validity.rangeOverflow) return t('form.most', { value: control.max })
    if (validity.rangeUnderflow) return t('form.least', { value: control.min })
  }
  return t('form.wrong', { what })
}

type Native<T> = Omit<T, 'onChange' | 'value' | 'className' | 'id' | 'required'>

export function TextField({
  label,
  hint,
  error,
  required,
  value,
  onChange,
  ...rest
}: FieldFrame & { value: string; onChange: (value: string) => void } & Native<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Field label={label} hint={hint} error={error} {...(required === undefined ? {} : { required })}>
      {(wiring) => (
        <input
          type="text"
          {...rest}
          {...wiring}
          className="q-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** A password with an eye, because typing blind on a phone locks people out. */
export function PasswordField({
  label,
  hint,
  error,
  value,
  onChange,
  autoComplete,
}: FieldFrame & {
  value: string
  onChange: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
}) {
  const [shown, setShown] = useState(false)
  const t = useWords('ui')
  return (
    <Field label={label} hint={hint} error={error} required>
      {(wiring) => (
        <span className="q-input-with">
          <input
            {...wiring}
            className="q-input"
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            aria-label={t('field.show_password')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? 'eye-off' : 'eye'} size={18} />
          </button>
        </span>
      )}
    </Field>
  )
}

export function TextAreaField({
  label,
  hint,
  error,
  required,
  value,
  onChange,
  rows = 3,
  ...rest
}: FieldFrame & { value: string; onChange: (value: string) => void } & Native<
    TextareaHTMLAttributes<HTMLTextAreaElement>
  >) {
  return (
    <Field label={label} hint={hint} error={error} {...(required === undefined ? {} : { required })}>
      {(wiring) => (
        <textarea
          {...rest}
          {...wiring}
          className="q-input"
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** `group`: those of one group stand together under its name, where the list shows groups. */
export type Choice = { value: string; label: string; disabled?: boolean; group?: string }

const options = (choices: readonly Choice[]) =>
  choices.map(({ value, label, disabled }) => (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  ))

/** The platform's own select: on a phone it opens the wheel people know. */
export function SelectField({
  label,
  hint,
  error,
  required,
  value,
  onChange,
  choices,
  placeholder,
}: FieldFrame & {
  value: string
  onChange: (value: string) => void
  choices: readonly Choice[]
  placeholder?: string
}) {
  return (
    <Field label={label} hint={hint} error={error} {...(required === undefined ? {} : { required })}>
      {(wiring) => (
        <span className="q-select">
          <select {...wiring} className="q-input" value={value} onChange={(event) => onChange(event.target.value)}>
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {[...Map.groupBy(choices, ({ group }) => group)].map(([group, some]) =>
              group === undefined ? (
                options(some)
              ) : (
                <optgroup key={group} label={group}>
                  {options(some)}
                </optgroup>
              ),
            )}
          </select>
          <Icon name="chevron-down" size={16} />
        </span>
      )}
    </Field>
  )
}

export function CheckField({
  label,
  checked,
  onChange,
  hint,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: string
}) {
  return (
    <label className="q-check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  )
}
