/** Account safety: what should be looked at, recoveries that wait for a second person, roles taken in an emergency. */

import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useCan } from '../../../../ui/session.tsx'
import '../access.css'
import '../accounts.css'
import { Emergencies } from './Emergencies.tsx'
import { Recoveries } from './Recoveries.tsx'
import { Warnings } from './Warnings.tsx'

export default function Safety() {
  const t = useWords('access')
  const can = useCan()
  return (
    <div className="access-safety">
      <PageHead title={t('safety.title')} subtitle={t('safety.subtitle')} />
      {can('access.recovery.read') && <Recoveries />}
      {(can('access.emergency.read') || can('access.emergency.take')) && <Emergencies />}
      {can('access.security.read') && <Warnings />}
    </div>
  )
}
