/** The routes of all modules under one frame, each loaded when it is gone to, each behind its permission. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { Refusal } from '../base/errors.ts'
import { one, ownPath, parseSearch, type SearchValue, writeSearch } from '../ui/address.ts'
import { currentLocale } from '../ui/locale.ts'
import type { PageRoute } from '../ui/module.ts'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { loadWords } from '../ui/words.ts'
import { modules } from './modules.ts'
import { sessionOf } from './session.tsx'
import { Frame } from './shell/Frame.tsx'
import { Home } from './shell/Home.tsx'
import { holds } from './shell/navigation.ts'
import { NotFound, RouteError } from './shell/Stray.tsx'

type Context = { queries: QueryClient }
type Place = { href: string; pathname: string; search: Record<string, SearchValue | undefined> }

const SIGN_IN = '/sign-in'
const NEW_PASSWORD = '/account/password'
const SECOND_FACTOR = '/account/security'
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const root = createRootRouteWithContext<Context>()({ component: Frame })

/** Lets in who may: others sign in first, change an initial password first, or learn that this is not theirs. */
const guard =
  (route: Partial<Pick<PageRoute, 'path' | 'permission' | 'public'>>) =>
  async ({ context, location, params }: { context: Context; location: Place; params: Record<string, string> }) => {
    if (route.path === SIGN_IN) {
      if (await sessionOf(context.queries)) throw redirect({ href: ownPath(one(location.search.back)) } as never)
      return
    }
    if (route.public) return
    const session = await sessionOf(context.queries)
    if (!session)
      throw redirect({ to: SIGN_IN, search: location.pathname === '/' ? {} : { back: location.href } } as never)
    if (session.account.mustChangePassword && location.pathname !== NEW_PASSWORD)
      throw redirect({ to: NEW_PASSWORD, search: { back: location.href } } as never)
    if (session.account.mustAddSecond && ![SECOND_FACTOR, NEW_PASSWORD].includes(location.pathname))
      throw redirect({ to: SECOND_FACTOR, search: { back: location.href } } as never)
    if (!holds(session.permissions, route.permission)) throw new Refusal('forbidden', 'forbidden')
    if (Object.entries(params).some(([name, part]) => name.endsWith('Id') && !ID.test(part))) throw notFound()
  }

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home, beforeLoad: guard({}) })

const pages = modules.flatMap((module) =>
  module.routes.map((route) =>
    createRoute({
      getParentRoute: () => root,
      path: route.path,
      component: lazyRouteComponent(route.load),
      beforeLoad: guard(route),
      loader: () => loadWords(module.name, currentLocale()).then(() => null),
      staticData: { public: route.public ?? false },
    }),
  ),
)

const gallery = createRoute({
  getParentRoute: () => root,
  path: '/ui',
  component: lazyRouteComponent(() => import('../ui/Gallery.tsx')),
  staticData: { public: true },
})

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([home, ...pages, gallery]),
    context: { queries },
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPendingMs: 120,
    defaultPendingMinMs: 200,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    public?: boolean
  }
}
