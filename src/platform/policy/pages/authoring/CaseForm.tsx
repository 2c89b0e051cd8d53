/** A worked case as a form: on a day, with these facts, this outcome. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { PolicyWords } from '../../contract.ts'
import { type EditedCase, factsIn, meant, typed } from './cases.ts'
import { useEditing, useSaid } from './editing.ts'
import { Fold } from './Fold.tsx'
import type { EditedSet } from './set.ts'

const OUTCOMES = ['met', 'unmet', 'unknown', 'exempt'] as const

export function CaseForm({
  value,
  set,
  at,
  order,
  onChange,
  onRemove,
}: {
  value: EditedCase
  set: EditedSet
  at: string
  order: Parameters<typeof Fold>[0]['order']
  onChange: (value: EditedCase) => void
  onRemove: (what: string) => void
}) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const said = useSaid()
  const { facts } = useEditing()
  const asked = factsIn(set, facts)
  const put = (patch: Partial<EditedCase>) => onChange({ ...value, ...patch })
  const title = value.name || t('cases.new')
  const grades = set.versions[0]?.grades ?? []
  return (
    <Fold
      partKey={value.key}
      at={at}
      title={title}
      detail={<span className="q-quiet pol-fold-line">{f.date(value.on)}</span>}
      order={order}
    >
      <TextField
        label={t('cases.name')}
        value={value.name}
        error={said(`${at}.name`)}
        onChange={(name) => put({ name })}
      />
      <div className="pol-pair">
        <TextField
          label={t('cases.on')}
          type="date"
          value={value.on}
          error={said(`${at}.on`)}
          onChange={(on) => on && put({ on })}
        />
        <SelectField
          label={t('cases.outcome')}
          value={value.outcome}
          error={said(`${at}.outcome`)}
          onChange={(outcome) => put({ outcome })}
          choices={[
            ...OUTCOMES.map((one) => ({ value: one, label: t(`print.outcome.${one}`) })),
            ...grades.map(({ id, title: called }) => ({ value: id, label: pick(called) || t('author.new_grade') })),
          ]}
        />
      </div>
      {asked.length === 0 ? (
        <p className="q-quiet">{t('cases.no_facts')}</p>
      ) : (
        <fieldset className="pol-clause-fields">
          <legend>{t('cases.facts')}</legend>
          {asked.map((fact) => (
            <FactField
              key={fact.id}
              fact={fact}
              value={value.facts[fact.id]}
              error={said(`${at}.facts.${fact.id}`)}
              onChange={(next) => put({ facts: { ...value.facts, [fact.id]: next } })}
            />
          ))}
        </fieldset>
      )}
      <div className="pol-acts pol-acts-foot">
        <Button small look="quiet" icon="trash" onClick={() => onRemove(title)}>
          {t('cases.remove')}
        </Button>
      </div>
    </Fold>
  )
}

type Fact = PolicyWords['facts'][number]

/** A fact as its type is written; left empty it is not known. */
function FactField({
  fact: { title, type, codes, unit },
  value,
  error,
  onChange,
}: {
  fact: Fact
  value: unknown
  error: string | undefined
  onChange: (value: unknown) => void
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const [text, setText] = useState(() => typed(value))
  const write = (next: string) => {
    setText(next)
    onChange(meant(type, next))
  }
  const label = pick(title)
  const choices =
    type === 'bool'
      ? ['true', 'false'].map((one) => ({ value: one, label: t(one === 'true' ? 'cases.yes' : 'cases.no') }))
      : type === 'text' && codes
        ? codes.map(({ code, ...words }) => ({ value: code, label: pick(words) }))
        : null
  if (choices)
    return (
      <SelectField
        label={label}
        value={text}
        error={error}
        onChange={write}
        placeholder={t('cases.not_known')}
        choices={choices}
      />
    )
  const hint =
    type === 'amounts' || type === 'texts' || type === 'dates'
      ? t(`cases.form.${type}`)
      : type === 'number' && unit && t.has(`cases.unit.${unit}`)
        ? t(`cases.unit.${unit}`)
        : undefined
  return (
    <TextField
      label={label}
      hint={hint}
      required={false}
      value={text}
      error={error}
      onChange={write}
      {...(type === 'date' ? { type: 'date' } : type === 'number' ? { inputMode: 'decimal' as const } : {})}
    />
  )
}
