/** Acts on an organisation: open one under it, rename it, close it. Codes stay, histories stay, nothing is deleted. */
import { useState } from 'react'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ALL, type Organisation, useDirectory, useToday } from './directory.ts'

export type OrgDialog = {
  org: Pick<Organisation, 'id' | 'name' | 'shortName' | 'nameEn' | 'people'>
  onClose: () => void
}

/** State's code table of school types, in its order. */
const SCHOOL_TYPES = [
  '111', '211', '218', '311', '312', '341', '342', '345', '361', '371', '511', '512', '513', '514',
] as const // biome-ignore format: a table of codes

export function AddDialog({ org, onClose }: OrgDialog) {
  const t = useWords('directory')
  const [kind, setKind] = useState<'school' | 'institution' | 'department'>('school')
  const [schoolType, setSchoolType] = useState('')
  const [name, setName] = useState('')
  const [shortName, setShortName] = useState('')
  const [nameEn, setNameEn] = useState('')
  const [code, setCode] = useState('')
  const [from, setFrom] = useState<string>(useToday())
  const act = useAct(useDirectory().addOrganisation, { done: t('add.done', { name }), refresh: [ALL], quiet: true })
  return (
    <FormDialog
      title={t('add.title', { name: org.shortName })}
      submit={t('add.act')}
      act={act}
      onClose={onClose}
      input={() => ({
        parentId: org.id,
        kind,
        name: name.trim(),
        shortName: shortName.trim(),
        from,
        ...(kind === 'school' && schoolType ? { schoolType } : {}),
        ...(nameEn.trim() ? { nameEn: nameEn.trim() } : {}),
        ...(code.trim() ? { code: code.trim() } : {}),
      })}
    >
      <div className="dir-field-row">
        <SelectField
          label={t('kind')}
          required
          value={kind}
          onChange={(value) => setKind(value as typeof kind)}
          choices={(['school', 'institution', 'department'] as const).map((value) => ({
            value,
            label: t(`kind.${value}`),
          }))}
        />
        {kind === 'school' && (
          <SelectField
            label={t('school_type')}
            required
            placeholder={t('choose')}
            value={schoolType}
            onChange={setSchoolType}
            choices={SCHOOL_TYPES.map((value) => ({ value, label: t(`school_type.${value}`) }))}
          />
        )}
      </div>
      <TextField label={t('full_name')} required minLength={2} maxLength={80} value={name} onChange={setName} />
      <TextField
        label={t('short_name')}
        required
        minLength={2}
        maxLength={40}
        value={shortName}
        onChange={setShortName}
      />
      <TextField label={t('name_en')} required={false} maxLength={120} value={nameEn} onChange={setNameEn} />
      <div className="dir-field-row">
        <TextField
          label={t('code')}
          required={false}
          hint={t('code_hint')}
          maxLength={20}
          value={code}
          onChange={setCode}
        />
        <TextField label={t('opened_on')} required type="date" value={from} onChange={setFrom} />
      </div>
    </FormDialog>
  )
}

export function RenameDialog({ org, onClose }: OrgDialog) {
  const t = useWords('directory')
  const [name, setName] = useState(org.name)
  const [shortName, setShortName] = useState(org.shortName)
  const [nameEn, setNameEn] = useState(org.nameEn ?? '')
  const act = useAct(useDirectory().renameOrganisation, { done: t('rename.done'), refresh: [ALL], quiet: true })
  return (
    <FormDialog
      title={t('rename.title', { name: org.shortName })}
      submit={t('rename.act')}
      act={act}
      onClose={onClose}
      input={() => ({
        orgId: org.id,
        name: name.trim(),
        shortName: shortName.trim(),
        nameEn: nameEn.trim() || null,
      })}
    >
      <TextField label={t('full_name')} required minLength={2} maxLength={80} value={name} onChange={setName} />
      <TextField
        label={t('short_name')}
        required
        minLength={2}
        maxLength={40}
        value={shortName}
        onChange={setShortName}
      />
      <TextField label={t('name_en')} required={false} maxLength={120} value={nameEn} onChange={setNameEn} />
    </FormDialog>
  )
}

export function CloseDialog({ org, onClose }: OrgDialog) {
  const t = useWords('directory')
  const [on, setOn] = useState<string>(useToday())
  const act = useAct(useDirectory().closeOrganisation, { done: t('close.done'), refresh: [ALL], quiet: true })
  return (
    <FormDialog
      title={t('close.title', { name: org.shortName })}
      submit={t('close.act')}
      danger
      act={act}
      onClose={onClose}
      input={() => ({ orgId: org.id, on })}
    >
      <Notice tone="wait">{org.people > 0 ? t('close.people', { n: org.people }) : t('close.note')}</Notice>
      <TextField label={t('closed_on')} required type="date" value={on} onChange={setOn} />
    </FormDialog>
  )
}
