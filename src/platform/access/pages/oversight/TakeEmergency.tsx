/** Breaks the glass: a role, a place, some hours and a reason, which security and audit read at once. */
import { useState } from 'react'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField, TextAreaField } from '../../../../ui/Field.tsx'
import { FormDialog } from '../../../../ui/FormDialog.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { useReenter } from '../../../../ui/reenter.ts'
import { EMERGENCIES, OFFICES, useAccess, useOrganisations, useRoleWord } from '../accounts.ts'
import { OrgSelect } from '../OrgSelect.tsx'

const HOURS = [1, 2, 4]

export function TakeEmergency({ onClose }: { onClose: () => void }) {
  const t = useWords('access')
  const roleWord = useRoleWord()
  const reenter = useReenter()
  const organisations = useOrganisations()
  const [role, setRole] = useState('')
  const [org, setOrg] = useState('')
  const [hours, setHours] = useState('1')
  const [reason, setReason] = useState('')
  const take = useAct(useAccess().takeEmergency, { done: t('emergency.taken'), refresh: [EMERGENCIES], quiet: true })
  const orgId = org || (organisations.length === 1 ? (organisations[0]?.value ?? '') : '')
  return (
    <FormDialog
      title={t('emergency.take')}
      submit={t('emergency.take')}
      danger
      act={take}
      input={() => (role && orgId ? { role, orgId, hours: Number(hours), reason: reason.trim() } : null)}
      onDone={() => reenter('/accounts/safety')}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <Notice tone="alert">{t('emergency.warning')}</Notice>
          <SelectField
            label={t('accounts.role')}
            placeholder={t('accounts.choose_role')}
            value={role}
            onChange={setRole}
            choices={OFFICES.map((value) => ({ value, label: roleWord(value) }))}
            {...(tried && !role ? { error: t('accounts.choose_role') } : {})}
          />
          <OrgSelect
            label={t('accounts.at')}
            value={orgId}
            onChange={setOrg}
            {...(tried && !orgId ? { error: t('accounts.choose_org') } : {})}
          />
          <SelectField
            label={t('emergency.hours')}
            value={hours}
            onChange={setHours}
            choices={HOURS.map((n) => ({ value: String(n), label: t('emergency.n_hours', { n }) }))}
          />
          <TextAreaField
            label={t('emergency.reason')}
            hint={t('emergency.reason_hint')}
            required
            minLength={6}
            maxLength={400}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </FormDialog>
  )
}
