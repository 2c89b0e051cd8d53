/** The parts of the policy library, each a page of its own. */
import { Link } from '@tanstack/react-router'
import { useWords } from '../../../../ui/i18n.tsx'
import '../policy.css'

const PARTS = [
  { key: 'parameters', to: '/policy/library' },
  { key: 'rules', to: '/policy/library/rules' },
  { key: 'compare', to: '/policy/library/compare' },
] as const

export function LibraryTabs() {
  const t = useWords('policy')
  return (
    <nav className="pol-parts" aria-label={t('library.parts')}>
      {PARTS.map(({ key, to }) => (
        <Link key={key} to={to as '/'} activeOptions={{ exact: true, includeSearch: false }}>
          {t(`library.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
