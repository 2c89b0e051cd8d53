/** A platform asked for what cannot be: said so that a teacher knows what to do and an administrator what to mend. */
import { one, useAddress } from '../../../ui/address.ts'
import { ButtonLink } from '../../../ui/Button.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './sso.css'

export default function Trouble() {
  const t = useWords('sso')
  const [search] = useAddress()
  const why = one(search.why)
  return (
    <div className="sso-door">
      <PageHead title={t('trouble.title')} />
      <Notice tone="alert">{t.has(`trouble.${why}`) ? t(`trouble.${why}`) : t('trouble.other')}</Notice>
      <p className="q-quiet">{t('trouble.code', { code: why || '—' })}</p>
      <div className="sso-acts">
        <ButtonLink to="/apps">{t('apps.title')}</ButtonLink>
      </div>
    </div>
  )
}
