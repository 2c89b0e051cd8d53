/** Corrects basic data: only what was changed, and never over what somebody else changed meanwhile. The identity number is never shown whole: left empty it stays as it is. */
import { useState } from 'react'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { ChangedMeanwhile } from './archive/KeepDialog.tsx'
import { standing, useGroups } from './archive/record.ts'
import { useCodes } from './codes.ts'
import { type PersonDialog, stale, useRecords, useToday } from './records.ts'

const SEXES = ['0', '1', '2', '9'] as const
type Sex = (typeof SEXES)[number]

export function CorrectDialog({ person, onClose }: PersonDialog) {
  const t = useWords('records')
  const codes = useCodes()
  const today = useToday()
  const [number, setNumber] = useState(person.number)
  const [name, setName] = useState(person.name)
  const [sex, setSex] = useState<Sex>(SEXES.find((code) => code === person.sex) ?? '0')
  const [birthDate, setBirthDate] = useState(person.birthDate ?? '')
  const [workSince, setWorkSince] = useState(person.workSince ?? '')
  const [idNumber, setIdNumber] = useState('')
  const act = useAct(useRecords().correct, {
    done: ({ login }) => (login ? t('correct.done_login', { login }) : t('correct.done')),
    refresh: stale(person.personId),
    quiet: true,
  })
  const changed = {
    ...(name.trim() === person.name ? {} : { name: name.trim() }),
    ...(number.trim() === person.number ? {} : { number: number.trim() }),
    ...(sex === person.sex ? {} : { sex }),
    ...(birthDate === (person.birthDate ?? '') ? {} : { birthDate: birthDate || null }),
  }
  const now = standing(act.error)
  const identity = useGroups().data?.find(({ id }) => id === 'identity')
  return (
    <FormDialog
      title={t('correct.act')}
      submit={t(now ? 'archive.over' : 'correct.submit')}
      act={act}
      onClose={onClose}
      input={() => ({
        personId: person.personId,
        version: now?.version ?? person.version,
        ...changed,
        ...(workSince && workSince !== person.workSince ? { workSince } : {}),
        ...(idNumber.trim() ? { idNumber: idNumber.trim() } : {}),
      })}
    >
      {now && identity && <ChangedMeanwhile group={identity} now={now.current} mine={changed} />}
      <div className="rec-field-row">
        <TextField label={t('name')} required value={name} onChange={setName} minLength={2} maxLength={40} />
        <TextField
          label={t('number')}
          required
          hint={t('correct.number_hint')}
          value={number}
          onChange={setNumber}
          maxLength={32}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div className="rec-field-row">
        <SelectField
          label={t('sex')}
          required
          value={sex}
          onChange={(value) => setSex(value as Sex)}
          choices={codes.choices('sex')}
        />
        <TextField
          label={t('birth_date')}
          required={false}
          type="date"
          max={today}
          value={birthDate}
          onChange={setBirthDate}
        />
      </div>
      <TextField
        label={t('work_since')}
        required={false}
        type="date"
        max={today}
        hint={t('work_since_hint')}
        value={workSince}
        onChange={setWorkSince}
      />
      <TextField
        label={t('id_number')}
        required={false}
        hint={person.idMasked ? t('correct.id_kept', { masked: person.idMasked }) : t('id_number_hint')}
        value={idNumber}
        onChange={setIdNumber}
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
      />
    </FormDialog>
  )
}
