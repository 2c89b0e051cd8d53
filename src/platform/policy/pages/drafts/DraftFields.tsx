/** What a draft is called, why it is made, from when it holds, and the document that it rests on. */
import { TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import type { Clause } from '../../contract.ts'

export type DraftWords = { title: string; why: string; from: string; document: string; number: string; article: string }

export const emptyWords = (from: string): DraftWords => ({
  title: '',
  why: '',
  from,
  document: '',
  number: '',
  article: '',
})

/** The document as a clause; null where none is named yet. */
export const basisOf = ({
  document,
  number,
  article,
}: Pick<DraftWords, 'document' | 'number' | 'article'>): Clause | null =>
  document.trim() === ''
    ? null
    : {
        document: document.trim(),
        ...(number.trim() ? { number: number.trim() } : {}),
        ...(article.trim() ? { article: article.trim() } : {}),
      }

type Part<Words> = { words: Words; onChange: (words: Words) => void }
type BasisWords = Pick<DraftWords, 'document' | 'number' | 'article'>

/** The document that the changes rest on. */
export function BasisFields<Words extends BasisWords>({
  words,
  onChange,
  required = false,
}: Part<Words> & { required?: boolean }) {
  const t = useWords('policy')
  const field = (key: keyof BasisWords) => ({
    value: words[key],
    onChange: (value: string) => onChange({ ...words, [key]: value }),
  })
  return (
    <>
      <TextField
        label={t('draft.document')}
        required={required}
        hint={t('draft.document_hint')}
        {...field('document')}
      />
      <div className="pol-draft-pair">
        <TextField label={t('draft.number')} required={false} {...field('number')} />
        <TextField label={t('draft.article')} required={false} {...field('article')} />
      </div>
    </>
  )
}

export function DraftFields({ words, onChange }: Part<DraftWords>) {
  const t = useWords('policy')
  const field = (key: keyof DraftWords) => ({
    value: words[key],
    onChange: (value: string) => onChange({ ...words, [key]: value }),
  })
  return (
    <>
      <TextField label={t('draft.title')} required minLength={2} maxLength={80} {...field('title')} />
      <TextField label={t('draft.from')} type="date" required hint={t('draft.from_hint')} {...field('from')} />
      <BasisFields words={words} onChange={onChange} />
      <TextAreaField label={t('draft.why')} required={false} maxLength={2000} {...field('why')} />
    </>
  )
}
