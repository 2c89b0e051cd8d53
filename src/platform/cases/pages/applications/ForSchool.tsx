/** For which organisation one acts here: the one where one is clerk or principal; of several one is chosen. */
import type { ReactNode } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { orgNameIn, useSignedIn } from '../../../../ui/session.tsx'
import { WhoseContext } from './applying.ts'

const ACTING = new Set(['clerk', 'principal'])

export function ForSchool({ children }: { children: (org: string, choosing: ReactNode) => ReactNode }) {
  const t = useWords('cases')
  const { locale } = useFormat()
  const { roles } = useSignedIn()
  const [search, change] = useAddress()
  const orgs = [...new Map(roles.filter(({ role }) => ACTING.has(role)).map((org) => [org.orgId, org])).values()]
  const org = orgs.find(({ orgId }) => orgId === one(search.org)) ?? orgs[0]
  if (!org) return <Empty icon="building" title={t('applications.no_school')} />
  const choosing = orgs.length > 1 && (
    <SelectField
      label={t('applications.school')}
      value={org.orgId}
      onChange={(orgId) => change({ org: orgId })}
      choices={orgs.map((each) => ({ value: each.orgId, label: orgNameIn(locale, each) }))}
    />
  )
  return <WhoseContext value={{ orgId: org.orgId }}>{children(orgNameIn(locale, org), choosing)}</WhoseContext>
}
