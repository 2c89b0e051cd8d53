/** Asks whether it is still the same person, before an act that whoever finds an open screen must not be able to do. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { answerAgain } from '../../../../ui/again.ts'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { PasswordField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { SECURITY, useAccess } from '../accounts.ts'
import { passkeysWork, showPasskey } from './passkey.ts'

export default function Confirm() {
  const t = useWords('access')
  const ui = useWords('ui')
  const access = useAccess()
  const form = useId()
  const [given, setGiven] = useState('')
  const [letBe, setLetBe] = useState(false)
  const { data } = useQuery({ queryKey: SECURITY, queryFn: () => access.security() })
  const confirm = useAct(access.confirm, { quiet: true })
  const app = (data?.apps.length ?? 0) > 0
  const passkey = (data?.passkeys.length ?? 0) > 0
  const second = app || passkey
  const say = async (proof: Parameters<typeof access.confirm>[0]) => {
    if (await confirm.run(proof)) answerAgain(true)
    else setGiven('')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (given !== '' && !confirm.busy) void say(second ? { code: given } : { password: given })
  }
  const tryPasskey = async () => {
    const shown = await showPasskey(await access.passkeyChallenge({}))
    setLetBe(!shown)
    if (shown) await say({ passkey: shown })
  }
  return (
    <Dialog
      open
      title={t('confirm.title')}
      onClose={() => answerAgain(false)}
      acts={
        <>
          <Button onClick={() => answerAgain(false)}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={confirm.busy}>
            {t('confirm.act')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={submit} noValidate>
        <p>{t('confirm.why')}</p>
        {passkey && passkeysWork() && (
          <Button icon="key" onClick={() => void tryPasskey()}>
            {t('second.by_passkey')}
          </Button>
        )}
        {second ? (
          <TextField
            label={t(app ? 'second.code' : 'second.recovery_code')}
            hint={t('confirm.code_hint')}
            value={given}
            onChange={setGiven}
            autoComplete="one-time-code"
            spellCheck={false}
          />
        ) : (
          <PasswordField label={t('password')} value={given} onChange={setGiven} autoComplete="current-password" />
        )}
        {confirm.error ? <Failure error={confirm.error} /> : null}
        {letBe && <Notice tone="wait">{t('second.let_be')}</Notice>}
      </form>
    </Dialog>
  )
}
