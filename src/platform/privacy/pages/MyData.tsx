/** One’s own data: a copy of it, requests about it, who looked, and what was handed to whom. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ButtonLink } from '../../../ui/Button.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { Copies } from './Copies.tsx'
import { Looks } from './Looks.tsx'
import { OwnIncidents } from './OwnIncidents.tsx'
import { OwnRequests } from './OwnRequests.tsx'
import './privacy.css'
import { Sharings } from './Sharings.tsx'

export default function MyData() {
  const t = useWords('privacy')
  const { part } = useSearch({ strict: false }) as { part?: string }
  const navigate = useNavigate()
  return (
    <>
      <PageHead
        title={t('own.title')}
        subtitle={t('own.subtitle')}
        acts={
          <ButtonLink to="/privacy" icon="document">
            {t('own.notice')}
          </ButtonLink>
        }
      />
      <Tabs
        label={t('own.title')}
        value={part ?? 'looks'}
        onChange={(key) => void navigate({ search: { part: key } as never, replace: true })}
        items={[
          { key: 'looks', label: t('own.looks'), content: <Looks /> },
          { key: 'sharings', label: t('own.sharings'), content: <Sharings /> },
          { key: 'incidents', label: t('own.incidents'), content: <OwnIncidents /> },
          { key: 'requests', label: t('own.requests'), content: <OwnRequests /> },
          { key: 'copy', label: t('own.copy'), content: <Copies /> },
        ]}
      />
    </>
  )
}
