/** The frame of every page: what belongs around it for this person, and where the focus goes on arrival. */
import { Outlet, useMatches, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { noteArrival, takeArrival } from '../../ui/arrival.ts'
import { useWords } from '../../ui/i18n.tsx'
import { useIsWide } from '../../ui/media.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { useSession } from '../../ui/session.tsx'
import { Toasts } from '../../ui/Toasts.tsx'
import { modules } from '../modules.ts'
import { Banners } from './Banners.tsx'
import { isOffice, menuFor, sectionsFor, tabsFor } from './navigation.ts'
import { SideNav } from './SideNav.tsx'
import { TabBar, TopTabs } from './TabBar.tsx'
import { TopBar } from './TopBar.tsx'

export function Frame() {
  const t = useWords('web')
  const session = useSession()
  const matches = useMatches()
  // An address that leads to no page matches only the frame itself, and says so to everybody.
  const open = matches.length === 1 || matches.some((match) => match.staticData.public)
  const wide = useIsWide()
  useArrival()
  const inside = session && !open ? session : null
  // Until an initial password is changed there is nowhere to go.
  const free = inside?.account.mustChangePassword || inside?.account.mustAddSecond ? null : inside
  const sections = free ? sectionsFor(free, modules) : []
  const tabs = free ? tabsFor(free, modules) : []
  const office = isOffice(sections)
  const side = wide && office
  const bottom = !wide && tabs.length > 0
  return (
    <div className={['q-frame', side && 'q-frame-side', bottom && 'q-frame-bottom'].filter(Boolean).join(' ')}>
      <a className="q-skip" href="#main">
        {t('skip')}
      </a>
      <TopBar session={inside} sections={office && !wide ? sections : []} own={free ? menuFor(free, modules) : []}>
        {wide && !office && tabs.length > 0 && <TopTabs tabs={tabs} />}
      </TopBar>
      <Banners session={session} />
      {side && <SideNav sections={sections} />}
      <main id="main" tabIndex={-1} className={inside ? 'q-main' : 'q-main q-main-open'}>
        {/* A session that has just ended takes its page along before the sign-in comes. */}
        {session || open ? <Outlet /> : <PageSkeleton />}
      </main>
      {bottom && <TabBar tabs={tabs} />}
      <Toasts />
    </div>
  )
}

/** After going to another page the heading is read out first; a heading that comes later takes the focus itself. */
function useArrival(): void {
  const router = useRouter()
  useEffect(() => {
    const leave = router.subscribe('onBeforeLoad', ({ fromLocation, pathChanged }) => {
      if (fromLocation && pathChanged) noteArrival()
    })
    const arrive = router.subscribe('onRendered', () => {
      const heading = document.querySelector<HTMLElement>('main h1')
      if (heading && takeArrival()) heading.focus({ preventScroll: true })
    })
    return () => {
      leave()
      arrive()
    }
  }, [router])
}
