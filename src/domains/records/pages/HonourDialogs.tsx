/** Puts an honour on record, and ends one; ended it stays in the history. */
import { useState } from 'react'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useCodes } from './codes.ts'
import { type Person, type PersonDialog, stale, useRecords, useToday } from './records.ts'

/** Honours that hold on the day. */
export const honoursOn = (person: Person, day: string) =>
  person.honours.filter(({ from, until }) => (from ?? '') <= day && (until === null || until > day))

export function AwardDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const today = useToday()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [level, setLevel] = useState('')
  const [awardedOn, setAwardedOn] = useState<string>(today)
  const [until, setUntil] = useState('')
  const act = useAct(useRecords().awardHonour, {
    done: t('award.done'),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <FormDialog
      title={t('award.act')}
      submit={t('award.submit')}
      act={act}
      onClose={onClose}
      input={() => ({
        personId: person.personId,
        code,
        level,
        awardedOn,
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(until ? { until } : {}),
      })}
    >
      <div className="rec-field-row">
        <SelectField
          label={t('honour')}
          required
          placeholder={t('choose')}
          value={code}
          onChange={setCode}
          choices={codes.choices('honour')}
        />
        <SelectField
          label={t('award.level')}
          required
          placeholder={t('choose')}
          value={level}
          onChange={setLevel}
          choices={codes.choices('level')}
        />
      </div>
      <TextField
        label={t('award.name')}
        required={false}
        hint={t('award.name_hint')}
        value={name}
        onChange={setName}
        maxLength={60}
      />
      <div className="rec-field-row">
        <TextField label={t('award.on')} required type="date" max={today} value={awardedOn} onChange={setAwardedOn} />
        <TextField
          label={t('award.until')}
          required={false}
          type="date"
          hint={t('award.until_hint')}
          value={until}
          onChange={setUntil}
        />
      </div>
    </FormDialog>
  )
}

export function EndHonourDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const today = useToday()
  const held = honoursOn(person, today)
  const [honourId, setHonourId] = useState(held.length === 1 ? held[0]!.id : '')
  const [on, setOn] = useState<string>(today)
  const act = useAct(useRecords().endHonour, {
    done: t('end_honour.done'),
    refresh: stale(person.personId),
    quiet: true,
  })
  return (
    <FormDialog
      title={t('end_honour.act')}
      submit={t('end_honour.submit')}
      danger
      act={act}
      onClose={onClose}
      input={() => ({ personId: person.personId, honourId, on })}
    >
      <Notice>{t('end_honour.note')}</Notice>
      <SelectField
        label={t('honour')}
        required
        placeholder={t('choose')}
        value={honourId}
        onChange={setHonourId}
        choices={held.map(({ id, code, name }) => ({ value: id, label: codes.named('honour', code, name) }))}
      />
      <TextField label={t('end_honour.on')} required type="date" value={on} onChange={setOn} />
    </FormDialog>
  )
}
