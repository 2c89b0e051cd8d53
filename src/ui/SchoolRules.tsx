/** The rules about a school that apply to it, how each comes out, and why. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Outcomes, policyContract } from '../platform/policy/contract.ts'
import { Answer } from './Answer.tsx'
import { Card } from './Card.tsx'
import { useClient } from './client.tsx'
import { Sheet } from './Dialog.tsx'
import { useBilingual, useWords } from './i18n.tsx'
import { OutcomeRows } from './OutcomeRows.tsx'
import { WhySchool } from './WhySchool.tsx'

export function SchoolRules({ orgId }: { orgId: string }) {
  const t = useWords('ui')
  const say = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const [asking, setAsking] = useState<Outcomes['rows'][number] | null>(null)
  const found = useQuery({ queryKey: ['policy', 'outcomes', orgId], queryFn: () => policy.outcomes({ orgId }) })
  return (
    <Answer of={found} height={120}>
      {({ rows }) => {
        const applying = rows.filter(({ outcome }) => outcome !== 'exempt')
        if (applying.length === 0) return null
        return (
          <Card title={t('outcome.of_school')} flush>
            <OutcomeRows rows={applying} label={t('outcome.of_school')} onOpen={setAsking} />
            {asking && (
              <Sheet open title={say(asking.title)} onClose={() => setAsking(null)}>
                <WhySchool set={asking.set} orgId={orgId} status={asking.nature === 'status'} />
              </Sheet>
            )}
          </Card>
        )
      }}
    </Answer>
  )
}
