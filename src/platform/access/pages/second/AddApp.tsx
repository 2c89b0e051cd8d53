/** Setting up an authenticator app: its secret as a picture and as letters, then its first code. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { Qr } from '../../../../ui/Qr.tsx'
import { SECURITY, useAccess } from '../accounts.ts'
import '../accounts.css'

export function AddApp({
  onAdded,
  onClose,
}: {
  onAdded: (codes: string[] | null) => Promise<void>
  onClose: () => void
}) {
  const t = useWords('access')
  const ui = useWords('ui')
  const access = useAccess()
  const form = useId()
  const [name, setName] = useState(t('security.app_name'))
  const [code, setCode] = useState('')
  const [begun, setBegun] = useState<{ id: string; secret: string; uri: string } | null>(null)
  const begin = useAct(access.beginApp, { quiet: true })
  const confirm = useAct(access.confirmApp, { quiet: true, done: t('security.app_added'), refresh: [SECURITY] })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!begun) {
      setBegun((await begin.run({ name: name.trim() })) ?? null)
      return
    }
    const answer = await confirm.run({ id: begun.id, code: code.trim() })
    if (answer) await onAdded(answer.codes)
    else setCode('')
  }
  const error = begin.error ?? confirm.error
  return (
    <Dialog
      open
      title={t('security.add_app')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={begin.busy || confirm.busy}>
            {t(begun ? 'security.switch_on' : 'second.go_on')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        {begun ? (
          <>
            <p>{t('security.scan')}</p>
            <Qr text={begun.uri} label={t('security.scan')} size={200} />
            <p className="q-quiet">{t('security.type')}</p>
            <code className="access-secret">{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
            <TextField
              label={t('second.code')}
              hint={t('second.code_hint')}
              required
              value={code}
              onChange={setCode}
              inputMode="numeric"
              autoComplete="one-time-code"
              minLength={6}
              maxLength={7}
            />
          </>
        ) : (
          <>
            <p>{t('security.apps_text')}</p>
            <TextField label={t('security.name')} required maxLength={40} value={name} onChange={setName} />
          </>
        )}
        {error ? <Failure error={error} /> : null}
      </form>
    </Dialog>
  )
}
