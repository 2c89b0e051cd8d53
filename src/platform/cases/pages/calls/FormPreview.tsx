/** The forms of a call as those will see them who fill them in. What is typed here goes nowhere. */
import { useMemo, useState } from 'react'
import { SelectField } from '../../../../ui/Field.tsx'
import { Form } from '../../../../ui/form/Form.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { CallDetail } from './asking.ts'
import { filledIn } from './filled.ts'

export function FormPreview({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const [path, choose] = useState('form')
  const form = call.forms.find((one) => one.path === path) ?? call.forms[0]!
  const example = t('calls.filled_in')
  const known = useMemo(
    () => (form.path === 'form' ? filledIn(call.definition.form, example, call.opensOn) : { answers: {}, filled: [] }),
    [call.definition.form, call.opensOn, form.path, example],
  )
  const name = (of: string) => {
    const nth = /^stages\.(\d+)\./.exec(of)?.[1]
    if (nth !== undefined) return t('calls.report_of', { stage: pick(call.definition.stages[Number(nth)]!.title) })
    return t(of === 'form' ? 'calls.form' : 'calls.form_assessment')
  }
  return (
    <div className="q-stack">
      {call.forms.length > 1 && (
        <SelectField
          label={t('calls.which_form')}
          value={form.path}
          onChange={choose}
          choices={call.forms.map((one) => ({ value: one.path, label: name(one.path) }))}
        />
      )}
      <p className="q-quiet">{t('calls.form_hint')}</p>
      <Form key={`${form.path} ${f.locale}`} definition={form.form} {...known} />
    </div>
  )
}
