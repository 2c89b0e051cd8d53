/** A field for the expression of a condition: completes names, and says at once what is wrong and where. */
import type { EditorView } from '@codemirror/view'
import { useEffect, useId, useRef, useState } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { policyContract } from '../../contract.ts'
import type { Offer } from './completion.ts'
import { openEditor, type Wrong } from './editor.ts'

/** Under whose rules names are looked up, and what can be named there. */
export type Writing = { draftId: string; about: string; offers: readonly Offer[] }

export function ExpressionField({
  label,
  value,
  onChange,
  writing,
}: {
  label: string
  value: string
  onChange: (text: string) => void
  writing: Writing
}) {
  const t = useWords('policy')
  const { locale } = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const [wrong, setWrong] = useState<readonly Wrong[] | null>(null)
  const check = async (text: string): Promise<readonly Wrong[]> => {
    const { draftId, about } = latest.current.writing
    if (text.trim() === '') {
      setWrong([{ start: 0, end: 0, text: t('author.empty') }])
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

  const first = wrong?.[0]
  return (
    <div className="q-field">
      <span className="pol-expression-label">{label}</span>
      <div ref={place} className={first ? 'pol-expression pol-expression-wrong' : 'pol-expression'} />
      <div id={`${id}-said`} aria-live="polite">
        {first ? (
          <p className="q-field-error">
            <Icon name="alert" size={16} />
            {first.end > 0 ? t('author.wrong_at', { n: first.start + 1, text: first.text }) : first.text}
          </p>
        ) : (
          <p className="q-field-hint">{wrong ? t('author.right') : t('author.checking')}</p>
        )}
      </div>
    </div>
  )
}
