/** Moving to another school and leaving: a date, a reason that the record keeps, and what follows from it. */
import { useState } from 'react'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextAreaField, TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ActDialog, type PersonDialog, stale } from './ActDialog.tsx'
import { useRecords, useToday } from './records.ts'
import { useSchools } from './schools.ts'

export function TransferDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const schools = useSchools()
  const [toOrgId, setToOrgId] = useState('')
  const [on, setOn] = useState<string>(useToday())
  const [reason, setReason] = useState('')
  const act = useAct(useRecords().transfer, {
    done: t('transfer.done', { name: person.name }),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <ActDialog
      title={t('transfer.title', { name: person.name })}
      submit={t('transfer.submit')}
      act={act}
      onClose={onClose}
      input={() => ({ personId: person.personId, toOrgId, on, reason: reason.trim() })}
    >
      <Notice>{t('transfer.note', { school: person.orgName })}</Notice>
      <SelectField
        label={t('transfer.to')}
        required
        placeholder={t('choose')}
        value={toOrgId}
        onChange={setToOrgId}
        choices={schools.filter(({ value }) => value !== person.orgId)}
      />
      <TextField label={t('transfer.on')} required type="date" value={on} onChange={setOn} />
      <TextAreaField
        label={t('reason')}
        required
        hint={t('reason_hint')}
        minLength={2}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  )
}

export function LeaveDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const [on, setOn] = useState<string>(useToday())
  const [reason, setReason] = useState('')
  const act = useAct(useRecords().leave, {
    done: t('leave.done', { name: person.name }),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <ActDialog
      title={t('leave.title', { name: person.name })}
      submit={t('leave.submit')}
      danger
      act={act}
      onClose={onClose}
      input={() => ({ personId: person.personId, on, reason: reason.trim() })}
    >
      <Notice tone="wait">{t('leave.note', { school: person.orgName })}</Notice>
      <TextField label={t('leave.on')} required type="date" hint={t('leave.on_hint')} value={on} onChange={setOn} />
      <TextAreaField
        label={t('reason')}
        required
        hint={t('reason_hint')}
        minLength={2}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  )
}
