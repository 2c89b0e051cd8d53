/** Stands for a platform of the demonstration: what a real one would know now, and no more. */
import { one, useAddress } from '../../../ui/address.ts'
import { ButtonLink } from '../../../ui/Button.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './sso.css'

export default function There() {
  const t = useWords('sso')
  const [search] = useAddress()
  const refused = one(search.error) !== ''
  return (
    <div className="sso-door">
      <PageHead title={one(search.state) || t('there.title')} />
      <Notice tone={refused ? 'wait' : 'done'}>{t(refused ? 'there.refused' : 'there.entered')}</Notice>
      <p className="q-quiet">{t('there.text')}</p>
      <div className="sso-acts">
        <ButtonLink to="/apps">{t('apps.title')}</ButtonLink>
      </div>
    </div>
  )
}
