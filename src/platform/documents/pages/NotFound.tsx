/** No such paper: a mistyped code and an invented one look the same, so it says how to tell. */
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import './verify.css'

export function NotFound({ code }: { code: string }) {
  const t = useWords('documents')
  return (
    <article className="verify-paper verify-none">
      <header>
        <span className="verify-sign">
          <Icon name="alert" size={30} />
        </span>
        <div>
          <h2>{t('verify.none')}</h2>
          <p className="verify-code">{code}</p>
        </div>
      </header>
      <ul>
        <li>{t('verify.none_typed')}</li>
        <li>{t('verify.none_scan')}</li>
        <li>{t('verify.none_issuer')}</li>
      </ul>
    </article>
  )
}
