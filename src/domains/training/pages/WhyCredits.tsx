/** Why a person's credits are enough or not: the requirement set of their authority, explained condition by condition. */
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { WhyPerson } from '../../../ui/WhyPerson.tsx'

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
        <WhyPerson set="training.credit.cycle" personId={whom.personId} asOf={whom.asOf} />
      </Sheet>
    </>
  )
}
