/** Takes an application back, at any time before it has ended. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { type ApplicationPage, type Applying, CHANGED } from './applying.ts'

export function Withdraw({ page, applying }: { page: ApplicationPage; applying: Applying }) {
  const t = useWords('cases')
  const say = useBilingual()
  const [open, setOpen] = useState(false)
  const withdraw = useAct(applying.withdrawApplication, {
    quiet: true,
    done: t('applications.withdrawn'),
    refresh: CHANGED,
  })
  if (!page.withdrawable) return null
  const close = () => {
    withdraw.reset()
    setOpen(false)
  }
  return (
    <div className="app-withdraw">
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t('applications.withdraw')}
      </Button>
      {open && (
        <ConfirmWithReason
          open
          danger
          title={t('applications.withdraw')}
          confirm={t('applications.withdraw_confirm')}
          reason="optional"
          reasonHint={t('applications.withdraw_hint')}
          busy={withdraw.busy}
          error={withdraw.error}
          onConfirm={async (words) => {
            if (await withdraw.run({ applicationId: page.id, ...(words ? { words } : {}) })) close()
          }}
          onClose={close}
        >
          <p>{t('applications.withdraw_what', { title: say(page.call.title) })}</p>
        </ConfirmWithReason>
      )}
    </div>
  )
}
