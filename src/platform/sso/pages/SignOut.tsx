/** A platform sent somebody here to sign out: it is done once they say so, everywhere at once. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { knock, leaveFor } from './doors.ts'
import './sso.css'

export default function SignOut() {
  const t = useWords('sso')
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const leave = async () => {
    setBusy(true)
    try {
      const { to } = await knock<{ to: string }>('sign-out', {})
      queries.clear()
      leaveFor(to)
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <div className="sso-door">
      <PageHead title={t('sign_out.title')} />
      <p>{t('sign_out.text')}</p>
      {error !== null && <Failure error={error} />}
      <div className="sso-acts">
        <Button look="primary" busy={busy} onClick={() => void leave()}>
          {t('sign_out.act')}
        </Button>
        <ButtonLink to="/">{t('sign_out.stay')}</ButtonLink>
      </div>
    </div>
  )
}
