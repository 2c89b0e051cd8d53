/** The second step at the door: a code of the app, a recovery code, or a passkey. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { useAccess } from '../accounts.ts'
import { passkeysWork, showPasskey } from './passkey.ts'

export type Ways = { app: boolean; passkey: boolean; codes: boolean }
export type Entered = { mustChangePassword: boolean; mustAddSecond: boolean; second: Ways | null }

export function SecondStep({
  ways,
  onEntered,
  onBack,
}: {
  ways: Ways
  onEntered: (entered: Entered) => Promise<void>
  onBack: () => void
}) {
  const t = useWords('access')
  const access = useAccess()
  const [byApp, setByApp] = useState(ways.app)
  const [code, setCode] = useState('')
  const [letBe, setLetBe] = useState(false)
  const complete = useAct(access.completeSignIn, { quiet: true })
  const passkey = useAct(access.signInByPasskey, { quiet: true })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (complete.busy || code.trim().length < 6) return
    const entered = await complete.run({ code: code.trim() })
    if (entered) await onEntered(entered)
    else setCode('')
  }
  const tryPasskey = async () => {
    const answer = await showPasskey(await access.passkeyChallenge({}))
    setLetBe(!answer)
    const entered = answer && (await passkey.run(answer))
    if (entered) await onEntered(entered)
  }
  const error = complete.error ?? passkey.error
  return (
    <div className="q-stack">
      <p>{t('second.ask')}</p>
      {ways.passkey && passkeysWork() && (
        <Button icon="key" wide busy={passkey.busy} onClick={() => void tryPasskey()}>
          {t('second.by_passkey')}
        </Button>
      )}
      {(ways.app || ways.codes) && (
        <form className="q-stack" onSubmit={(event) => void submit(event)} noValidate>
          <TextField
            key={String(byApp)}
            label={t(byApp ? 'second.code' : 'second.recovery_code')}
            hint={t(byApp ? 'second.code_hint' : 'second.recovery_hint')}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            autoCapitalize={byApp ? 'none' : 'characters'}
            inputMode={byApp ? 'numeric' : 'text'}
            spellCheck={false}
            autoFocus
          />
          <Button type="submit" look="primary" wide busy={complete.busy}>
            {t('second.go_on')}
          </Button>
        </form>
      )}
      {error ? <Failure error={error} /> : null}
      {letBe && <Notice tone="wait">{t('second.let_be')}</Notice>}
      <div className="access-acts">
        {ways.app && ways.codes && (
          <Button look="quiet" small onClick={() => setByApp(!byApp)}>
            {t(byApp ? 'second.use_recovery' : 'second.use_app')}
          </Button>
        )}
        <Button look="quiet" small onClick={onBack}>
          {t('second.back')}
        </Button>
      </div>
      <p className="q-quiet">{t('second.lost')}</p>
    </div>
  )
}
