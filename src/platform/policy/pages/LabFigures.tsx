/** The figures of a rule as a form: what holds, its clause, and what to try instead. */
import { type FormEvent, useState } from 'react'
import { one, type Search } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { Clause } from '../../../ui/Clause.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import type { WhatIf } from '../contract.ts'
import { clauseData } from './clause.ts'
import { type Key, useTableKey } from './TableFigure.tsx'
import { type Figure, figuresOf } from './trial.ts'

export function LabFigures({
  parameters,
  search,
  onTry,
}: {
  parameters: WhatIf['parameters']
  search: Search
  onTry: (change: Record<string, string | undefined>) => void
}) {
  const t = useWords('policy')
  const figures = figuresOf(parameters)
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(figures.map(({ key }) => [key, one(search[key])])),
  )
  const wrong = figures.some(({ key }) => isWrong(typed[key] ?? ''))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong)
      onTry({ ...Object.fromEntries(figures.map(({ key }) => [key, typed[key] || undefined])), show: undefined })
  }
  const reset = () => {
    setTyped({})
    onTry({ ...Object.fromEntries(figures.map(({ key }) => [key, undefined])), show: undefined })
  }
  if (figures.length === 0) return <p className="q-quiet">{t('lab.no_figures')}</p>
  return (
    <form className="pol-lab-figures" onSubmit={submit} noValidate>
      {figures.map((figure) => (
        <OneFigure
          key={figure.key}
          figure={figure}
          value={typed[figure.key] ?? ''}
          onChange={(value) => setTyped({ ...typed, [figure.key]: value })}
        />
      ))}
      <div className="pol-lab-acts">
        <Button onClick={reset}>{t('lab.reset')}</Button>
        <Button type="submit" look="primary" disabled={wrong}>
          {t('lab.try')}
        </Button>
      </div>
    </form>
  )
}

const isWrong = (typed: string): boolean => typed !== '' && typed !== 'none' && !/^\d{1,9}(\.\d{1,6})?$/.test(typed)

function OneFigure({
  figure: { parameter, name, cell, unit: of, value, tried },
  value: typed,
  onChange,
}: {
  figure: Figure
  value: string
  onChange: (value: string) => void
}) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const key = useTableKey()
  // What holds for all names of an axis need not name them.
  const inTable =
    cell?.table.axes
      .filter(({ id, names }) => !names || (cell.row[id] as Key).length < Object.keys(names).length)
      .map((axis) => key(axis, cell.row[axis.id] as Key)) ?? []
  const label = f.dotted([pick(parameter.title), name && (t.has(`key.${name}`) ? t(`key.${name}`) : name), ...inTable])
  const unit = `unit.${of}`
  const now =
    value === null
      ? t('parameters.no_limit')
      : of === 'share'
        ? t('lab.share', { percent: f.percent(value, 4), n: String(value) })
        : t.has(unit)
          ? t(unit, { n: value, text: f.number(value) })
          : f.number(value)
  const { clause, confidence, from } = parameter
  return (
    <div className="pol-lab-figure">
      <TextField
        label={label}
        hint={t('lab.now', { value: now, date: f.date(from) })}
        error={isWrong(typed) ? t('lab.bad_number') : undefined}
        inputMode="decimal"
        placeholder={tried === null ? '' : String(tried)}
        value={typed}
        onChange={onChange}
      />
      <Clause label={label} clause={clauseData(clause, confidence, { missing: t('lab.no_clause'), from })} />
    </div>
  )
}
