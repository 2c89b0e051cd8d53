/** Navigation at the side for people with an office: groups by task that fold away and stay as they were left. */
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../ui/i18n.tsx'
import type { NavEntry, NavGroup } from '../../ui/module.ts'
import { clients } from '../client.ts'
import type { NavSection } from './navigation.ts'

const FOLDED = 'qiangshi.nav.folded'

export function SideNav({ sections }: { sections: readonly NavSection[] }) {
  const t = useWords('web')
  return (
    <nav className="q-side" aria-label={t('menu')}>
      <NavSections sections={sections} />
    </nav>
  )
}

export function NavSections({ sections, onGo }: { sections: readonly NavSection[]; onGo?: () => void }) {
  const t = useWords('web')
  const [folded, setFolded] = useState<readonly string[]>(() =>
    (localStorage.getItem(FOLDED) ?? '').split(',').filter(Boolean),
  )
  // Of entries that lie below each other only the nearest stands for the page.
  const at = useLocation({ select: ({ pathname }) => `${pathname}/` })
  const nearest = sections
    .flatMap(({ entries }) => entries.map(({ path }) => path))
    .filter((path) => at.startsWith(`${path}/`))
    .reduce((best, path) => (path.length > best.length ? path : best), '')
  const toggle = (group: NavGroup) => {
    const next = folded.includes(group) ? folded.filter((other) => other !== group) : [...folded, group]
    localStorage.setItem(FOLDED, next.join(','))
    setFolded(next)
  }
  return (
    <>
      <NavLink to="/" icon="home" label={t('home')} {...(onGo ? { onGo } : {})} />
      {sections.map(({ group, entries }) => {
        const open = !folded.includes(group)
        return (
          <div key={group} className="q-nav-group">
            <button type="button" aria-expanded={open} onClick={() => toggle(group)}>
              {t(`nav.${group}`)}
              <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
            </button>
            {open && (
              <ul>
                {entries.map((entry) => (
                  <li key={entry.key}>
                    <NavEntryLink entry={entry} far={nearest !== entry.path} {...(onGo ? { onGo } : {})} />
                  </li>
                ))}
              </ul>
            )}
          </div>
        )
      })}
    </>
  )
}

function NavEntryLink({ entry, far, onGo }: { entry: NavEntry; far: boolean; onGo?: () => void }) {
  const pick = useBilingual()
  return (
    <NavLink to={entry.path} icon={entry.icon} label={pick(entry.label)} far={far} {...(onGo ? { onGo } : {})}>
      <NavCount entry={entry} />
    </NavLink>
  )
}

function NavLink({
  to,
  icon,
  label,
  far = to === '/',
  onGo,
  children,
}: {
  to: string
  icon: IconName
  label: string
  /** Stands for its own page only, not for those below it. */
  far?: boolean
  onGo?: () => void
  children?: React.ReactNode
}) {
  return (
    <Link to={to} className="q-nav-link" activeOptions={{ exact: far, includeSearch: false }} onClick={onGo}>
      <Icon name={icon} size={18} />
      <span>{label}</span>
      {children}
    </Link>
  )
}

/** How many things wait behind an entry; nothing when none do or when the question fails. */
export function NavCount({ entry }: { entry: NavEntry }) {
  const t = useWords('web')
  const f = useFormat()
  const pick = useBilingual()
  const { count } = entry
  const { data = 0 } = useQuery({
    queryKey: ['nav-count', entry.path],
    queryFn: () => (count ? count(clients) : 0),
    enabled: count !== undefined,
    refetchInterval: 60_000,
    retry: false,
  })
  const { n, said } = typeof data === 'number' ? { n: data, said: null } : data
  if (n === 0) return null
  const shown = n > 99 ? '99+' : f.number(n)
  return (
    <span className="q-nav-count">
      <span className="q-hidden">{said ? pick(said) : `${t('waiting')} ${shown}`}</span>
      <span aria-hidden="true">{shown}</span>
    </span>
  )
}
