/** A new passkey: a name here, then the dialog of the browser. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { SECURITY, useAccess } from '../accounts.ts'
import { makePasskey } from './passkey.ts'

export function AddPasskey({
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
  const [name, setName] = useState(t('security.passkey_name'))
  const [letBe, setLetBe] = useState(false)
  const begin = useAct(access.beginPasskey, { quiet: true })
  const add = useAct(access.addPasskey, { quiet: true, done: t('security.passkey_added'), refresh: [SECURITY] })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (begin.busy || add.busy) return
    const asked = await begin.run(undefined)
    if (!asked) return
    const made = await makePasskey(asked)
    setLetBe(!made)
    const answer = made && (await add.run({ ...made, name: name.trim() }))
    if (answer) await onAdded(answer.codes)
  }
  const error = begin.error ?? add.error
  return (
    <Dialog
      open
      title={t('security.add_passkey')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={begin.busy || add.busy}>
            {t('second.go_on')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <p>{t('security.passkeys_text')}</p>
        <TextField label={t('security.name')} required maxLength={40} value={name} onChange={setName} />
        {error ? <Failure error={error} /> : null}
        {letBe && <Notice tone="wait">{t('second.let_be')}</Notice>}
      </form>
    </Dialog>
  )
}
