/** Between a platform and the product: whoever comes from a platform signs in, sees what it will learn, and goes back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { PasswordField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { Empty, Failure, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useReenter } from '../../../ui/reenter.ts'
import { useSession } from '../../../ui/session.tsx'
import type { accessContract } from '../../access/contract.ts'
import type { Asked } from '../contract.ts'
import { knock, leaveFor } from './doors.ts'
import { Face } from './Face.tsx'
import { Gets } from './Gets.tsx'
import './sso.css'

export default function Connect() {
  const uid = usePathPart('uid')
  const question = useQuery({
    queryKey: ['sso', 'connect', uid],
    queryFn: () => knock<Asked>(`interaction/${uid}`),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return (
    <div className="sso-door">
      <Answer of={question} height={320}>
        {(asked) => <Step asked={asked} uid={uid} />}
      </Answer>
    </div>
  )
}

function Step({ asked, uid }: { asked: Asked; uid: string }) {
  const t = useWords('sso')
  const navigate = useNavigate()
  const { step } = asked
  const to = step === 'over' ? asked.to : null
  useEffect(() => {
    if (to) leaveFor(to)
    else if (step === 'sign_in')
      void navigate({ to: '/sign-in', search: { back: `/connect/${uid}` } as never, replace: true })
    else if (step === 'held') void navigate({ to: '/account', replace: true })
  }, [to, step, uid, navigate])
  if (step === 'ask') return <Ask asked={asked} uid={uid} />
  if (step === 'again') return <Again uid={uid} />
  if (step === 'lost')
    return (
      <>
        <PageHead title={t('connect.lost')} />
        <Empty title={t('connect.lost_text')} act={<ButtonLink to="/apps">{t('apps.title')}</ButtonLink>} />
      </>
    )
  return <PageHead title={t('connect.on_the_way')} />
}

function Ask({ asked, uid }: { asked: Extract<Asked, { step: 'ask' }>; uid: string }) {
  const t = useWords('sso')
  const locale = useLocale()
  const session = useSession()
  const [busy, setBusy] = useState<'yes' | 'no' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const { platform, gets, offline } = asked
  const name = locale === 'en' && platform.nameEn ? platform.nameEn : platform.name
  const duty = platform.basis === 'duty'
  const answer = async (allowed: boolean) => {
    if (busy) return
    setBusy(allowed ? 'yes' : 'no')
    try {
      leaveFor((await knock<{ to: string }>(`interaction/${uid}`, { allowed })).to)
    } catch (failure) {
      setError(failure)
      setBusy(null)
    }
  }
  return (
    <>
      <div className="sso-between">
        <Face {...platform} large />
        <PageHead
          title={t('connect.title', { name })}
          subtitle={t('connect.operator', { operator: platform.operator })}
        />
      </div>
      <p>{t('connect.purpose', { purpose: platform.purpose })}</p>
      {duty && <Notice>{t('connect.duty', { basis: platform.basisText })}</Notice>}
      <section aria-label={t('connect.gets')}>
        <h2>{t('connect.gets')}</h2>
        <Gets gets={gets} />
      </section>
      {offline && <Notice tone="wait">{t('connect.offline')}</Notice>}
      {error !== null && <Failure error={error} />}
      <div className="sso-acts">
        <Button look="primary" busy={busy === 'yes'} onClick={() => void answer(true)}>
          {t(duty ? 'connect.go_on' : 'connect.allow')}
        </Button>
        <Button busy={busy === 'no'} onClick={() => void answer(false)}>
          {t('connect.refuse')}
        </Button>
      </div>
      <p className="q-quiet">
        {session && t('connect.as', { name: session.account.name, login: session.account.login })}
        {locale === 'en' && ' '}
        {t(duty ? 'connect.seen_later' : 'connect.taken_back')}
      </p>
    </>
  )
}

/** A platform may want to be sure who sits there now. */
function Again({ uid }: { uid: string }) {
  const t = useWords('sso')
  const access = useWords('access')
  const reenter = useReenter()
  const { confirm, signOut } = useClient<typeof accessContract>('access')
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const said = useAct(confirm, { quiet: true })
  const leave = useAct(signOut)
  const again = async (event: FormEvent) => {
    event.preventDefault()
    if (said.busy || password === '') return
    setPassword('')
    if (await said.run(/^\d{6}$/.test(password) ? { code: password } : { password }))
      await queries.invalidateQueries({ queryKey: ['sso', 'connect', uid] })
  }
  const other = async () => {
    if (await leave.run(undefined)) await reenter(`/sign-in?back=${encodeURIComponent(`/connect/${uid}`)}`)
  }
  return (
    <form className="sso-door" onSubmit={(event) => void again(event)}>
      <PageHead title={t('connect.again')} />
      <p>{t('connect.again_text')}</p>
      <PasswordField
        label={access('password')}
        hint={t('connect.again_hint')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      {said.error ? <Failure error={said.error} /> : null}
      <div className="sso-acts">
        <Button type="submit" look="primary" busy={said.busy}>
          {t('connect.again_act')}
        </Button>
        <Button look="quiet" busy={leave.busy} onClick={() => void other()}>
          {t('connect.again_other')}
        </Button>
      </div>
    </form>
  )
}
