/** One organisation out of many, found by typing: Ant Design's select, at home in a dialog too. */
import { Select } from 'antd'
import { useId, useRef } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Office } from '../../../ui/office/Office.tsx'
import { useOrganisations } from './accounts.ts'

export function OrgSelect({
  label,
  hint,
  error,
  value,
  onChange,
}: {
  label: string
  hint?: string
  error?: string
  value: string
  onChange: (id: string) => void
}) {
  const t = useWords('access')
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const options = useOrganisations()
  return (
    <Office>
      <div className="q-field" ref={place}>
        <label htmlFor={id}>{label}</label>
        <Select
          id={id}
          value={value || undefined}
          placeholder={t('accounts.choose_org')}
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          {...(error ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
          onChange={onChange}
          getPopupContainer={() => place.current?.closest('dialog') ?? document.body}
        />
        {error ? (
          <p className="q-field-error" id={`${id}-error`}>
            <Icon name="alert" size={16} />
            {error}
          </p>
        ) : (
          hint && <p className="q-field-hint">{hint}</p>
        )}
      </div>
    </Office>
  )
}
