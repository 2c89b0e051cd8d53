/** On the home page: the platforms that one enters with one click, those used last first; nothing where there are none. */
import { useQuery } from '@tanstack/react-query'
import { Card } from '../../../ui/Card.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { Face } from './Face.tsx'
import { useSso } from './platforms.ts'

const MOST = 6

export default function AppsCard() {
  const t = useWords('sso')
  const locale = useLocale()
  const sso = useSso()
  const { data = [] } = useQuery({ queryKey: ['sso', 'apps'], queryFn: () => sso.apps(), staleTime: 300_000 })
  const open = data
    .filter(({ startUrl }) => startUrl !== null)
    .sort((one, other) => (other.consent?.usedAt ?? '').localeCompare(one.consent?.usedAt ?? ''))
  if (open.length === 0) return null
  return (
    <Card flush>
      <ul className="sso-quick" aria-label={t('apps.title')}>
        {open.slice(0, MOST).map((app) => {
          const name = locale === 'en' && app.nameEn ? app.nameEn : app.name
          return (
            <li key={app.id}>
              <a href={app.startUrl!}>
                <Face {...app} />
                <span>{name}</span>
              </a>
            </li>
          )
        })}
      </ul>
      <List>
        <ListRow icon="globe" title={t('apps.title')} meta={t('apps.subtitle')} go={{ to: '/apps' }} />
      </List>
    </Card>
  )
}
