/** A new password: of one's own will, or at the first sign-in because the initial one is known to somebody else. */
import { type FormEvent, useState } from 'react'
import { one, ownPath, useAddress } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { PasswordField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useReenter } from '../../../ui/reenter.ts'
import { useSignedIn } from '../../../ui/session.tsx'
import type { accessContract } from '../contract.ts'
import './access.css'

export default function ChangePassword() {
  const t = useWords('access')
  const access = useClient<typeof accessContract>('access')
  const { account } = useSignedIn()
  const reenter = useReenter()
  const [search] = useAddress()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const change = useAct(access.changePassword, { quiet: true, done: t('password.changed') })
  const differs = next !== again
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (change.busy || current === '' || next === '' || differs) return
    if (await change.run({ current, next })) await reenter(ownPath(one(search.back), '/account'))
  }
  return (
    <div className="access-narrow">
      <PageHead
        title={t('password.title')}
        {...(account.mustChangePassword ? {} : { back: { to: '/account', label: t('account.title') } })}
      />
      <form onSubmit={(event) => void submit(event)} className="q-stack" noValidate>
        {account.mustChangePassword && <Notice tone="wait" title={t('password.initial')} />}
        {/* Password keepers file the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={account.login} readOnly hidden />
        <PasswordField
          label={t('password.current')}
          error={tried && current === '' ? t('password_missing') : undefined}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
        />
        <PasswordField
          label={t('password.next')}
          hint={t('password.rule')}
          error={tried && next === '' ? t('password_missing') : undefined}
          value={next}
          onChange={setNext}
          autoComplete="new-password"
        />
        <PasswordField
          label={t('password.again')}
          error={tried && differs ? t('password.differs') : undefined}
          value={again}
          onChange={setAgain}
          autoComplete="new-password"
        />
        {change.error ? <Failure error={change.error} /> : null}
        <div>
          <Button type="submit" look="primary" busy={change.busy}>
            {t('password.act')}
          </Button>
        </div>
      </form>
    </div>
  )
}
