/** Fields that forms of rules share: a text in both languages, a clause, a name of a part. `at` is their place in the set: what is wrong there is said here. */
import { SelectField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { useSaid } from './editing.ts'
import type { Bilingual, Clause } from './set.ts'

export function BilingualFields({
  label,
  at,
  value,
  onChange,
  required,
}: {
  label: string
  at: string
  value: Bilingual | undefined
  onChange: (value: Bilingual) => void
  required?: boolean
}) {
  const t = useWords('policy')
  const said = useSaid()
  const { zh = '', en = '' } = value ?? {}
  const more = required === undefined ? {} : { required }
  return (
    <div className="pol-pair">
      <TextField
        {...more}
        label={t('author.in_zh', { what: label })}
        value={zh}
        error={said(`${at}.zh`)}
        onChange={(text) => onChange({ zh: text, en })}
      />
      <TextField
        {...more}
        label={t('author.in_en', { what: label })}
        value={en}
        error={said(`${at}.en`)}
        onChange={(text) => onChange({ zh, en: text })}
      />
    </div>
  )
}

/** The name by which cases and earlier judgements know a part. */
export function NameField({ at, value, onChange }: { at: string; value: string; onChange: (id: string) => void }) {
  const t = useWords('policy')
  const said = useSaid()
  return (
    <TextField
      label={t('author.id')}
      hint={t('author.id_hint')}
      value={value}
      error={said(`${at}.id`)}
      spellCheck={false}
      autoCapitalize="none"
      onChange={onChange}
    />
  )
}

const MARKS = ['L', 'F', 'S', 'P', 'M', 'U'] as const

export function ClauseFields({
  at,
  value = { document: '' },
  onChange,
  confidence,
}: {
  at: string
  value: Clause | undefined
  onChange: (value: Clause) => void
  /** How sure the reading is, where that is asked here. */
  confidence?: { value: string; onChange: (mark: string) => void; error: string | undefined }
}) {
  const t = useWords('policy')
  const said = useSaid()
  const set = (patch: Partial<Clause>) => onChange({ ...value, ...patch })
  return (
    <fieldset className="pol-clause-fields">
      <legend>{t('parameters.clause')}</legend>
      <div className="pol-pair">
        <TextField
          label={t('author.document')}
          value={value.document}
          error={said(`${at}.document`)}
          onChange={(document) => set({ document })}
        />
        <TextField label={t('author.number')} value={value.number ?? ''} onChange={(number) => set({ number })} />
        <TextField label={t('author.article')} value={value.article ?? ''} onChange={(article) => set({ article })} />
        {confidence && (
          <SelectField
            label={t('parameters.confidence')}
            value={confidence.value}
            error={confidence.error}
            onChange={confidence.onChange}
            choices={MARKS.map((mark) => ({ value: mark, label: t(`confidence.${mark}`) }))}
          />
        )}
      </div>
      <TextAreaField
        label={t('author.quote')}
        required={false}
        rows={2}
        value={value.words ?? ''}
        onChange={(words) => set({ words })}
      />
    </fieldset>
  )
}
