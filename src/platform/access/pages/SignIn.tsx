/** The door of the house: login name and password, a second step where there is one, then on to where the person wanted to go. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, Suspense, useState } from 'react'
import { one, ownPath, useAddress } from '../../../ui/address.ts'
import { Button, TextLink } from '../../../ui/Button.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { PasswordField, TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useReenter } from '../../../ui/reenter.ts'
import type { accessContract } from '../contract.ts'
import './access.css'
import { Doors } from './elsewhere/Doors.tsx'
import { passkeysWork, showPasskey } from './second/passkey.ts'
import { type Entered, SecondStep, type Ways } from './second/SecondStep.tsx'

export default function SignIn() {
  const t = useWords('access')
  const access = useClient<typeof accessContract>('access')
  const reenter = useReenter()
  const [search] = useAddress()
  const back = one(search.back)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  // Whoever was vouched for elsewhere comes here for the second step.
  const [ways, setWays] = useState<Ways | null>(() => waysIn(one(search.second)))
  const [letBe, setLetBe] = useState(false)
  const signIn = useAct(access.signIn, { quiet: true })
  const byPasskey = useAct(access.signInByPasskey, { quiet: true })
  const error = signIn.error ?? byPasskey.error
  const goOn = async ({ second, mustChangePassword, mustAddSecond }: Entered) => {
    if (second) setWays(second)
    else await reenter(mustChangePassword ? '/account/password' : mustAddSecond ? '/account/security' : ownPath(back))
  }
  const enter = async (given: { login: string; password: string }) => {
    if (signIn.busy) return
    byPasskey.reset()
    setLetBe(false)
    const answer = await signIn.run(given)
    if (answer) await goOn(answer)
    setPassword('')
  }
  const passkeyAlone = async () => {
    signIn.reset()
    const shown = await showPasskey(await access.passkeyChallenge({ alone: true }))
    setLetBe(!shown)
    const answer = shown && (await byPasskey.run({ ...shown, alone: true }))
    if (answer) await goOn(answer)
  }
  const leave = async () => {
    await access.signOut().catch(() => {})
    setWays(null)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (login.trim() !== '' && password !== '') await enter({ login: login.trim(), password })
  }
  const missing = (value: string, key: string) => (tried && value === '' && !error ? t(key) : undefined)
  return (
    <div className="access-door">
      <div className="access-door-brand">
        <span className="q-mark" aria-hidden="true">
          师
        </span>
        <div>
          <b>{t('product')}</b>
          <p>{t('sign_in.motto')}</p>
        </div>
      </div>
      <PageHead title={t(ways ? 'second.title' : 'sign_in.title')} />
      {ways ? (
        <SecondStep ways={ways} onEntered={goOn} onBack={() => void leave()} />
      ) : (
        <>
          {back !== '' && !error && <Notice tone="wait">{t('sign_in.first')}</Notice>}
          <form onSubmit={(event) => void submit(event)} className="q-stack" noValidate>
            <TextField
              label={t('login')}
              error={missing(login.trim(), 'login_missing')}
              value={login}
              onChange={setLogin}
              required
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
            <PasswordField
              label={t('password')}
              error={missing(password, 'password_missing')}
              value={password}
              onChange={setPassword}
              autoComplete="current-password"
            />
            {error ? <Failure error={error} /> : null}
            <Button type="submit" look="primary" wide busy={signIn.busy}>
              {t('sign_in.act')}
            </Button>
          </form>
          {passkeysWork() && (
            <Button icon="key" wide busy={byPasskey.busy} onClick={() => void passkeyAlone()}>
              {t('sign_in.by_passkey')}
            </Button>
          )}
          {letBe && <Notice tone="wait">{t('second.let_be')}</Notice>}
          <Suspense fallback={null}>
            <Doors back={back} />
          </Suspense>
          <p className="q-quiet">{t('sign_in.forgotten')}</p>
          <TextLink to="/privacy">{t('sign_in.privacy')}</TextLink>
          <Demonstration onChoose={enter} />
        </>
      )}
    </div>
  )
}

function waysIn(text: string): Ways | null {
  if (text === '') return null
  const said = text.split(',')
  return { app: said.includes('app'), passkey: said.includes('passkey'), codes: said.includes('codes') }
}

/** In a demonstration the server offers its accounts; everywhere else it offers nothing and nothing is shown. */
function Demonstration({ onChoose }: { onChoose: (account: { login: string; password: string }) => Promise<void> }) {
  const t = useWords('access')
  const access = useClient<typeof accessContract>('access')
  const { data } = useQuery({ queryKey: ['access', 'door'], queryFn: () => access.door(), staleTime: 600_000 })
  if (!data?.demo) return null
  const word = (role: string) => (t.has(`role.${role}`) ? t(`role.${role}`) : role)
  return (
    <section className="access-demo" aria-label={t('door.title')}>
      <h2>{t('door.title')}</h2>
      <p>{t('door.text')}</p>
      <ul>
        {data.accounts.map(({ login, password, role, org }) => (
          <li key={login}>
            <button type="button" onClick={() => void onChoose({ login, password })}>
              <b>{word(role)}</b>
              <small>{org}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
