/** Why a person's credits are enough or not: the requirement set of their authority, explained condition by condition. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { policyContract } from '../../../platform/policy/contract.ts'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Why } from '../../../ui/Why.tsx'

type Whom = { personId: string; name?: string; asOf?: string }

/** A button that opens the explanation beside the page. */
export function WhyCredits(whom: Whom) {
  const t = useWords('ui')
  const tt = useWords('training')
  const [open, setOpen] = useState(false)
  const title = whom.name ? tt('why.of', { name: whom.name }) : tt('why.credits')
  return (
    <>
      <Button small look="quiet" icon="info" aria-label={`${t('why.open')}: ${title}`} onClick={() => setOpen(true)}>
        {t('why.open')}
      </Button>
      <Sheet open={open} title={title} onClose={() => setOpen(false)}>
        <Explained {...whom} />
      </Sheet>
    </>
  )
}

function Explained({ personId, asOf }: Whom) {
  const policy = useClient<typeof policyContract>('policy')
  const ask = { set: 'training.credit.cycle', personId, ...(asOf ? { asOf } : {}) }
  const why = useQuery({ queryKey: ['policy', 'explain', ask], queryFn: () => policy.explain(ask) })
  return (
    <Answer of={why} height={160}>
      {(answer) => <Why answer={answer} />}
    </Answer>
  )
}
