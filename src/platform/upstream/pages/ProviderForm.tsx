/** A provider entered or changed: tried before it is kept, so that what is wrong is known before anybody is sent there. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import type { directoryContract } from '../../directory/contract.ts'
import type { Provider } from '../contract.ts'
import { PROVIDERS, useUpstream } from './upstream.ts'

type Given = {
  kind: 'oidc' | 'cas'
  name: string
  nameEn: string
  key: string
  address: string
  casVersion: '2' | '3'
  clientId: string
  secret: string
  scopes: string
  secondValues: string
  orgId: string
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** The tops of the scope and what is directly below a city. */
function useOrgs() {
  const directory = useClient<typeof directoryContract>('directory')
  const { data = [] } = useQuery({
    queryKey: ['upstream', 'orgs'],
    queryFn: async () => {
      const roots = await directory.tree({})
      const cities = roots.filter(({ kind }) => kind === 'municipality')
      const below = await Promise.all(cities.map(({ id }) => directory.tree({ parentId: id })))
      return [...roots, ...below.flat()].map(({ id, shortName }) => ({ value: id, label: shortName }))
    },
    staleTime: 300_000,
  })
  return data
}

const begun = (held: Provider | null): Given => ({
  kind: held?.kind ?? 'oidc',
  name: held?.name ?? '',
  nameEn: held?.nameEn ?? '',
  key: held?.key ?? '',
  address: held?.address ?? '',
  casVersion: held?.casVersion === 2 ? '2' : '3',
  clientId: held?.clientId ?? '',
  secret: '',
  scopes: held?.scopes.filter((scope) => scope !== 'openid').join(' ') ?? 'profile',
  secondValues: held?.secondValues.join(' ') ?? '',
  orgId: held?.orgId ?? '',
})

export function ProviderForm({ held, onClose }: { held: Provider | null; onClose: () => void }) {
  const t = useWords('upstream')
  const upstream = useUpstream()
  const orgs = useOrgs()
  const [given, setGiven] = useState(begun(held))
  const set = (key: keyof Given) => (value: string) => setGiven((was) => ({ ...was, [key]: value }))
  const orgId = given.orgId || orgs[0]?.value || ''
  const oidc = given.kind === 'oidc'
  const entered = {
    name: given.name.trim(),
    nameEn: given.nameEn.trim() || null,
    address: given.address.trim(),
    clientId: oidc ? given.clientId.trim() : null,
    ...(oidc && given.secret !== '' ? { secret: given.secret } : {}),
    scopes: oidc ? words(given.scopes) : [],
    casVersion: oidc ? null : given.casVersion === '2' ? (2 as const) : (3 as const),
    secondValues: words(given.secondValues),
  }
  const act = useAct(
    async () => {
      if (held) await upstream.changeProvider({ providerId: held.id, revision: held.revision, ...entered })
      else await upstream.addProvider({ key: given.key.trim(), kind: given.kind, orgId, ...entered })
      return {}
    },
    { refresh: [PROVIDERS], quiet: true, done: t(held ? 'providers.changed' : 'providers.added') },
  )
  const plain = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const
  return (
    <FormDialog
      title={t(held ? 'providers.edit' : 'providers.add')}
      submit={t(held ? 'providers.save' : 'providers.add')}
      act={act}
      input={() => (orgId ? {} : null)}
      onClose={onClose}
    >
      {!held && (
        <SelectField
          label={t('provider.kind')}
          value={given.kind}
          onChange={set('kind')}
          choices={[
            { value: 'oidc', label: t('provider.kind_oidc') },
            { value: 'cas', label: t('provider.kind_cas') },
          ]}
        />
      )}
      <TextField
        label={t(oidc ? 'provider.issuer' : 'provider.cas_address')}
        hint={t(oidc ? 'provider.issuer_hint' : 'provider.cas_address_hint')}
        required
        maxLength={500}
        inputMode="url"
        {...plain}
        value={given.address}
        onChange={set('address')}
      />
      <Try kind={given.kind} address={given.address.trim()} />
      {oidc ? (
        <>
          <TextField
            label={t('provider.client_id')}
            required
            maxLength={200}
            {...plain}
            value={given.clientId}
            onChange={set('clientId')}
          />
          <TextField
            label={t('provider.secret')}
            hint={t(held?.hasSecret ? 'provider.secret_keep' : 'provider.secret_hint')}
            required={false}
            type="password"
            maxLength={500}
            {...plain}
            autoComplete="new-password"
            value={given.secret}
            onChange={set('secret')}
          />
          <TextField
            label={t('provider.scopes')}
            hint={t('provider.scopes_hint')}
            required={false}
            {...plain}
            value={given.scopes}
            onChange={set('scopes')}
          />
        </>
      ) : (
        <SelectField
          label={t('provider.cas_version')}
          value={given.casVersion}
          onChange={set('casVersion')}
          choices={[
            { value: '3', label: t('provider.cas_3') },
            { value: '2', label: t('provider.cas_2') },
          ]}
        />
      )}
      <TextField
        label={t('provider.name')}
        hint={t('provider.name_hint')}
        required
        maxLength={40}
        value={given.name}
        onChange={set('name')}
      />
      <TextField
        label={t('provider.name_en')}
        required={false}
        maxLength={60}
        value={given.nameEn}
        onChange={set('nameEn')}
      />
      {!held && (
        <>
          <TextField
            label={t('provider.key')}
            hint={t('provider.key_hint')}
            required
            pattern="[a-z][a-z0-9\-]{1,30}"
            {...plain}
            value={given.key}
            onChange={set('key')}
          />
          <SelectField label={t('provider.org')} value={orgId} onChange={set('orgId')} choices={orgs} />
        </>
      )}
      <TextField
        label={t('provider.second')}
        hint={t('provider.second_hint')}
        required={false}
        {...plain}
        value={given.secondValues}
        onChange={set('secondValues')}
      />
    </FormDialog>
  )
}

/** Asks the provider what it offers: what came of it stands until the address is another. */
function Try({ kind, address }: { kind: 'oidc' | 'cas'; address: string }) {
  const t = useWords('upstream')
  const f = useFormat()
  const upstream = useUpstream()
  const [asked, setAsked] = useState<{ of: string; says: string } | null>(null)
  const act = useAct(upstream.tryProvider, { quiet: true })
  const tryIt = async () => {
    const answer = await act.run({ kind, address })
    if (!answer) return setAsked(null)
    const { pkce, issuerNamed, leadsTo } = answer
    const more = [
      t('provider.try_ok', { where: leadsTo }),
      pkce !== null && t(pkce ? 'provider.try_pkce' : 'provider.try_no_pkce'),
      issuerNamed !== null && t(issuerNamed ? 'provider.try_issuer' : 'provider.try_no_issuer'),
    ]
    setAsked({ of: address, says: f.dotted(more) })
  }
  return (
    <div className="upstream-try">
      <Button small icon="refresh" busy={act.busy} disabled={address === ''} onClick={() => void tryIt()}>
        {t('provider.try')}
      </Button>
      {act.error ? <Failure error={act.error} /> : null}
      {asked?.of === address && !act.error && <Notice tone="done">{asked.says}</Notice>}
    </div>
  )
}
