/** What the people of a platform enter on their side; the secret is shown this once. */
import { useQuery } from '@tanstack/react-query'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useSso } from './platforms.ts'
import './sso.css'

export function Secret({
  clientId,
  secret,
  onClose,
}: {
  clientId: string
  secret: string | null
  onClose: () => void
}) {
  const t = useWords('sso')
  const sso = useSso()
  const offered = useQuery({ queryKey: ['sso', 'offered'], queryFn: () => sso.offered() })
  const rows: [string, string][] = [
    [t('keys.discovery'), offered.data?.discovery ?? ''],
    [t('platform.client_id'), clientId],
    ...(secret ? [[t('platform.secret'), secret] as [string, string]] : []),
  ]
  return (
    <Dialog
      open
      title={t('secret.title')}
      onClose={onClose}
      acts={
        <Button look="primary" onClick={onClose}>
          {t('secret.noted')}
        </Button>
      }
    >
      <div className="q-stack">
        {rows.map(([label, text]) => (
          <div key={label}>
            <p className="q-quiet">{label}</p>
            <div className="sso-secret">{text}</div>
          </div>
        ))}
        {secret && <Notice tone="wait">{t('secret.once')}</Notice>}
      </div>
    </Dialog>
  )
}
