/** A teacher's own applications, and what may be applied for. */
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { ApplicationLists } from './ApplicationLists.tsx'

export default function MyApplications() {
  const t = useWords('cases')
  return (
    <>
      <PageHead title={t('applications.mine')} />
      <ApplicationLists />
    </>
  )
}
