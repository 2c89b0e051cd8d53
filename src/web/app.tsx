/** Puts the parts together: questions to the server, the session, the routes. */
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useAskedAgain } from '../ui/again.ts'
import { ClientsContext } from '../ui/client.tsx'
import { ScreensContext } from '../ui/screens.tsx'
import { isSignedOut, troubleOf } from '../ui/trouble.ts'
import { clients } from './client.ts'
import { modules } from './modules.ts'
import { makeRouter } from './routes.tsx'
import { forgetSession, SessionProvider, sessionQuery } from './session.tsx'

/** A session that ended while working: the shell leads to the sign-in and from there back to the same place. */
function onError(error: unknown): void {
  if (isSignedOut(error) && queries.getQueryData(sessionQuery.queryKey)) {
    forgetSession(queries)
    void router.invalidate()
  }
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      // What the rules refuse stays refused; only a fault or a bad line is worth another try.
      retry: (tries, error) => tries < 2 && ['fault', 'offline'].includes(troubleOf(error).kind),
    },
  },
})

const router = makeRouter(queries)
const screens = modules.flatMap(({ nav }) => nav)
const Confirm = lazy(modules.find(({ confirm }) => confirm)!.confirm!)

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ClientsContext value={clients}>
        <SessionProvider>
          <ScreensContext value={screens}>
            <RouterProvider router={router} />
            <AskedAgain />
          </ScreensContext>
        </SessionProvider>
      </ClientsContext>
    </QueryClientProvider>
  )
}

/** Loaded the first time that an act asks whether it is still the same person. */
function AskedAgain() {
  return useAskedAgain() ? (
    <Suspense>
      <Confirm />
    </Suspense>
  ) : null
}
