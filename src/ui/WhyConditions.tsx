/** All conditions of a rule, in its groups: each with its sign, what was compared, its clause, and what it lacks. */
import { Clause } from './Clause.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { useBilingual, useWords } from './i18n.tsx'
import { WhyFigures } from './WhyFigures.tsx'
import { WhySource } from './WhySource.tsx'
import {
  clauseOf,
  missingOf,
  type WhyGroup as Told,
  type WhyAnswer,
  type WhyCondition,
  type WhyFigure,
} from './why-answer.ts'

type Facts = WhyAnswer['facts']

type Figures = readonly WhyFigure[]

export function WhyGroup({ group, facts, figures = [] }: { group: Told; facts: Facts; figures?: Figures }) {
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
              <Condition condition={part.condition} facts={facts} figures={figures} />
            ) : (
              <WhyGroup group={part.group} facts={facts} figures={figures} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

const signs: Record<string, IconName> = { true: 'check', false: 'close', null: 'info' }

function Condition({ condition, facts, figures }: { condition: WhyCondition; facts: Facts; figures: Figures }) {
  const t = useWords('ui')
  const say = useBilingual()
  const { says, clause, confidence, note, holds, exception, cure } = condition
  const written = clause ?? { document: t('why.no_clause') }
  return (
    <div className={`q-why-condition q-why-${String(holds)}`}>
      <Icon name={signs[String(holds)]!} size={16} />
      <div>
        <div className="q-why-says">
          <span className="q-hidden">{t(`why.holds.${String(holds)}`)}</span> {say(says)}{' '}
          <Clause clause={{ ...clauseOf(written, confidence), ...(note ? { note } : {}) }} label={say(says)} />
        </div>
        <WhyFigures condition={condition} facts={facts} figures={figures} />
        <WhySource facts={facts.filter(({ id }) => condition.facts.includes(id))} />
        {exception && (
          <div>
            {t('why.exception')} {say(exception.says)}{' '}
            <Clause clause={clauseOf(exception.clause, 'F')} label={say(exception.says)} />
          </div>
        )}
        {holds === false && cure && <p className="q-why-cure">{say(cure)}</p>}
        {holds === null &&
          missingOf(condition, facts).map(({ id, title, ask }) => (
            <p key={id}>{t('why.missing', { fact: say(title), whom: say(ask!) })}</p>
          ))}
      </div>
    </div>
  )
}
