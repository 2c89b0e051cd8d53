/** Moving to another school, taking that back, leaving and coming back: a date, a reason that the record keeps, and what follows. */
import { useState } from 'react'
import type { CivilDate } from '../../../base/dates.ts'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextAreaField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useCodes } from './codes.ts'
import { type PersonDialog, stale, useRecords, useToday } from './records.ts'
import { useSchools } from './schools.ts'

export function TransferDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const schools = useSchools()
  const [toOrgId, setToOrgId] = useState('')
  const f = useFormat()
  const today = useToday()
  const [on, setOn] = useState<string>(today)
  const [reason, setReason] = useState('')
  const act = useAct(useRecords().transfer, {
    done:
      on > today
        ? t('transfer.done_later', { name: person.name, on: f.date(on as CivilDate) })
        : t('transfer.done', { name: person.name }),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <FormDialog
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
      <TextField
        label={t('transfer.on')}
        required
        type="date"
        hint={t('transfer.on_hint')}
        value={on}
        onChange={setOn}
      />
      <TextAreaField
        label={t('reason')}
        required
        hint={t('reason_hint')}
        minLength={2}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
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
    <FormDialog
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
    </FormDialog>
  )
}

export function WithdrawDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const f = useFormat()
  const act = useAct(useRecords().withdrawTransfer, {
    done: t('transfer.withdrawn'),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('transfer.withdraw_title', { name: person.name })}
      confirm={t('transfer.withdraw')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run({ personId: person.personId })) onClose()
      }}
    >
      <p>
        {t('transfer.withdraw_text', {
          on: person.movesOn ? f.date(person.movesOn as CivilDate) : '',
          school: person.movesTo ?? '',
        })}
      </p>
    </ConfirmWithReason>
  )
}

export function ReturnDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const schools = useSchools()
  const today = useToday()
  const last = person.employments[0]
  const [orgId, setOrgId] = useState(person.orgId)
  const [category, setCategory] = useState(last?.category ?? '')
  const [basis, setBasis] = useState(last?.basis ?? '')
  const [from, setFrom] = useState<string>(today)
  const act = useAct(useRecords().employ, {
    done: t('employ.done', { name: person.name }),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <FormDialog
      title={t('employ.title', { name: person.name })}
      submit={t('employ.submit')}
      act={act}
      onClose={onClose}
      input={() => ({ personId: person.personId, orgId, category, basis: basis as 'in_post' | 'contract', from })}
    >
      <SelectField
        label={t('school')}
        required
        placeholder={t('choose')}
        value={orgId}
        onChange={setOrgId}
        choices={schools}
      />
      <div className="rec-field-row">
        <SelectField
          label={t('category')}
          required
          placeholder={t('choose')}
          value={category}
          onChange={setCategory}
          choices={codes.choices('category')}
        />
        <SelectField
          label={t('basis')}
          required
          placeholder={t('choose')}
          value={basis}
          onChange={setBasis}
          choices={codes.choices('basis')}
        />
      </div>
      <TextField label={t('employed_from')} required type="date" max={today} value={from} onChange={setFrom} />
    </FormDialog>
  )
}
