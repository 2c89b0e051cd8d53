/** The items of a row to be filled in, as the group declares them. */
import { CheckField, SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { type Field, type Group, useItems, type Values } from './record.ts'

export function ItemFields({
  group,
  values,
  stands = {},
  onChange,
}: {
  group: Group
  values: Values
  /** What stands in the record: of sealed items, what is shown of them. */
  stands?: Values
  onChange: (values: Values) => void
}) {
  return (
    <div className="q-stack">
      {group.fields.map((field) => (
        <Item
          key={field.key}
          field={field}
          value={values[field.key]}
          stands={stands[field.key]}
          onChange={(value) => onChange({ ...values, [field.key]: value })}
        />
      ))}
    </div>
  )
}

function Item({
  field,
  value,
  stands,
  onChange,
}: {
  field: Field
  value: Values[string] | undefined
  stands: Values[string] | undefined
  onChange: (value: Values[string]) => void
}) {
  const t = useWords('records')
  const say = useBilingual()
  const items = useItems()
  const f = useFormat()
  const sealed =
    field.type === 'sealed' && typeof stands === 'string' ? t('changes.number_sealed', { masked: stands }) : ''
  const hint = [sealed, field.hint && say(field.hint)].filter(Boolean).join(f.locale === 'en' ? '. ' : '。')
  const frame = { label: say(field.title), required: field.required === true, ...(hint ? { hint } : {}) }
  const text = typeof value === 'string' ? value : ''
  if (field.type === 'bool') return <CheckField label={say(field.title)} checked={value === true} onChange={onChange} />
  if (field.type === 'code')
    return (
      <SelectField
        {...frame}
        placeholder={t('choose')}
        value={text}
        onChange={(code) => onChange(code || null)}
        choices={items.choices(field)}
      />
    )
  if (field.type === 'integer' || field.type === 'decimal')
    return (
      <TextField
        {...frame}
        type="number"
        inputMode="decimal"
        step={field.type === 'integer' ? 1 : 0.1}
        {...(field.least === undefined ? {} : { min: field.least })}
        {...(field.most === undefined ? {} : { max: field.most })}
        value={text}
        onChange={(figure) => onChange(figure || null)}
      />
    )
  return (
    <TextField
      {...frame}
      type={field.type === 'date' ? 'date' : field.mask === 'mail' ? 'email' : field.mask === 'phone' ? 'tel' : 'text'}
      maxLength={field.most ?? 200}
      value={text}
      onChange={(said) => onChange(said || null)}
    />
  )
}

/** Where filling in begins: what stands there, but not what is only shown masked. */
export const startOf = (group: Group, values: Values): Values =>
  Object.fromEntries(group.fields.filter(({ type }) => type !== 'sealed').map(({ key }) => [key, values[key] ?? null]))

/** What was changed against what stands there; of sealed items what was newly given. */
export const changedIn = (group: Group, start: Values, values: Values): Values =>
  Object.fromEntries(
    group.fields
      .filter(({ key, type }) => (type === 'sealed' ? values[key] : (values[key] ?? null) !== (start[key] ?? null)))
      .map(({ key }) => [key, values[key] ?? null]),
  )
