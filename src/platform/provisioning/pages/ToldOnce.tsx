/** What is shown this once: a token, or the secret that signs. */
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import './integrations.css'

export type Told = { label: string; text: string; note?: string | undefined }

export function ToldOnce({ told: { label, text, note }, onClose }: { told: Told; onClose: () => void }) {
  const t = useWords('provisioning')
  return (
    <Dialog
      open
      title={t('made.title')}
      onClose={onClose}
      acts={
        <Button look="primary" onClick={onClose}>
          {t('made.noted')}
        </Button>
      }
    >
      <div className="q-stack">
        <p className="q-quiet">{label}</p>
        <div className="integrations-code">{text}</div>
        <Notice tone="wait">{t('made.once')}</Notice>
        {note && <p>{note}</p>}
      </div>
    </Dialog>
  )
}
