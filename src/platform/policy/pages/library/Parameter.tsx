/** One parameter: what holds where and who overrides whom, its history, and which rules and screens rest on it. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../../base/dates.ts'
import { Answer } from '../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../ui/address.ts'
import { Card } from '../../../../ui/Card.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import type { policyContract } from '../../contract.ts'
import { History } from './History.tsx'
import { Holds } from './Holds.tsx'
import { UsedBy } from './UsedBy.tsx'
import '../policy.css'

export default function Parameter() {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const id = usePathPart('parameter')
  const { clock, roles } = useSignedIn()
  const today = civilDate(new Date(clock.now))
  const orgId = roles[0]?.orgId
  const found = useQuery({
    queryKey: ['policy', 'parameter', id, orgId],
    queryFn: () => policy.parameter({ id, ...(orgId ? { orgId } : {}) }),
  })
  const back = { to: '/policy/library', label: t('library.back') }
  return (
    <Answer of={found} height={480}>
      {(page) => (
        <>
          <PageHead
            title={pick(page.title)}
            back={back}
            subtitle={
              <>
                <code className="pol-code">{page.id}</code>{' '}
                {f.dotted([t.has(`unit_name.${page.unit}`) && t(`unit_name.${page.unit}`)])}
              </>
            }
          />
          <div className="q-stack">
            <Card title={t('library.holds', { date: f.date(page.asOf) })}>
              <Holds page={page} />
            </Card>
            <Card title={t('library.history')}>
              <History page={page} today={today} />
            </Card>
            <UsedBy page={page} />
          </div>
        </>
      )}
    </Answer>
  )
}
