/** What a condition compared: what there is, what is asked for, what is short, and the clause of a figure that another document gave. */
import { Clause } from './Clause.tsx'
import { useBilingual, useWords } from './i18n.tsx'
import {
  clauseOf,
  figuresBeside,
  isTried,
  useAmount,
  type WhyAnswer,
  type WhyCondition,
  type WhyFigure,
} from './why-answer.ts'

export function WhyFigures({
  condition,
  facts,
  figures = [],
  alone,
}: {
  condition: WhyCondition
  facts: WhyAnswer['facts']
  figures?: readonly WhyFigure[] | undefined
  /** The condition does not stand beside it with its clause: a figure that has no other shows that. */
  alone?: boolean
}) {
  const t = useWords('ui')
  const say = useBilingual()
  const amount = useAmount(facts)
  const { says, clause, holds, have, need, unit, relation, lacking, confidence, note } = condition
  const asked = facts.filter(({ id, value }) => condition.facts.includes(id) && known(value) && id !== AS_OF)
  const given = figuresBeside(condition, figures)
  const compared = known(have) && known(relation)
  // What was worked out is shown with what it was worked out from.
  const behind = compared && asked.some(({ value }) => sameValue(value, have)) ? [] : asked
  if (!compared && behind.length === 0 && given.length === 0) return null
  return (
    <div className="q-why-figures">
      {compared && (
        <span>
          {amount(have, condition.facts, have, unit)}
          {known(need) &&
            t('why.asked', {
              relation: relation ?? '',
              date: String(isDay(need)),
              need: amount(need, condition.facts, have, unit),
            })}
        </span>
      )}
      {given.map((figure) => (
        <Clause
          key={figure.id}
          clause={clauseOf(
            figure.clause ?? { document: t(isTried(figure) ? 'why.trial' : 'why.no_clause') },
            figure.confidence,
          )}
          label={t('why.figure', { what: say(says) })}
        />
      ))}
      {alone && given.length === 0 && (
        <Clause
          clause={{ ...clauseOf(clause ?? { document: t('why.no_clause') }, confidence), ...(note ? { note } : {}) }}
          label={t('why.figure', { what: say(says) })}
        />
      )}
      {holds === false && lacking !== null && (
        <strong>{t('why.lacking', { n: amount(lacking, condition.facts, lacking, unit) })}</strong>
      )}
      {behind.length > 0 && (
        <div className={compared ? 'q-quiet' : undefined}>
          {behind.length === 1 && !compared
            ? amount(behind[0]!.value, [behind[0]!.id])
            : behind
                .map(({ id, title, value }) => t('why.fact', { title: say(title), value: amount(value, [id]) }))
                .join(t('why.between'))}
        </div>
      )}
    </div>
  )
}

const AS_OF = 'asOf'
const known = (value: unknown): boolean => value !== null && value !== undefined
const isDay = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
