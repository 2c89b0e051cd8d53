/** Applications of the organisation that one acts for. */
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { ApplicationLists } from './ApplicationLists.tsx'
import { ForSchool } from './ForSchool.tsx'

export default function SchoolApplications() {
  const t = useWords('cases')
  return (
    <ForSchool>
      {(org, choosing) => (
        <>
          <PageHead title={t('applications.of_school')} subtitle={org} />
          {choosing}
          <ApplicationLists />
        </>
      )}
    </ForSchool>
  )
}
