/** One requirement set as it is written: its conditions with clause and test, what follows, and the figures it uses. */
import { ButtonLink, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import type { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useCan } from '../../../../ui/session.tsx'
import type { policyContract, WrittenCondition, WrittenGroup } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import { WholeFigure } from '../Figure.tsx'

type Policy = ReturnType<typeof useClient<typeof policyContract>>
type Rule = Awaited<ReturnType<Policy['requirements']>>[number]

export function RuleCard({ rule, asOf }: { rule: Rule; asOf: string }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const can = useCan()
  const { id, title, layers, needs, grades, parameters, facts, consequences } = rule
  return (
    <Card
      title={pick(title)}
      extra={
        can('policy.try') && (
          <ButtonLink small look="quiet" icon="chart" to="/policy/lab" search={{ set: id, on: asOf }}>
            {t('lab.title')}
          </ButtonLink>
        )
      }
    >
      <div className="pol-rule">
        <p className="q-quiet">
          {f.dotted(
            layers.map(({ packVersion, from }) => t('rules.layer', { version: packVersion, date: f.date(from) })),
          )}
        </p>
        <Written group={needs} />
        {grades.map((grade) => (
          <section key={grade.id}>
            <h3>{t('rules.grade', { title: pick(grade.title) })}</h3>
            <Written group={grade.when} />
          </section>
        ))}
        {consequences.map(({ says, clause }) => (
          <div key={says.zh}>
            {t('rules.consequence')} {pick(says)}
            <Clause clause={clauseData(clause, 'F', { missing: '' })} label={pick(says)} />
          </div>
        ))}
        {parameters.length > 0 && (
          <dl className="pol-table">
            {parameters.map(({ id: parameter, title: called, value, unit, clause, confidence, from }) => (
              <div key={parameter}>
                <dt>
                  <TextLink to="/policy/library/parameters/$parameter" params={{ parameter }}>
                    {pick(called)}
                  </TextLink>
                </dt>
                <dd>
                  <WholeFigure value={value} unit={unit} />
                  <Clause
                    clause={clauseData(clause, confidence, { missing: t('lab.no_clause'), from })}
                    label={pick(called)}
                  />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <p className="q-quiet">{t('rules.facts', { facts: f.list(facts.map((fact) => pick(fact.title))) })}</p>
      </div>
    </Card>
  )
}

function Written({ group: { says, least, parts } }: { group: WrittenGroup }) {
  const t = useWords('policy')
  const pick = useBilingual()
  const some = parts.length > 1 && least < parts.length
  return (
    <div className="pol-rule-group">
      {(says || some) && (
        <p>
          {says && pick(says)}
          {some && <span className="q-quiet"> {t('rules.at_least', { least, of: parts.length })}</span>}
        </p>
      )}
      <ul>
        {parts.map((part, nth) => (
          <li key={part.kind === 'condition' ? part.condition.id : nth}>
            {part.kind === 'condition' ? <Test condition={part.condition} /> : <Written group={part.group} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Test({ condition: { says, clause, confidence, note, test, exceptions } }: { condition: WrittenCondition }) {
  const t = useWords('policy')
  const pick = useBilingual()
  return (
    <>
      {pick(says)}
      <Clause clause={clauseData(clause, confidence, { missing: t('lab.no_clause'), note })} label={pick(says)} />
      <code className="pol-test">{test}</code>
      {exceptions.map((one) => (
        <div key={one.id}>
          {t('rules.exception')} {pick(one.says)}
          <Clause clause={clauseData(one.clause, 'F', { missing: '' })} label={pick(one.says)} />
          <code className="pol-test">{one.when}</code>
        </div>
      ))}
    </>
  )
}
