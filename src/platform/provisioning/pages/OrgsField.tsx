/** Several organisations out of many, found by typing: Ant Design's select, at home in a dialog too. */
import { Select } from 'antd'
import { useId, useRef } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Office } from '../../../ui/office/Office.tsx'
import { useOrganisations } from './integrations.ts'

export function OrgsField({
  value,
  onChange,
  missing,
}: {
  value: string[]
  onChange: (ids: string[]) => void
  /** It was tried without any. */
  missing: boolean
}) {
  const t = useWords('provisioning')
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const options = useOrganisations()
  return (
    <Office>
      <div className="q-field" ref={place}>
        <label htmlFor={id}>{t('make.orgs')}</label>
        <Select
          id={id}
          mode="multiple"
          value={value}
          placeholder={t('make.choose')}
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          {...(missing ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
          onChange={onChange}
          getPopupContainer={() => place.current?.closest('dialog') ?? document.body}
        />
        {missing ? (
          <p className="q-field-error" id={`${id}-error`}>
            <Icon name="alert" size={16} />
            {t('make.choose')}
          </p>
        ) : (
          <p className="q-field-hint">{t('make.orgs_hint')}</p>
        )}
      </div>
    </Office>
  )
}
