/** What two versions say otherwise, with the old beside the new. */
import type { ReactNode } from 'react'
import { TextLink } from '../../../../ui/Button.tsx'
import { Card, Columns } from '../../../../ui/Card.tsx'
import { Clause } from '../../../../ui/Clause.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { PacksCompared } from '../../contract.ts'
import { clauseData } from '../clause.ts'
import { Figure, WholeFigure } from '../Figure.tsx'
import { ClauseLine, Held } from './Held.tsx'

type Parameter = PacksCompared['parameters'][number]
type Value = Parameter['values'][number]
type SetChange = PacksCompared['sets'][number]
type Field = SetChange['fields'][number]

const TONES = { added: 'done', removed: 'alert', changed: 'wait' } as const

export function Differences({ diff: { parameters, sets, cases } }: { diff: PacksCompared }) {
  const t = useWords('policy')
  if (parameters.length + sets.length + cases.length === 0)
    return <Empty icon="check" title={t('diff.same')} hint={t('diff.same_hint')} />
  const changed = parameters.filter(({ how }) => how === 'changed')
  const changedSets = sets.filter(({ how }) => how === 'changed')
  return (
    <>
      <p aria-live="polite">
        {t('diff.summary', { parameters: parameters.length, sets: sets.length, cases: cases.length })}
      </p>
      {changed.length > 0 && (
        <Card title={t('library.parameters')}>
          <ul className="pol-diff">
            {changed.map((parameter) => (
              <OneParameter key={parameter.id} parameter={parameter} />
            ))}
          </ul>
        </Card>
      )}
      {changedSets.length > 0 && (
        <Card title={t('diff.sets')}>
          <ul className="pol-diff">
            {changedSets.map((set) => (
              <OneSet key={set.id} set={set} />
            ))}
          </ul>
        </Card>
      )}
      <Columns min={360}>
        {(['removed', 'added'] as const).map((how) => (
          <OneSide
            key={how}
            how={how}
            parameters={parameters.filter((one) => one.how === how)}
            sets={sets.filter((one) => one.how === how)}
          />
        ))}
      </Columns>
    </>
  )
}

/** What only one of the two says: its name and its latest value; a rule with how many conditions it has. */
function OneSide({
  how,
  parameters,
  sets,
}: {
  how: 'added' | 'removed'
  parameters: readonly Parameter[]
  sets: readonly SetChange[]
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  if (parameters.length + sets.length === 0) return null
  return (
    <Card title={t(how === 'added' ? 'diff.only_after' : 'diff.only_before')}>
      <ul className="pol-uses">
        {parameters.map(({ id, title, unit, values }) => {
          const value = values.at(-1)?.[how === 'added' ? 'after' : 'before']
          return (
            <li key={id}>
              <TextLink to="/policy/library/parameters/$parameter" params={{ parameter: id }}>
                {pick(title)}
              </TextLink>{' '}
              {value && (
                <span className="pol-value">
                  <Figure value={value.value} unit={unit} />
                  <Clause
                    label={pick(title)}
                    clause={clauseData(value.clause ?? null, value.confidence, {
                      missing: t('lab.no_clause'),
                      from: value.from,
                      note: value.note ?? null,
                    })}
                  />
                </span>
              )}
            </li>
          )
        })}
        {sets.map(({ id, title, versions }) => (
          <li key={id}>
            <b>{pick(title)}</b>{' '}
            <span className="q-quiet">{t('diff.conditions', { n: versions.at(-1)?.conditions.length ?? 0 })}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function How({ how }: { how: Parameter['how'] }) {
  const t = useWords('policy')
  return <StatusTag tone={TONES[how]}>{t(`diff.${how}`)}</StatusTag>
}

/** The old at the left, the new at the right; one below the other on a phone. */
function Beside({ before, after }: { before: ReactNode; after: ReactNode }) {
  const t = useWords('policy')
  return (
    <div className="pol-beside">
      <div>
        <small>{t('diff.before')}</small>
        {before}
      </div>
      <div>
        <small>{t('diff.after')}</small>
        {after}
      </div>
    </div>
  )
}

function OneParameter({ parameter: { id, title, unit, how, values } }: { parameter: Parameter }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  return (
    <li>
      <p>
        <TextLink to="/policy/library/parameters/$parameter" params={{ parameter: id }}>
          {pick(title)}
        </TextLink>{' '}
        <How how={how} />
      </p>
      {values.map((value) => (
        <div key={value.from}>
          <p className="q-quiet">
            {value.until
              ? t('parameters.span', { from: f.date(value.from), until: f.date(value.until) })
              : t('parameters.since', { date: f.date(value.from) })}
          </p>
          <Beside
            before={<Said value={value.before} unit={unit} fields={value.fields} />}
            after={<Said value={value.after} unit={unit} fields={value.fields} />}
          />
        </div>
      ))}
    </li>
  )
}

function Said({ value, unit, fields }: { value: Value['before']; unit: string; fields: readonly string[] }) {
  const t = useWords('policy')
  if (!value) return <span className="q-quiet">{t('library.silent')}</span>
  return (
    <>
      <WholeFigure value={value.value} unit={unit} />
      <ClauseLine clause={value.clause} />
      {fields.includes('confidence') && <p className="q-quiet">{t(`confidence.${value.confidence}`)}</p>}
      {fields.includes('note') && value.note && <p className="q-quiet">{value.note}</p>}
    </>
  )
}

function OneSet({ set }: { set: SetChange }) {
  const pick = useBilingual()
  return (
    <li>
      <p>
        <b>{pick(set.title)}</b> <How how={set.how} />
      </p>
      <SetDifferences set={set} />
    </li>
  )
}

/** Which conditions change and how, version by version. */
export function SetDifferences({ set: { versions, fields } }: { set: SetChange }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  return (
    <>
      <Fields fields={fields} />
      {versions.map((version) => (
        <div key={version.from}>
          <p className="q-quiet">{t('parameters.since', { date: f.date(version.from) })}</p>
          {version.how === 'changed' && <Fields fields={version.fields} />}
          <ul className="pol-diff">
            {version.conditions.map((condition) => (
              <li key={condition.id}>
                <p>
                  {pick(condition.says)}{' '}
                  <Clause
                    label={pick(condition.says)}
                    clause={clauseData(condition.clause, condition.confidence, { missing: t('lab.no_clause') })}
                  />{' '}
                  <How how={condition.how} />
                </p>
                {condition.how === 'changed' ? (
                  <Fields fields={condition.fields} />
                ) : (
                  condition.fields
                    .filter(({ field }) => field === 'test')
                    .map(({ field, before, after }) => (
                      <code key={field} className="pol-test">
                        {String(after ?? before)}
                      </code>
                    ))
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}

function Fields({ fields }: { fields: readonly Field[] }) {
  const t = useWords('policy')
  return fields.map(({ field, before, after }) => (
    <div key={field}>
      <p className="q-quiet">{t.has(`diff.field.${field}`) ? t(`diff.field.${field}`) : field}</p>
      <Beside before={<Held held={before} />} after={<Held held={after} />} />
    </div>
  ))
}
