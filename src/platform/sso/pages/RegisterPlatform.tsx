/** A new platform of the register. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { SelectField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import { PlatformForm } from './PlatformForm.tsx'
import { KEY, useSso } from './platforms.ts'
import { Secret } from './Secret.tsx'

export default function RegisterPlatform() {
  const t = useWords('sso')
  const sso = useSso()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const places = useSignedIn().roles.filter(({ role }) => role === 'administrator')
  const [orgId, setOrgId] = useState(places[0]?.orgId ?? '')
  const [made, setMade] = useState<Awaited<ReturnType<typeof sso.register>> | null>(null)
  return (
    <>
      <PageHead title={t('platforms.register')} back={{ to: '/platforms', label: t('platforms.title') }} />
      {places.length > 1 && (
        <SelectField
          label={t('platform.org')}
          value={orgId}
          onChange={setOrgId}
          choices={places.map((place) => ({ value: place.orgId, label: place.orgName }))}
        />
      )}
      <PlatformForm
        fresh
        submit={t('platforms.register')}
        onCancel={() => void navigate({ to: '/platforms' as '/' })}
        onSubmit={async (entered) => {
          setMade(await sso.register({ ...entered, orgId }))
          await queries.invalidateQueries({ queryKey: KEY })
        }}
      />
      {made && (
        <Secret
          clientId={made.clientId}
          secret={made.secret}
          onClose={() => void navigate({ to: `/platforms/${made.platformId}` as '/' })}
        />
      )}
    </>
  )
}
