/** The bar at the top: whose house this is, the language, and the person with the way out. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Dialog.tsx'
import { useWords } from '../../ui/i18n.tsx'
import { useLocale } from '../../ui/locale.ts'
import type { NavEntry } from '../../ui/module.ts'
import { orgNameIn, type Session } from '../../ui/session.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import type { NavSection } from './navigation.ts'
import { NavSections } from './SideNav.tsx'
import { UserMenu } from './UserMenu.tsx'

export function TopBar({
  session,
  sections,
  own,
  children,
}: {
  session: Session | null
  /** Navigation behind the menu button, where there is no room for it at the side. */
  sections: readonly NavSection[]
  /** One's own pages, in the menu of the person. */
  own: readonly NavEntry[]
  children?: ReactNode
}) {
  const t = useWords('web')
  const [open, setOpen] = useState(false)
  const locale = useLocale()
  const org = session?.person ?? session?.roles[0]
  return (
    <header className="q-top">
      {sections.length > 0 && <IconButton icon="menu" label={t('menu')} onClick={() => setOpen(true)} />}
      <Link to="/" className="q-brand">
        <span className="q-mark" aria-hidden="true">
          师
        </span>
        <b>{t('product')}</b>
        {org && <span className="q-brand-org">{orgNameIn(locale, org)}</span>}
      </Link>
      {children}
      <div className="q-top-end">
        <LanguageButton />
        {session && <UserMenu session={session} own={own} />}
      </div>
      {sections.length > 0 && (
        <Sheet open={open} title={t('menu')} onClose={() => setOpen(false)}>
          <nav aria-label={t('menu')}>
            <NavSections sections={sections} onGo={() => setOpen(false)} />
          </nav>
        </Sheet>
      )}
    </header>
  )
}
