/** Recovery codes, shown this once: on paper they get somebody in who has lost everything else. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import '../accounts.css'

export function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useWords('access')
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Dialog
      open
      title={t('security.codes')}
      onClose={onClose}
      acts={
        <>
          <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
            {t(copied ? 'initial.copied' : 'initial.copy')}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t('security.codes_kept')}
          </Button>
        </>
      }
    >
      <div className="q-stack">
        <Notice tone="wait">{t('security.codes_once')}</Notice>
        <ol className="access-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p className="q-quiet" role="status">
          {copied === false && t('initial.copy_failed')}
        </p>
      </div>
    </Dialog>
  )
}
