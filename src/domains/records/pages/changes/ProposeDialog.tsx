/** On the phone: what is wrong or missing is put right by oneself, or for somebody who cannot, with a photograph; the school, or the district, confirms. */
import { type ChangeEvent, useRef, useState } from 'react'
import { Button, IconButton } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextAreaField } from '../../../../ui/Field.tsx'
import { FormDialog } from '../../../../ui/FormDialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { changedIn, ItemFields, startOf } from '../archive/ItemFields.tsx'
import { CHANGES, type Group, OWN, type Row, useItems } from '../archive/record.ts'
import { useRecords } from '../records.ts'

/** As the server takes it. */
const MOST_BYTES = 10 * 2 ** 20
const MOST_FILES = 6
type Evidence = { fileId: string; name: string }

export function ProposeDialog({
  group,
  row,
  remove,
  personId,
  onClose,
}: {
  group: Group
  row: Row | null
  remove: boolean
  /** For whom an office proposes it; absent: oneself. */
  personId?: string
  onClose: () => void
}) {
  const t = useWords('records')
  const say = useBilingual()
  const items = useItems()
  const records = useRecords()
  const start = row ? startOf(group, row.values) : {}
  const [values, setValues] = useState(start)
  const [reason, setReason] = useState('')
  const [files, setFiles] = useState<Evidence[]>([])
  const act = useAct(
    (input: Parameters<typeof records.propose>[0]) =>
      personId ? records.proposeFor({ ...input, personId }) : records.propose(input),
    { done: t(personId ? 'changes.proposed_for' : 'changes.proposed'), refresh: [CHANGES, OWN], quiet: true },
  )
  const kind = row ? (remove ? ('remove' as const) : ('correct' as const)) : ('add' as const)
  const needsEvidence = group.evidence === 'required' && !remove
  const [missing, setMissing] = useState(false)
  return (
    <FormDialog
      title={t(`changes.title.${kind}`, { group: say(group.title) })}
      submit={t('changes.send')}
      act={act}
      onClose={onClose}
      input={() => {
        setMissing(needsEvidence && files.length === 0)
        if (needsEvidence && files.length === 0) return null
        return {
          groupId: group.id,
          kind,
          ...(row?.version ? { rowId: row.id, version: row.version } : {}),
          values: remove ? {} : row ? changedIn(group, start, values) : values,
          ...(reason.trim() ? { reason: reason.trim() } : {}),
          evidence: files.map(({ fileId }) => fileId),
        }
      }}
    >
      {personId && <Notice>{t('changes.propose_for_note')}</Notice>}
      {remove && row ? (
        <Notice>{t('changes.remove_note', { item: items.headline(group, row.values) })}</Notice>
      ) : (
        <ItemFields group={group} values={values} stands={row?.values ?? {}} onChange={setValues} />
      )}
      <Photographs files={files} needed={needsEvidence} personId={personId} onChange={setFiles} />
      {missing && <Notice tone="alert" live title={t('changes.evidence_missing')} />}
      <TextAreaField
        label={t('changes.reason')}
        required={false}
        rows={2}
        maxLength={400}
        value={reason}
        onChange={setReason}
      />
      <p className="q-quiet">{t(group.confirm === 'district' ? 'changes.way_district' : 'changes.way_school')}</p>
    </FormDialog>
  )
}

function Photographs({
  files,
  needed,
  personId,
  onChange,
}: {
  files: readonly Evidence[]
  needed: boolean
  personId: string | undefined
  onChange: (files: Evidence[]) => void
}) {
  const t = useWords('records')
  const f = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const [large, setLarge] = useState<string | null>(null)
  const records = useRecords()
  const add = useAct(
    (input: { file: File }) => (personId ? records.addEvidenceFor({ ...input, personId }) : records.addEvidence(input)),
    { quiet: true },
  )
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    setLarge(file.size > MOST_BYTES ? file.name : null)
    const kept = file.size > MOST_BYTES ? undefined : await add.run({ file })
    if (kept) onChange([...files, kept])
    target.value = ''
  }
  return (
    <fieldset className="q-field rec-photos">
      <legend>{t(needed ? 'changes.evidence' : 'changes.evidence_welcome')}</legend>
      <p className="q-field-hint">{t('changes.evidence_hint', { size: f.bytes(MOST_BYTES) })}</p>
      <ul className="rec-files">
        {files.map(({ fileId, name }) => (
          <li key={fileId}>
            {name}
            <IconButton
              icon="trash"
              label={t('changes.drop_file', { name })}
              onClick={() => onChange(files.filter((file) => file.fileId !== fileId))}
            />
          </li>
        ))}
      </ul>
      {large && <Notice tone="alert" live title={t('changes.file_large', { name: large })} />}
      {add.error !== null && add.error !== undefined && <Failure error={add.error} />}
      {files.length < MOST_FILES && (
        <div>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/jpeg,image/png,application/pdf"
            aria-label={t('changes.take_photo')}
            onChange={(event) => void take(event)}
          />
          <Button icon="upload" busy={add.busy} onClick={() => input.current?.click()}>
            {t('changes.take_photo')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
