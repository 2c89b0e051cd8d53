/** Requirement sets as a pack declares them. The file's form is checked by `requirement-schema.ts`. */
import type { CivilDate } from '../../../../base/dates.ts'
import type { Bilingual, Clause, Confidence, Nature } from '../../contract.ts'

/** A named case in which the condition is taken as met, or as not met, whatever its test says. */
export type Exception = { id: string; says: Bilingual; clause: Clause; when: string; gives: 'met' | 'unmet' }

export type Condition = {
  id: string
  /** What is asked for, as a person reads it. */
  says: Bilingual
  clause?: Clause | undefined
  confidence: Confidence
  note?: string | undefined
  test: string
  /** What would make it hold. */
  cure?: Bilingual | undefined
  exceptions?: Exception[] | undefined
}

type Words = { says?: Bilingual | undefined }
export type Group = Words & ({ all: Node[] } | { any: Node[] } | { at_least: number; of: Node[] })
export type Node = Condition | Group

/** What holds from a day on, until the next version. */
export type SetVersion = {
  from: CivilDate
  /** Who is under it at all; everybody where absent. */
  applies?: string | undefined
  needs: Group
  /** Other outcomes than met and not met, the gravest first. */
  grades?: { id: string; title: Bilingual; when: Group }[] | undefined
  consequences?: { says: Bilingual; clause: Clause }[] | undefined
}

/** Of whom a set is asked: a person, or an organisation such as a school. */
export const ABOUT = ['person', 'organisation'] as const
export type About = (typeof ABOUT)[number]

export type SetDeclaration = {
  id: string
  title: Bilingual
  about: About
  nature?: Nature | undefined
  extends?: { how: 'tightens' | 'replaces'; permission?: Clause | undefined } | undefined
  versions: SetVersion[]
}

/** A worked case: on a day, with these facts, this outcome. Facts that are not given are unknown. */
export type Case = {
  name: string
  set: string
  on: CivilDate
  facts: Record<string, unknown>
  outcome: string
  conditions?: Record<string, boolean | null> | undefined
  earliest?: CivilDate | null | undefined
}
