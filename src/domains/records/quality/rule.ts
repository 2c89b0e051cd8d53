/** How a rule of quality is declared: data, with one condition in SQL over the rows that it looks at. */
import type { Words } from '../../../platform/sheets/index.ts'

export const SEVERITIES = ['severe', 'warning', 'hint'] as const
export type Severity = (typeof SEVERITIES)[number]
export type RuleKind = 'missing' | 'impossible' | 'contradictory' | 'stale'

/** Points that a finding takes from the 100 of a person; nobody has fewer than none. */
export const TAKES: Record<Severity, number> = { severe: 20, warning: 5, hint: 1 }

export type QualityRule = {
  /** `service.before_adult`: the group, and what is wrong. */
  id: string
  kind: RuleKind
  severity: Severity
  title: Words
  /** The clause, or the reason where no document says it. */
  why: Words
  /** Where it is shown and mended. A field of `fields.ts` is mended in the grid, any other on the person's page. */
  cell: { group: string; field: string }
  /** Which rows it looks at: see `relations.ts`. */
  over:
    | 'person'
    | 'employment'
    | 'title'
    | 'post'
    | 'honour'
    | 'education'
    | 'certificate'
    | 'registration'
    | 'safety_check'
    | 'research'
    | 'appraisal'
    | 'retirement'
  /** A condition over such a row, `x`. */
  when: string
  /** What stands there, in SQL over `x`; never an identity number. */
  value?: string
  /** It compares people with each other: only a check of whole schools can judge it. */
  whole?: true
}
