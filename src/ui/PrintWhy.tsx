/** Prints why a person or school meets a rule or not, as it is judged now or as a decision stood. */
import type { policyContract } from '../platform/policy/contract.ts'
import { Button } from './Button.tsx'
import { useAct, useClient } from './client.tsx'
import { useFormat, useWords } from './i18n.tsx'
import { saveFile } from './save-file.ts'

type PrintAsk = {
  set: string
  personId?: string
  /** Instead of a person. */
  orgId?: string
  asOf?: string | undefined
  /** As what was known on that day. */
  knownOn?: string | undefined
  decisionId?: string | undefined
  draftId?: string | undefined
  changes?: Record<string, unknown> | undefined
  changedAt?: string | undefined
  /** What the person stated. */
  given?: Record<string, unknown> | undefined
}

export function PrintWhy(ask: PrintAsk) {
  const t = useWords('ui')
  const { locale } = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const printing = useAct(policy.printExplanation)
  return (
    <Button
      small
      icon="print"
      busy={printing.busy}
      onClick={async () => {
        const file = await printing.run({ ...ask, locale })
        if (file) saveFile(file, 'why.pdf')
      }}
    >
      {t('why.print')}
    </Button>
  )
}
