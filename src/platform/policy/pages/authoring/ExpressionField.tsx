/** A field for the expression of a condition: completes names, and says at once what is wrong and where. */
import type { EditorView } from '@codemirror/view'
import { useEffect, useId, useRef, useState } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { policyContract } from '../../contract.ts'
import { useEditing, useSaid } from './editing.ts'
import { openEditor, type Wrong } from './editor.ts'

export function ExpressionField({
  label,
  at,
  value,
  onChange,
}: {
  label: string
  /** Its place in the set. */
  at: string
  value: string
  onChange: (text: string) => void
}) {
  const t = useWords('policy')
  const { locale } = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const writing = useEditing()
  const said = useSaid()(at)
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const [wrong, setWrong] = useState<readonly Wrong[] | null>(null)
  const check = async (text: string): Promise<readonly Wrong[]> => {
    const { draftId, about } = latest.current.writing
    if (text.trim() === '') {
      setWrong(null)
      return []
    }
    const { problems } = await policy.check({ draftId, expression: text, about })
    const found = problems.map(({ start, end, zh, en }) => ({ start, end, text: locale === 'en' ? en : zh }))
    // What was typed meanwhile is checked again.
    if (view.current?.state.doc.toString() === text) setWrong(found)
    return found
  }
  const latest = useRef({ writing, onChange, check })
  latest.current = { writing, onChange, check }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps the text; it is made once for its place and language
  useEffect(() => {
    if (!place.current) return
    const made = openEditor(place.current, value, {
      label,
      describedBy: `${id}-said`,
      offers: () => latest.current.writing.offers,
      check: (text) => latest.current.check(text),
      onChange: (text) => latest.current.onChange(text),
      phrases: { Completions: t('author.completions') },
    })
    view.current = made
    void latest.current.check(value)
    return () => {
      view.current = null
      made.destroy()
    }
  }, [locale])

  const empty = value.trim() === ''
  const first = empty ? undefined : wrong?.[0]
  // What only shows in the whole set, as two exceptions that contradict each other, is said here as well.
  const elsewhere = empty || (wrong && !first) ? said : undefined
  const error = first ? t('author.wrong_at', { n: first.start + 1, text: first.text }) : elsewhere
  return (
    <div className="q-field" data-at={at}>
      <span className="pol-expression-label">{label}</span>
      <div ref={place} className={error ? 'pol-expression pol-expression-wrong' : 'pol-expression'} />
      <div id={`${id}-said`} aria-live="polite">
        {error ? (
          <p className="q-field-error">
            <Icon name="alert" size={16} />
            {error}
          </p>
        ) : (
          <p className="q-field-hint">{t(empty ? 'author.empty' : wrong ? 'author.right' : 'author.checking')}</p>
        )}
      </div>
    </div>
  )
}
