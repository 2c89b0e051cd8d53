/** The end of a sign-in that began at a platform which has no page of its own for it. */
import { ButtonLink } from '../../../ui/Button.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './sso.css'

export default function SignedOut() {
  const t = useWords('sso')
  return (
    <div className="sso-door">
      <PageHead title={t('signed_out.title')} />
      <p>{t('signed_out.text')}</p>
      <div className="sso-acts">
        <ButtonLink to="/sign-in">{t('signed_out.again')}</ButtonLink>
      </div>
    </div>
  )
}
