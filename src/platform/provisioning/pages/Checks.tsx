/** Several of a few: what a token may do, what is told, which events are sent. */
import { CheckField } from '../../../ui/Field.tsx'

export function Checks({
  legend,
  choices,
  value,
  onChange,
}: {
  legend: string
  choices: readonly { value: string; label: string; hint?: string }[]
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  return (
    <fieldset className="integrations-checks">
      <legend>{legend}</legend>
      {choices.map(({ value: one, label, hint }) => (
        <CheckField
          key={one}
          label={label}
          {...(hint ? { hint } : {})}
          checked={value.includes(one)}
          onChange={(on) => onChange(on ? [...value, one] : value.filter((other) => other !== one))}
        />
      ))}
    </fieldset>
  )
}
