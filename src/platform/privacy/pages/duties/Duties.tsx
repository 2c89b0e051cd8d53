/** The duties of whoever handles personal data: assessments of impact, and what is done when data leaked. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import '../privacy.css'
import { Assessments } from './Assessments.tsx'
import { Incidents } from './Incidents.tsx'

export default function Duties() {
  const t = useWords('privacy')
  const { part } = useSearch({ strict: false }) as { part?: string }
  const navigate = useNavigate()
  return (
    <>
      <PageHead title={t('duties.title')} subtitle={t('duties.subtitle')} />
      <Tabs
        label={t('duties.title')}
        value={part ?? 'assessments'}
        onChange={(key) => void navigate({ search: { part: key } as never, replace: true })}
        items={[
          { key: 'assessments', label: t('duties.assessments'), content: <Assessments /> },
          { key: 'incidents', label: t('duties.incidents'), content: <Incidents /> },
        ]}
      />
    </>
  )
}
