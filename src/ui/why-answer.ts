/** An explanation as the cards show it, and how its values are written. */
import type { ClauseData } from './Clause.tsx'
import { useBilingual, useFormat, useWords } from './i18n.tsx'
import type { SentBilingual } from './words.ts'

export { alternativesIn, conditionsIn } from '../platform/policy/contract/ways.ts'

type Written = Omit<ClauseData, 'confidence' | 'quote'> & { words?: string | undefined }

export type WhyCondition = {
  id: string
  says: SentBilingual
  clause: Written | null
  confidence: ClauseData['confidence']
  note: string | null
  cure: SentBilingual | null
  holds: boolean | null
  exception: { says: SentBilingual; clause: Written } | null
  facts: string[]
  /** The figures of the policy that it uses. */
  parameters?: string[]
  have?: unknown
  need?: unknown
  unit?: string | null
  /** How `have` is compared with `need`. */
  relation?: string | null
  lacking: string | null
  threshold?: unknown
}
export type WhyGroup = { says: SentBilingual | null; holds: boolean | null; least: number; parts: WhyPart[] }
type WhyPart = { kind: 'condition'; condition: WhyCondition } | { kind: 'group'; group: WhyGroup }
export type WhyFact = {
  id: string
  title: SentBilingual
  unit: string | null
  value?: unknown
  ask: SentBilingual | null
  /** Its codes, or the names of its amounts, in words. */
  codes?: (SentBilingual & { code: string })[]
  /** The person said so; nobody has it on record. */
  stated?: boolean
  /** What stands behind it, and the pages that show it to the person and to offices. */
  source?: { says: SentBilingual; see: { own: string | null; office: string | null } | null } | null
  /** The one of these pages that whoever looks may open. */
  seenAt?: string | null
}

export type WhyFigure = {
  id: string
  clause: Written | null
  confidence: ClauseData['confidence']
  packVersion: string
}

export type WhyAnswer = {
  title: SentBilingual
  about?: { kind: string; id: string }
  /** As what was known when: a day or an instant; null is now. */
  knownOn?: string | null
  /** By changed figures or a draft. */
  trial?: boolean
  asOf: string
  outcome: string
  layers: { authority: string; packVersion: string; from: string }[]
  needs: WhyGroup
  grades: { id: string; title: SentBilingual; when: WhyGroup }[]
  facts: WhyFact[]
  /** Figures of the policy as they hold on the day, each with its own clause and version. */
  parameters?: WhyFigure[]
  /** The fewest conditions that are missing to a yes. */
  way: string[]
  earliest: string | null
  consequences: { says: SentBilingual; clause: Written }[]
}

/** What nobody knows of what a condition asks. */
export const missingOf = ({ facts: asked }: WhyCondition, facts: readonly WhyFact[]): WhyFact[] =>
  facts.filter(({ id, ask }) => ask !== null && asked.includes(id))

/** It was changed to try it, and is of no version. */
export const isTried = ({ packVersion }: WhyFigure): boolean => !packVersion.includes('@')

/** Figures of a condition that rest on another text than the condition itself, or, where that has one, on none. */
export const figuresBeside = ({ parameters, clause }: WhyCondition, figures: readonly WhyFigure[]): WhyFigure[] =>
  figures.filter(
    (figure) =>
      parameters?.includes(figure.id) &&
      (figure.clause ? !sameText(figure.clause, clause) : clause !== null || isTried(figure)),
  )

const sameText = (a: Written, b: Written | null): boolean =>
  b !== null && a.document === b.document && a.number === b.number && a.article === b.article

/** A value with the unit given, or that of the facts it was compared with; codes by their names. */
export function useAmount(facts: readonly WhyFact[]) {
  const t = useWords('ui')
  const f = useFormat()
  const say = useBilingual()
  const written = (value: unknown, unit: string, codes: WhyFact['codes'] = []): string => {
    const named = (code: string): string | undefined => {
      const found = codes.find((one) => one.code === code)
      return found && say(found)
    }
    if (typeof value === 'boolean') return t(value ? 'why.yes' : 'why.no')
    if (Array.isArray(value)) return value.length === 0 ? '—' : f.list(value.map((one) => written(one, unit, codes)))
    if (typeof value === 'object' && value !== null)
      return f.list(Object.entries(value).map(([name, size]) => `${named(name) ?? name} ${written(size, unit)}`)) || '—'
    if (typeof value === 'string' && named(value)) return named(value)!
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return f.date(value)
    if (value === '' || (typeof value !== 'string' && typeof value !== 'number')) return '—'
    if (!/^-?\d+(\.\d+)?$/.test(String(value))) return String(value)
    if (unit === 'share') return f.percent(Number(value))
    return UNITS.has(unit) ? t(`why.unit.${unit}`, { n: f.number(value) }) : f.number(value)
  }
  /** `like`: what it was compared with, where the value is no fact itself. */
  return (value: unknown, asked: readonly string[], like: unknown = value, unit?: string | null): string => {
    const among = facts.filter(({ id }) => asked.includes(id))
    const own = among.find((fact) => like !== null && JSON.stringify(fact.value) === JSON.stringify(like))
    const coded = own ?? (typeof value === 'object' ? among.find(({ codes }) => codes && codes.length > 0) : undefined)
    return written(value, (unit === undefined ? (own ?? among[0])?.unit : unit) ?? '', coded?.codes)
  }
}
const UNITS = new Set(['credit', 'hour', 'year', 'month', 'day'])

export const clauseOf = ({ words, ...clause }: Written, confidence: ClauseData['confidence']): ClauseData => ({
  ...clause,
  ...(words ? { quote: words } : {}),
  confidence,
})
