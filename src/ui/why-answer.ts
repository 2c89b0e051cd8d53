/** An explanation as the cards show it, and how its values are written. */
import type { ClauseData } from './Clause.tsx'
import { useBilingual, useFormat, useWords } from './i18n.tsx'
import type { SentBilingual } from './words.ts'

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
}

export type WhyFigure = {
  id: string
  clause: Written | null
  confidence: ClauseData['confidence']
  packVersion: string
}

export type WhyAnswer = {
  title: SentBilingual
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

export const conditionsIn = ({ parts }: WhyGroup): WhyCondition[] =>
  parts.flatMap((part) => (part.kind === 'condition' ? [part.condition] : conditionsIn(part.group)))

/** What would do instead of what is on the way, where not all parts of a group are asked for: each with all that is missing to it. */
export function alternativesIn({ least, parts, holds }: WhyGroup, way: ReadonlySet<string>): WhyCondition[][] {
  if (holds) return []
  const open = parts.filter((part) => (part.kind === 'group' ? part.group : part.condition).holds !== true)
  const taken = open.filter((part) => openIn(part).some(({ id }) => way.has(id)))
  if (taken.length === 0) return []
  const instead = least < parts.length ? open.filter((part) => !taken.includes(part)).map(openIn) : []
  return [...instead, ...taken.flatMap((part) => (part.kind === 'group' ? alternativesIn(part.group, way) : []))]
}
const openIn = (part: WhyPart): WhyCondition[] =>
  (part.kind === 'condition' ? [part.condition] : conditionsIn(part.group)).filter(({ holds }) => holds !== true)

/** What nobody knows of what a condition asks. */
export const missingOf = ({ facts: asked }: WhyCondition, facts: readonly WhyFact[]): WhyFact[] =>
  facts.filter(({ id, ask }) => ask !== null && asked.includes(id))

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
    if (typeof value !== 'string' && typeof value !== 'number') return '—'
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
