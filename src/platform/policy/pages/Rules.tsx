/** The rule book: every requirement set in force, its conditions with clause and test, and the figures it uses. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../base/dates.ts'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Clause } from '../../../ui/Clause.tsx'
import { useClient } from '../../../ui/client.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan, useSignedIn } from '../../../ui/session.tsx'
import type { policyContract, WrittenCondition, WrittenGroup } from '../contract.ts'
import { clauseData } from './clause.ts'
import { Figure } from './Figure.tsx'
import './policy.css'

type Policy = ReturnType<typeof useClient<typeof policyContract>>
type Rule = Awaited<ReturnType<Policy['requirements']>>[number]

export default function Rules() {
  const t = useWords('policy')
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const [search, change] = useAddress()
  const { clock, roles } = useSignedIn()
  const packs = useQuery({ queryKey: ['policy', 'packs'], queryFn: () => policy.packs() })
  const authority = one(search.authority)
  const asOf = one(search.on) || civilDate(new Date(clock.now))
  const ask = authority ? { authority, asOf } : { orgId: roles[0]?.orgId ?? '', asOf }
  const rules = useQuery({ queryKey: ['policy', 'rules', ask], queryFn: () => policy.requirements(ask) })
  return (
    <>
      <PageHead title={t('rules.title')} subtitle={t('rules.subtitle')} />
      <div className="q-stack">
        <div className="pol-rules-ask">
          <SelectField
            label={t('parameters.holds_for')}
            value={authority}
            onChange={(value) => change({ authority: value || undefined })}
            placeholder={t('rules.own')}
            choices={(packs.data ?? []).map((pack) => ({ value: pack.authority, label: pick(pack.name) }))}
          />
          <TextField
            label={t('lab.as_of')}
            type="date"
            value={asOf}
            onChange={(day) => day && change({ on: day }, { replace: true })}
          />
        </div>
        <Answer of={rules} height={400}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon="book" title={t('rules.none')} hint={t('rules.none_hint')} />
            ) : (
              list.map((rule) => <RuleCard key={rule.id} rule={rule} asOf={asOf} />)
            )
          }
        </Answer>
      </div>
    </>
  )
}

function RuleCard({ rule, asOf }: { rule: Rule; asOf: string }) {
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
          {layers
            .map(({ packVersion, from }) => t('rules.layer', { version: packVersion, date: f.date(from) }))
            .join('；')}
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
                <dt>{pick(called)}</dt>
                <dd>
                  <Figure value={value} unit={unit} />
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
