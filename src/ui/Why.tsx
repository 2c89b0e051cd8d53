/** Why a rule decided as it did: every condition with what was compared and its clause, what is missing, and when it comes. */
import { Clause, type ClauseData } from './Clause.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { useBilingual, useFormat, useWords } from './i18n.tsx'
import { StatusTag, type Tone } from './Tag.tsx'
import type { SentBilingual } from './words.ts'
import './why.css'

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
  have?: unknown
  need?: unknown
  lacking: string | null
  threshold?: unknown
}
export type WhyGroup = { says: SentBilingual | null; holds: boolean | null; least: number; parts: WhyPart[] }
type WhyPart = { kind: 'condition'; condition: WhyCondition } | { kind: 'group'; group: WhyGroup }

export type WhyAnswer = {
  title: SentBilingual
  asOf: string
  outcome: string
  layers: { authority: string; packVersion: string; from: string }[]
  needs: WhyGroup
  grades: { id: string; title: SentBilingual; when: WhyGroup }[]
  facts: { id: string; title: SentBilingual; unit: string | null; value?: unknown; ask: SentBilingual | null }[]
  earliest: string | null
  consequences: { says: SentBilingual; clause: Written }[]
}

const tones: Record<string, Tone> = { met: 'done', unmet: 'alert', unknown: 'wait', exempt: 'off' }

export function Why({ answer }: { answer: WhyAnswer }) {
  const t = useWords('ui')
  const f = useFormat()
  const say = useBilingual()
  const grade = answer.grades.find(({ id }) => id === answer.outcome)
  return (
    <div className="q-why">
      <p className="q-why-outcome">
        <StatusTag tone={tones[answer.outcome] ?? 'alert'}>
          {grade ? say(grade.title) : t(`why.${answer.outcome}`)}
        </StatusTag>
        {answer.earliest && <span>{t('why.earliest', { date: f.date(answer.earliest) })}</span>}
      </p>
      {answer.outcome !== 'exempt' && <Group group={answer.needs} facts={answer.facts} />}
      {answer.grades.map(({ id, title, when }) => (
        <section key={id} className="q-why-grade">
          <h3>{t('why.grade', { title: say(title) })}</h3>
          <Group group={when} facts={answer.facts} />
        </section>
      ))}
      {answer.outcome !== 'met' &&
        answer.consequences.map(({ says, clause }) => (
          <div key={says.zh} className="q-why-consequence">
            {say(says)} <Clause clause={clauseOf(clause, 'F')} label={say(says)} />
          </div>
        ))}
      <p className="q-quiet q-why-foot">
        {t('why.foot', {
          date: f.date(answer.asOf),
          versions: answer.layers.map(({ packVersion }) => packVersion).join(' + '),
        })}
      </p>
    </div>
  )
}

type Facts = WhyAnswer['facts']

function Group({ group, facts }: { group: WhyGroup; facts: Facts }) {
  const t = useWords('ui')
  const say = useBilingual()
  const { least, parts, says } = group
  const rule = parts.length > 1 && least < parts.length ? t('why.at_least', { least, of: parts.length }) : undefined
  return (
    <div className="q-why-group">
      {(says || rule) && (
        <p className="q-why-rule">
          {says && say(says)}
          {rule && <span className="q-quiet"> {rule}</span>}
        </p>
      )}
      <ul>
        {parts.map((part, nth) => (
          <li key={part.kind === 'condition' ? part.condition.id : nth}>
            {part.kind === 'condition' ? (
              <Condition condition={part.condition} facts={facts} />
            ) : (
              <Group group={part.group} facts={facts} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

const signs: Record<string, IconName> = { true: 'check', false: 'close', null: 'info' }

function Condition({ condition, facts }: { condition: WhyCondition; facts: Facts }) {
  const t = useWords('ui')
  const say = useBilingual()
  const amount = useAmount(facts)
  const { says, clause, confidence, note, holds, exception, cure, have, need, lacking, threshold } = condition
  const asked = facts.filter(({ id }) => condition.facts.includes(id))
  const missing = asked.filter(({ ask }) => ask !== null)
  const written = clause ?? { document: t('why.no_clause') }
  return (
    <div className={`q-why-condition q-why-${String(holds)}`}>
      <Icon name={signs[String(holds)]!} size={16} />
      <div>
        <div className="q-why-says">
          <span className="q-hidden">{t(`why.holds.${String(holds)}`)}</span> {say(says)}{' '}
          <Clause clause={{ ...clauseOf(written, confidence), ...(note ? { note } : {}) }} label={say(says)} />
        </div>
        {holds === false && have !== null && have !== undefined && (
          <p className="q-why-figures">
            {t('why.have_need', { have: amount(have, condition), need: amount(need, condition) })}
            {lacking !== null && <strong>{t('why.lacking', { n: amount(lacking, condition) })}</strong>}
          </p>
        )}
        {holds === true && asked.length === 1 && (
          <p className="q-why-figures">
            {amount(asked[0]!.value, condition)}
            {threshold !== null && threshold !== undefined && t('why.asked', { need: amount(threshold, condition) })}
          </p>
        )}
        {exception && (
          <div>
            {t('why.exception')} {say(exception.says)}{' '}
            <Clause clause={clauseOf(exception.clause, 'F')} label={say(exception.says)} />
          </div>
        )}
        {holds === false && cure && <p className="q-why-cure">{say(cure)}</p>}
        {holds === null &&
          missing.map(({ id, title, ask }) => (
            <p key={id}>{t('why.missing', { fact: say(title), whom: say(ask!) })}</p>
          ))}
      </div>
    </div>
  )
}

/** A value with the unit of the facts it was compared with. */
function useAmount(facts: Facts) {
  const t = useWords('ui')
  const f = useFormat()
  return (value: unknown, { facts: asked }: WhyCondition): string => {
    if (typeof value === 'boolean') return t(value ? 'why.yes' : 'why.no')
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return f.date(value)
    if (typeof value !== 'string' && typeof value !== 'number') return '—'
    if (!/^-?\d+(\.\d+)?$/.test(String(value))) return String(value)
    const unit = facts.find(({ id }) => asked.includes(id))?.unit ?? ''
    return UNITS.has(unit) ? t(`why.unit.${unit}`, { n: f.number(value) }) : f.number(value)
  }
}
const UNITS = new Set(['credit', 'hour', 'year', 'month', 'day'])

const clauseOf = ({ words, ...clause }: Written, confidence: ClauseData['confidence']): ClauseData => ({
  ...clause,
  ...(words ? { quote: words } : {}),
  confidence,
})
