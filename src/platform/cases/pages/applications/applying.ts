/** What the pages of applicants ask the server: for oneself, or for an organisation under the names of its own. */
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import { useCan } from '../../../../ui/session.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import type { ApplicationPage, JudgedSet, Standing } from '../../contract/applications.ts'
import type { casesContract } from '../../contract.ts'

export type { ApplicationPage, JudgedSet, Standing }

/** For whom one applies: an organisation, or oneself where there is none. */
export type Whose = { orgId: string } | null
export const WhoseContext = createContext<Whose>(null)
export const useWhose = (): Whose => useContext(WhoseContext)

export function useApplying(forOrg: boolean) {
  const cases = useClient<typeof casesContract>('cases')
  if (!forOrg) return cases
  return {
    openCalls: cases.openCallsForOrg,
    ownApplications: cases.ownApplicationsForOrg,
    ownApplication: cases.ownApplicationForOrg,
    startApplication: cases.startApplicationForOrg,
    saveAnswers: cases.saveAnswersForOrg,
    addMaterial: cases.addMaterialForOrg,
    dropMaterial: cases.dropMaterialForOrg,
    checkApplication: cases.checkApplicationForOrg,
    submitApplication: cases.submitApplicationForOrg,
    withdrawApplication: cases.withdrawApplicationForOrg,
    appealCase: cases.appealCaseForOrg,
  }
}
export type Applying = Pick<
  ReturnType<typeof useApplying>,
  | 'saveAnswers'
  | 'addMaterial'
  | 'dropMaterial'
  | 'checkApplication'
  | 'submitApplication'
  | 'withdrawApplication'
  | 'appealCase'
>

export type OpenCall = Awaited<ReturnType<ReturnType<typeof useApplying>['openCalls']>>[number]
export type OwnApplication = Awaited<ReturnType<ReturnType<typeof useApplying>['ownApplications']>>[number]

const CALLS = ['cases', 'open-calls'] as const
const OWN = ['cases', 'own-applications'] as const
const PAGE = ['cases', 'own-application'] as const
/** After an act of the applicant. */
export const CHANGED = [CALLS, OWN, PAGE, ['nav-count'], ['inbox']] as const

export function useOpenCalls() {
  const whose = useWhose()
  const applying = useApplying(whose !== null)
  return useQuery({ queryKey: [...CALLS, whose?.orgId], queryFn: () => applying.openCalls(whose ?? {}) })
}

export function useOwnApplications() {
  const whose = useWhose()
  const applying = useApplying(whose !== null)
  return useQuery({ queryKey: [...OWN, whose?.orgId], queryFn: () => applying.ownApplications(whose ?? {}) })
}

/** One application: one's own, or else one of an organisation that one acts for. */
export function useApplication(applicationId: string) {
  const can = useCan()
  const locale = useLocale()
  const [own, org] = [useApplying(false), useApplying(true)]
  return useQuery({
    queryKey: [...PAGE, applicationId, locale],
    queryFn: async () => {
      const ask = { applicationId, locale }
      if (!can('cases.apply')) return { page: await org.ownApplication(ask), forOrg: true }
      try {
        return { page: await own.ownApplication(ask), forOrg: false }
      } catch (error) {
        if (troubleOf(error).kind !== 'not_found' || !can('cases.apply_org')) throw error
        return { page: await org.ownApplication(ask), forOrg: true }
      }
    },
    // Coming back to the window must not take the words from under the pen.
    refetchOnWindowFocus: false,
  })
}

export const callsPath = (whose: Whose): string => (whose ? '/school/calls/$callId' : '/my/calls/$callId')
export const listPath = (forOrg: boolean): string => (forOrg ? '/school/applications' : '/my/applications')
