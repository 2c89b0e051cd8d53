/** A new token: for whom, about whom, what it may do and until when. */
import { useState } from 'react'
import { addDays, civilDate } from '../../../base/dates.ts'
import { useAct } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import type { HolderRow, TokenRow } from '../contract.ts'
import { Checks } from './Checks.tsx'
import { KEY, useProvisioning } from './integrations.ts'
import { OrgsField } from './OrgsField.tsx'
import type { Told } from './ToldOnce.tsx'
import './integrations.css'

const USUAL_DAYS = 180

export function MakeToken({
  holders,
  scopes,
  days,
  onMade,
  onClose,
}: {
  holders: readonly HolderRow[]
  scopes: readonly string[]
  days: number
  onMade: (told: Told) => void
  onClose: () => void
}) {
  const t = useWords('provisioning')
  const provisioning = useProvisioning()
  const today = civilDate(new Date(useSignedIn().clock.now))
  const [holderId, setHolder] = useState(holders.length === 1 ? holders[0]!.id : '')
  const holder = holders.find(({ id }) => id === holderId)
  const [name, setName] = useState('')
  const [orgIds, setOrgs] = useState<string[]>(holder ? [holder.orgId] : [])
  const [things, setThings] = useState<string[]>(['scim.read'])
  const [learns, setLearns] = useState<string[]>(['profile'])
  const [expiresOn, setExpires] = useState(addDays(today, Math.min(days, USUAL_DAYS)))
  const act = useAct(provisioning.makeToken, { done: t('tokens.made'), refresh: [KEY], quiet: true })
  const word = (scope: string) => (t.has(`scope.${scope}`) ? t(`scope.${scope}`) : scope)
  const choose = (id: string) => {
    setHolder(id)
    const chosen = holders.find((one) => one.id === id)
    if (chosen) setOrgs([chosen.orgId])
  }
  return (
    <FormDialog
      title={t('tokens.make')}
      submit={t('tokens.make')}
      act={act}
      wide
      input={() =>
        holder && orgIds.length > 0 && things.length > 0
          ? {
              holderId,
              kind: holder.kind,
              name: name.trim(),
              orgIds,
              things: things as TokenRow['things'],
              scopes: holder.kind === 'service' ? learns : [],
              expiresOn,
            }
          : null
      }
      onDone={({ token }) => onMade({ label: t('made.token'), text: token })}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <SelectField
            label={t('make.holder')}
            required
            placeholder={t('make.choose')}
            value={holderId}
            onChange={choose}
            choices={holders.map(({ id, name: called, kind }) => ({
              value: id,
              label: called,
              group: t(`kind.${kind}`),
            }))}
            {...(holder?.consent ? { hint: t('make.consent') } : {})}
          />
          <TextField label={t('token.name')} required maxLength={60} value={name} onChange={setName} />
          <OrgsField value={orgIds} onChange={setOrgs} missing={tried && orgIds.length === 0} />
          <Checks
            legend={t('token.things')}
            value={things}
            onChange={setThings}
            choices={[
              { value: 'scim.read', label: t('thing.scim.read') },
              { value: 'scim.write', label: t('thing.scim.write'), hint: t('thing.write_hint') },
            ]}
          />
          {holder?.kind === 'service' ? (
            <Checks
              legend={t('make.scopes')}
              value={learns}
              onChange={setLearns}
              choices={scopes.map((value) => ({ value, label: word(value) }))}
            />
          ) : (
            holder && (
              <p className="q-quiet">
                {t('make.scopes_platform', { scopes: holder.scopes.map(word).join(t('comma')) })}
              </p>
            )
          )}
          <TextField
            label={t('token.until')}
            type="date"
            required
            min={today}
            max={addDays(today, days)}
            hint={t('make.until_hint', { days })}
            value={expiresOn}
            onChange={setExpires}
          />
        </>
      )}
    </FormDialog>
  )
}
