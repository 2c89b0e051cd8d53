/** A teacher's navigation: five places under the thumb on a phone, the same five in the top bar on a desk. */
import { Link } from '@tanstack/react-router'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { useBilingual, useWords } from '../../ui/i18n.tsx'
import type { NavEntry } from '../../ui/module.ts'
import { NavCount } from './SideNav.tsx'

type Tabs = { tabs: readonly NavEntry[] }

export const TabBar = ({ tabs }: Tabs) => <Bar tabs={tabs} className="q-tabbar" size={22} />
export const TopTabs = ({ tabs }: Tabs) => <Bar tabs={tabs} className="q-toptabs" size={18} />

function Bar({ tabs, className, size }: Tabs & { className: string; size: number }) {
  const t = useWords('web')
  const pick = useBilingual()
  const item = (path: string, icon: IconName, label: string, entry?: NavEntry) => (
    <li key={path}>
      <Link to={path} activeOptions={{ exact: path === '/', includeSearch: false }}>
        <span className="q-tabbar-icon">
          <Icon name={icon} size={size} />
          {entry && <NavCount entry={entry} />}
        </span>
        <span>{label}</span>
      </Link>
    </li>
  )
  return (
    <nav className={className} aria-label={t('menu')}>
      <ul>
        {item('/', 'home', t('home'))}
        {tabs.map((entry) => item(entry.path, entry.icon, pick(entry.tabLabel ?? entry.label), entry))}
      </ul>
    </nav>
  )
}
