/** The training part of the API as the office pages ask it: one client, and one key for each answer. */
import { queryOptions } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import type { trainingContract } from '../../contract.ts'

export const useTraining = () => useClient<typeof trainingContract>('training')
export type Training = ReturnType<typeof useTraining>
type Answer<K extends keyof Training> = Awaited<ReturnType<Training[K]>>

export type Plan = Answer<'plans'>[number]
export type ClassRow = Answer<'class'>
export type Target = ClassRow['target']
export type Quota = Answer<'quotas'>[number]
export type Candidate = Answer<'eligible'>['rows'][number]
export type Enrolment = Answer<'enrolments'>['rows'][number]
export type Session = Answer<'sessions'>[number]
export type Clash = Answer<'clashes'>[number]
export type Attendance = Answer<'attendance'>[number]
export type Preview = Answer<'completionPreview'>
export type Screen = Answer<'screen'>
export type LeaveRequest = Answer<'leaveRequests'>[number]
export type Objection = Answer<'objections'>[number]
export type CreditRow = Answer<'credits'>['rows'][number]
export type AuditRow = Answer<'audits'>[number]
export type Sampled = Answer<'sample'>[number]
export type Scorecards = Answer<'scorecards'>
export type Scorecard = Scorecards['schools'][number]
export type Definition = Scorecards['definitions'][number]
export type Rate = Scorecard['rates'][number]
export type Circular = Answer<'circulars'>[number]
export type Overview = Answer<'overview'>

/** Beginnings of query keys: an act names those that it makes stale. */
export const KEYS = {
  all: ['training'],
  plans: ['training', 'plans'],
  classes: ['training', 'classes'],
  leave: ['training', 'leave'],
  objections: ['training', 'objections'],
  credits: ['training', 'credits'],
  audits: ['training', 'audits'],
  sample: ['training', 'sample'],
  scorecards: ['training', 'scorecards'],
  circulars: ['training', 'circulars'],
} as const

/** Everything that belongs to one class lies under this key. */
export const classKey = (classId: string) => ['training', 'class', classId] as const

const asking = (training: Training) => ({
  plans: () => queryOptions({ queryKey: KEYS.plans, queryFn: () => training.plans({}) }),
  classes: (planId: string) =>
    queryOptions({ queryKey: [...KEYS.classes, planId], queryFn: () => training.classes({ planId }) }),
  class: (classId: string) =>
    queryOptions({ queryKey: [...classKey(classId), 'row'], queryFn: () => training.class({ classId }) }),
  /** How many people the rule of the class reaches now. */
  reach: (classId: string) =>
    queryOptions({
      queryKey: [...classKey(classId), 'reach'],
      queryFn: async () => (await training.eligible({ classId, limit: 1 })).total,
    }),
  quotas: (classId: string) =>
    queryOptions({ queryKey: [...classKey(classId), 'quotas'], queryFn: () => training.quotas({ classId }) }),
  ownPlaces: (planId: string) =>
    queryOptions({
      queryKey: [...KEYS.classes, planId, 'own-places'],
      queryFn: () => training.ownPlaces({ planId }),
    }),
  completionPreview: (classId: string) =>
    queryOptions({
      queryKey: [...classKey(classId), 'preview'],
      queryFn: () => training.completionPreview({ classId }),
    }),
  sessions: (classId: string) =>
    queryOptions({ queryKey: [...classKey(classId), 'sessions'], queryFn: () => training.sessions({ classId }) }),
  clashes: (classId: string) =>
    queryOptions({ queryKey: [...classKey(classId), 'clashes'], queryFn: () => training.clashes({ classId }) }),
  attendance: (classId: string, sessionId: string) =>
    queryOptions({
      queryKey: [...classKey(classId), 'attendance', sessionId],
      queryFn: () => training.attendance({ sessionId }),
    }),
  leave: (open: boolean) =>
    queryOptions({ queryKey: [...KEYS.leave, { open }], queryFn: () => training.leaveRequests({ open }) }),
  objections: (open: boolean) =>
    queryOptions({ queryKey: [...KEYS.objections, { open }], queryFn: () => training.objections({ open }) }),
  audits: (year: number) =>
    queryOptions({ queryKey: [...KEYS.audits, year], queryFn: () => training.audits({ year }) }),
  sample: (orgId: string, year: number) =>
    queryOptions({ queryKey: [...KEYS.sample, orgId, year], queryFn: () => training.sample({ orgId, year }) }),
  scorecards: (planId: string) =>
    queryOptions({ queryKey: [...KEYS.scorecards, planId], queryFn: () => training.scorecards({ planId }) }),
  circulars: (planId?: string) =>
    queryOptions({
      queryKey: [...KEYS.circulars, planId ?? 'all'],
      queryFn: () => training.circulars(planId ? { planId } : {}),
    }),
  overview: (planId: string) =>
    queryOptions({ queryKey: ['training', 'overview', planId], queryFn: () => training.overview({ planId }) }),
})

/** Questions as query options: `useQuery(useAsk().plans())`. */
export function useAsk() {
  const training = useTraining()
  return useMemo(() => asking(training), [training])
}
