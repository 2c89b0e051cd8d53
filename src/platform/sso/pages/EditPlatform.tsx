/** Changing what is registered. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { PlatformForm } from './PlatformForm.tsx'
import { KEY, useSso } from './platforms.ts'

export default function EditPlatform() {
  const t = useWords('sso')
  const sso = useSso()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const platformId = usePathPart('platformId')
  const platform = useQuery({ queryKey: [...KEY, platformId], queryFn: () => sso.platform({ platformId }) })
  const back = () => void navigate({ to: `/platforms/${platformId}` as '/' })
  return (
    <Answer of={platform} height={480}>
      {(held) => (
        <>
          <PageHead
            title={t('platforms.change')}
            subtitle={held.name}
            back={{ to: `/platforms/${platformId}`, label: held.name }}
          />
          <PlatformForm
            initial={held}
            submit={t('platforms.save')}
            onCancel={back}
            onSubmit={async ({ confidential: _, ...entered }) => {
              await sso.change({ ...entered, platformId, revision: held.revision })
              await queries.invalidateQueries({ queryKey: KEY })
              back()
            }}
          />
        </>
      )}
    </Answer>
  )
}
