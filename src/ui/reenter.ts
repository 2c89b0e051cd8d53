/** After signing in, or after anything that changes what one may do: asks again who one is, then goes on. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { SESSION_KEY } from './session.tsx'

export function useReenter(): (to: string) => Promise<void> {
  const queries = useQueryClient()
  const router = useRouter()
  return async (to) => {
    await queries.refetchQueries({ queryKey: SESSION_KEY })
    await router.invalidate()
    router.history.replace(to)
  }
}
