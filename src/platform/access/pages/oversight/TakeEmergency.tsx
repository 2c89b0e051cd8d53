/** Breaks the glass: a role, a place, some hours and a reason, which security and audit read at once. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextAreaField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { useReenter } from '../../../../ui/reenter.ts'
import { EMERGENCIES, OFFICES, useAccess, useOrganisations, useRoleWord } from '../accounts.ts'
import { OrgSelect } from '../OrgSelect.tsx'

const HOURS = [1, 2, 4]

export function TakeEmergency({ onClose }: { onClose: () => void }) {
  const t = useWords('access')
  const ui = useWords('ui')
  const form = useId()
  const roleWord = useRoleWord()
  const reenter = useReenter()
  const organisations = useOrganisations()
  const [role, setRole] = useState('')
  const [org, setOrg] = useState('')
  const [hours, setHours] = useState('1')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const take = useAct(useAccess().takeEmergency, { done: t('emergency.taken'), refresh: [EMERGENCIES], quiet: true })
  const orgId = org || (organisations.length === 1 ? (organisations[0]?.value ?? '') : '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!role || !orgId || take.busy) return
    if (await take.run({ role, orgId, hours: Number(hours), reason: reason.trim() })) {
      onClose()
      await reenter('/accounts/safety')
    }
  }
  return (
    <Dialog
      open
      title={t('emergency.take')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="danger" busy={take.busy}>
            {t('emergency.take')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="q-stack"
        onInvalidCapture={() => setTried(true)}
        onSubmit={(event) => void submit(event)}
      >
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
        {take.error ? <Failure error={take.error} /> : null}
      </form>
    </Dialog>
  )
}
