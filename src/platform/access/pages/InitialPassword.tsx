/** An initial password, shown this once: whoever closes it without passing it on must reset it again. */
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'

export type Given = { login: string; name: string; password: string }

export function InitialPassword({ given, onClose }: { given: Given; onClose: () => void }) {
  const t = useWords('access')
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(given.password).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Dialog
      open
      title={t('initial.title', { name: given.name })}
      onClose={onClose}
      acts={
        <Button look="primary" onClick={onClose}>
          {t('initial.close')}
        </Button>
      }
    >
      <div className="q-stack">
        <Notice tone="wait">{t('initial.once')}</Notice>
        <dl className="access-initial">
          <dt>{t('login')}</dt>
          <dd>
            <code>{given.login}</code>
          </dd>
          <dt>{t('initial.password')}</dt>
          <dd>
            <code className="access-secret">{given.password}</code>
            <Button small icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
              {t(copied ? 'initial.copied' : 'initial.copy')}
            </Button>
          </dd>
        </dl>
        <p className="q-quiet" role="status">
          {copied === false && t('initial.copy_failed')}
        </p>
      </div>
    </Dialog>
  )
}
