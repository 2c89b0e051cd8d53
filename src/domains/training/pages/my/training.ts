/** What a teacher's pages ask the server, under keys of their own, and which answers an act makes stale. */
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../../ui/client.tsx'
import type { Locale } from '../../../../ui/locale.ts'
import type { trainingContract } from '../../contract.ts'

export const useTraining = () => useClient<typeof trainingContract>('training')
type Training = ReturnType<typeof useTraining>
type Answer<K extends keyof Training> = Awaited<ReturnType<Training[K]>>

export type MyClass = Answer<'mine'>[number]
export type MySession = MyClass['sessions'][number]
export type OpenClass = Answer<'openClasses'>[number]
export type MyCredits = Answer<'myCredits'>
export type Entry = MyCredits['entries'][number]

const MINE = ['training', 'mine'] as const
const OPEN = ['training', 'open'] as const
const CREDITS = ['training', 'my-credits'] as const

/** After an act on one's own classes: the lists, and the small figure in the navigation. */
export const CLASSES_CHANGED = [MINE, OPEN, ['nav-count'], ['inbox']] as const
export const CREDITS_CHANGED = [CREDITS] as const

export function useMine() {
  const training = useTraining()
  return useQuery({ queryKey: MINE, queryFn: () => training.mine() })
}

export function useOpenClasses() {
  const training = useTraining()
  return useQuery({ queryKey: OPEN, queryFn: () => training.openClasses() })
}

export function useMyCredits() {
  const training = useTraining()
  return useQuery({ queryKey: CREDITS, queryFn: () => training.myCredits() })
}

/** The English name where the screen is English and there is one. */
export const nameIn = (locale: Locale, { name, nameEn }: { name: string; nameEn: string }): string =>
  locale === 'en' && nameEn !== '' ? nameEn : name
