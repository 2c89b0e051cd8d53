/** Asks that somebody who lost their second factor be let in again; another person decides. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { type Account, RECOVERIES, useAccess } from '../accounts.ts'

export function AskRecovery({ account }: { account: Account }) {
  const t = useWords('access')
  const [asking, setAsking] = useState(false)
  const ask = useAct(useAccess().askRecovery, { done: t('recovery.asked'), refresh: [RECOVERIES], quiet: true })
  return (
    <>
      <div>
        <Button onClick={() => setAsking(true)}>{t('recovery.ask')}</Button>
      </div>
      {asking && (
        <ConfirmWithReason
          open
          title={t('recovery.ask_title', { name: account.name })}
          confirm={t('recovery.ask')}
          reasonHint={t('recovery.reason_hint')}
          busy={ask.busy}
          error={ask.error}
          onClose={() => setAsking(false)}
          onConfirm={(reason) =>
            void ask.run({ accountId: account.id, reason }).then((done) => done && setAsking(false))
          }
        >
          <p>{t('recovery.ask_text')}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
