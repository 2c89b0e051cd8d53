/** An address that is told what happens: where, what and about whom. */
import { useState } from 'react'
import type { Act } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import type { EndpointRow, HolderRow } from '../contract.ts'
import { Checks } from './Checks.tsx'
import { OrgsField } from './OrgsField.tsx'
import './integrations.css'

export type Entered = { url: string; types: string[]; orgIds: string[] }

const USUAL = ['person.joined', 'person.moved', 'person.left']

export function EndpointForm<Input, Answer>({
  title,
  act,
  platforms,
  types,
  initial,
  input,
  onDone,
  onClose,
}: {
  title: string
  act: Act<Input, Answer>
  /** To choose from; absent where it is changed. */
  platforms?: readonly HolderRow[]
  types: readonly string[]
  initial?: EndpointRow
  input: (entered: Entered, platformId: string) => Input
  onDone?: (answer: Answer) => unknown
  onClose: () => void
}) {
  const t = useWords('provisioning')
  const only = platforms?.length === 1 ? platforms[0] : undefined
  const [platformId, setPlatform] = useState(initial?.platformId ?? only?.id ?? '')
  const [url, setUrl] = useState(initial?.url ?? '')
  const [chosen, setChosen] = useState<string[]>(initial?.types ?? USUAL)
  const [orgIds, setOrgs] = useState<string[]>(initial?.orgs.map(({ id }) => id) ?? (only ? [only.orgId] : []))
  const choose = (id: string) => {
    setPlatform(id)
    const platform = platforms?.find((one) => one.id === id)
    if (platform) setOrgs([platform.orgId])
  }
  return (
    <FormDialog
      title={title}
      submit={title}
      act={act}
      wide
      input={() =>
        platformId && chosen.length > 0 && orgIds.length > 0
          ? input({ url: url.trim(), types: chosen, orgIds }, platformId)
          : null
      }
      {...(onDone ? { onDone } : {})}
      onClose={onClose}
    >
      {(tried) => (
        <>
          {platforms && (
            <SelectField
              label={t('endpoint.platform')}
              required
              placeholder={t('make.choose')}
              value={platformId}
              onChange={choose}
              choices={platforms.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <TextField
            label={t('endpoint.url')}
            type="url"
            required
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            placeholder="https://"
            hint={t('endpoint.url_hint')}
            value={url}
            onChange={setUrl}
          />
          <Checks
            legend={t('endpoint.types')}
            value={chosen}
            onChange={setChosen}
            choices={types.map((value) => ({ value, label: t(`type.${value}`) }))}
          />
          <OrgsField value={orgIds} onChange={setOrgs} missing={tried && orgIds.length === 0} />
        </>
      )}
    </FormDialog>
  )
}
