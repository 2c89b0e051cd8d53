/** Row types of the training tables, as Kysely sees them. */
import type { Generated } from 'kysely'
import type { Target } from './rules/target.ts'

export type ClassTable = {
  id: string
  planId: string
  projectId: string
  orgId: string
  orgPath: string
  code: string
  name: string
  nameEn: Generated<string>
  ord: Generated<number>
  level: string
  kind: string
  creditKind: string
  target: unknown
  places: number | null
  hours: string | null
  terms: Generated<number>
  budgetFen: Generated<number>
  plannedFrom: string | null
  plannedUntil: string | null
  enrolment: 'delegated' | 'open'
  clause: Generated<unknown>
  state: Generated<'planned' | 'open' | 'confirmed' | 'completed' | 'cancelled'>
  deadline: Generated<string | null>
}

export type TrainingTables = { 'training.class': ClassTable }

/** A class as the commands need it. */
export type ClassFacts = {
  id: string
  planId: string
  orgId: string
  orgPath: string
  code: string
  name: string
  nameEn: string
  level: string
  kind: string
  creditKind: string
  target: Target
  places: number | null
  hours: string | null
  terms: number
  enrolment: 'delegated' | 'open'
  state: 'planned' | 'open' | 'confirmed' | 'completed' | 'cancelled'
  deadline: string | null
  authority: string
  year: number
  planState: string
}
