/** What becomes of the credits: taken back, corrected, or entered where they were missing. The credits follow from the hours by rule. */
import { useId } from 'react'
import { CheckField, SelectField, TextField } from '../../../../../ui/Field.tsx'
import { useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { CREDIT_KINDS, LEVELS } from '../class/class-values.ts'
import type { Objection } from '../training.ts'
import { areHours, type RemedyValues } from './remedy.ts'

export function RemedyFields({
  objection: { entry, year, openYear },
  values,
  onChange,
  sealed,
  tried,
}: {
  objection: Objection
  values: RemedyValues
  onChange: (values: RemedyValues) => void
  /** The year takes counter-entries only. */
  sealed: boolean
  tried: boolean
}) {
  const t = useWords('training')
  const name = useId()
  const set = (change: Partial<RemedyValues>) => onChange({ ...values, ...change })
  const enters = entry === null || values.as === 'correct'
  const missing = (empty: boolean) => (tried && empty ? t('office.remedy.needed') : undefined)
  return (
    <>
      {entry && (
        <fieldset className="tr-choices">
          <legend>{t('office.remedy.what')}</legend>
          {(['correct', 'take_back'] as const).map((as) => (
            <label key={as} className="q-check">
              <input type="radio" name={name} checked={values.as === as} onChange={() => set({ as })} />
              <span>
                {t(`office.remedy.${as}`)}
                <small>{t(`office.remedy.${as}_hint`)}</small>
              </span>
            </label>
          ))}
          {tried && values.as === null && <p className="q-field-error">{t('office.remedy.choose')}</p>}
        </fieldset>
      )}
      {entry?.certificate && values.as !== null && (
        <Notice
          tone="wait"
          title={t(values.as === 'correct' ? 'office.remedy.certificate_correct' : 'office.remedy.certificate_void', {
            number: entry.certificate,
          })}
        />
      )}
      {enters && (
        <>
          {!entry && (
            <>
              <TextField
                label={t('office.remedy.title')}
                required
                maxLength={120}
                error={missing(values.title.trim().length < 2)}
                value={values.title}
                onChange={(title) => set({ title })}
              />
              <TextField
                label={t('office.remedy.day')}
                type="date"
                required
                error={missing(values.occurredOn === '')}
                value={values.occurredOn}
                onChange={(occurredOn) => set({ occurredOn })}
              />
            </>
          )}
          <div className="tr-field-row">
            <TextField
              label={t('office.form.hours')}
              inputMode="decimal"
              required
              error={missing(!areHours(values.hours.trim()))}
              value={values.hours}
              onChange={(hours) => set({ hours })}
            />
            <SelectField
              label={t('office.form.credit_kind')}
              value={values.kind}
              onChange={(kind) => set({ kind: kind as RemedyValues['kind'] })}
              choices={CREDIT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
            <SelectField
              label={t('office.form.level')}
              value={values.level}
              onChange={(level) => set({ level: level as RemedyValues['level'] })}
              choices={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
            />
          </div>
          <p className="q-quiet">{t('office.remedy.hours_hint')}</p>
          {!entry && (
            <TextField
              label={t('office.remedy.evidence')}
              required
              maxLength={500}
              hint={t('office.remedy.evidence_hint')}
              error={missing(values.evidence.trim().length < 2)}
              value={values.evidence}
              onChange={(evidence) => set({ evidence })}
            />
          )}
          {sealed && (
            <Notice tone="wait" title={t('office.remedy.sealed', { year: String(year) })}>
              <CheckField
                label={t('office.remedy.into_open', { year: String(openYear) })}
                checked={values.intoOpenYear}
                onChange={(intoOpenYear) => set({ intoOpenYear })}
              />
            </Notice>
          )}
        </>
      )}
    </>
  )
}
