/** Fields that forms of rules share: a text in both languages, and a clause. */
import { SelectField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import type { Bilingual, Clause } from './set.ts'

export function BilingualFields({
  label,
  value,
  onChange,
  required,
}: {
  label: string
  value: Bilingual | undefined
  onChange: (value: Bilingual) => void
  required?: boolean
}) {
  const t = useWords('policy')
  const { zh = '', en = '' } = value ?? {}
  const more = required === undefined ? {} : { required }
  return (
    <div className="pol-pair">
      <TextField
        {...more}
        label={t('author.in_zh', { what: label })}
        value={zh}
        onChange={(text) => onChange({ zh: text, en })}
      />
      <TextField
        {...more}
        label={t('author.in_en', { what: label })}
        value={en}
        onChange={(text) => onChange({ zh, en: text })}
      />
    </div>
  )
}

const MARKS = ['L', 'F', 'S', 'P', 'M', 'U'] as const

export function ClauseFields({
  value = { document: '' },
  onChange,
  confidence,
}: {
  value: Clause | undefined
  onChange: (value: Clause) => void
  /** How sure the reading is, where that is asked here. */
  confidence?: { value: string; onChange: (mark: string) => void }
}) {
  const t = useWords('policy')
  const set = (patch: Partial<Clause>) => onChange({ ...value, ...patch })
  return (
    <fieldset className="pol-clause-fields">
      <legend>{t('parameters.clause')}</legend>
      <div className="pol-pair">
        <TextField label={t('author.document')} value={value.document} onChange={(document) => set({ document })} />
        <TextField label={t('author.number')} value={value.number ?? ''} onChange={(number) => set({ number })} />
        <TextField label={t('author.article')} value={value.article ?? ''} onChange={(article) => set({ article })} />
        {confidence && (
          <SelectField
            label={t('parameters.confidence')}
            value={confidence.value}
            onChange={confidence.onChange}
            choices={MARKS.map((mark) => ({ value: mark, label: t(`confidence.${mark}`) }))}
          />
        )}
      </div>
      <TextAreaField
        label={t('author.quote')}
        rows={2}
        value={value.words ?? ''}
        onChange={(words) => set({ words })}
      />
    </fieldset>
  )
}
