/** The product's time in the browser: the session's clock as it stood when it was read, running on from there. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { SESSION_KEY, useSignedIn } from '../../../../ui/session.tsx'

/** The present instant, renewed every `step` milliseconds. */
export function useNow(step = 30_000): Date {
  const { clock } = useSignedIn()
  const readAt = useQueryClient().getQueryState(SESSION_KEY)?.dataUpdatedAt ?? 0
  const ahead = Date.parse(clock.now) - (readAt || Date.now())
  const [tick, setTick] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), step)
    return () => clearInterval(timer)
  }, [step])
  return new Date(tick + ahead)
}
