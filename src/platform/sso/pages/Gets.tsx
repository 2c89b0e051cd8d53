/** What a platform learns, scope by scope, with the actual values. */
import { useWords } from '../../../ui/i18n.tsx'
import type { Gets as Shown } from '../contract.ts'
import './sso.css'

type Value = Shown[number]['values'][number]['value']

export function Gets({ gets }: { gets: Shown }) {
  const t = useWords('sso')
  const access = useWords('access')
  const said = (claim: string, value: Value): string => {
    if (value === null) return t('gets.unknown')
    if (typeof value === 'string') return claim === 'locale' ? t(`locale.${value}`) : value
    const names = value.map(({ code, name }) =>
      claim === 'roles' && access.has(`role.${code}`) ? access(`role.${code}`) : name,
    )
    return names.join(t('gets.comma'))
  }
  return (
    <dl className="sso-gets">
      {gets.flatMap(({ values }) =>
        values.map(({ claim, value }) => (
          <div key={claim}>
            <dt>{t.has(`claim.${claim}`) ? t(`claim.${claim}`) : claim}</dt>
            <dd className={value === null ? 'q-quiet' : ''}>{said(claim, value)}</dd>
          </div>
        )),
      )}
    </dl>
  )
}
