/** Asks that somebody be let in again who lost their second factor, or the password of an office; another person decides. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { type Account, isOfficer, RECOVERIES, useAccess } from '../accounts.ts'

const LOST = ['factor', 'password'] as const

export function AskRecovery({ account }: { account: Account }) {
  const t = useWords('access')
  const [asking, setAsking] = useState(false)
  const office = isOfficer(account)
  const [lost, setLost] = useState<(typeof LOST)[number]>(office ? 'password' : 'factor')
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
            void ask.run({ accountId: account.id, lost, reason }).then((done) => done && setAsking(false))
          }
        >
          {office && (
            <SelectField
              label={t('recovery.lost')}
              value={lost}
              onChange={(value) => setLost(value as (typeof LOST)[number])}
              choices={LOST.map((value) => ({ value, label: t(`recovery.lost_${value}`) }))}
            />
          )}
          <p>{t(lost === 'password' ? 'recovery.ask_text_password' : 'recovery.ask_text')}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
