/** One application: to be written while it is with the applicant, to be followed afterwards. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { listPath, type ApplicationPage as Page, useApplication, useApplying } from './applying.ts'
import { Course } from './Course.tsx'
import { ApplicationState } from './states.tsx'
import './applications.css'
import { Writing } from './Writing.tsx'

export default function ApplicationPage() {
  const applicationId = usePathPart('applicationId')
  const found = useApplication(applicationId)
  // Read again by whoever was overtaken: the form begins anew with what is there now.
  const [reading, setReading] = useState(0)
  const readAgain = async () => {
    await found.refetch()
    setReading((nth) => nth + 1)
  }
  return (
    <Answer of={found} height={480}>
      {({ page, forOrg }) => (
        <Shown key={`${page.id} ${reading}`} page={page} forOrg={forOrg} onAgain={() => void readAgain()} />
      )}
    </Answer>
  )
}

function Shown({ page, forOrg, onAgain }: { page: Page; forOrg: boolean; onAgain: () => void }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const applying = useApplying(forOrg)
  return (
    <div className="app-page">
      <PageHead
        title={say(page.call.title)}
        subtitle={f.dotted([page.name, page.track && say(page.track.title)])}
        back={{ to: listPath(forOrg), label: t(forOrg ? 'applications.of_school' : 'applications.mine') }}
        tags={<ApplicationState state={page.state} />}
      />
      {page.editable ? (
        <Writing key={page.since} page={page} applying={applying} onAgain={onAgain} />
      ) : (
        <Course page={page} applying={applying} />
      )}
    </div>
  )
}
