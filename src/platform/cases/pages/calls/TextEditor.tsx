/** A call as a text: what is wrong is shown at its line while one types, and listed below; what is wrong is not saved. */
import type { EditorView } from '@codemirror/view'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { useCases } from './asking.ts'
import { goTo, openYaml, type Wrong } from './yaml-editor.ts'
import './calls.css'

export function TextEditor({
  orgId,
  text,
  label,
  save,
  busy,
  onSave,
}: {
  orgId: string
  text: string
  label: string
  save: string
  busy: boolean
  onSave: (text: string) => void
}) {
  const t = useWords('cases')
  const { locale } = useFormat()
  const cases = useCases()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const [now, setNow] = useState(text)
  const [wrong, setWrong] = useState<readonly Wrong[] | null>(null)
  const check = async (source: string): Promise<readonly Wrong[]> => {
    if (source.trim() === '') {
      setWrong(null)
      return []
    }
    const { problems } = await cases.checkCall({ orgId, source })
    const found = problems.map(({ line, column, zh, en }) => ({ line, column, text: locale === 'en' ? en : zh }))
    if (view.current?.state.doc.toString() === source) setWrong(found)
    return found
  }
  const latest = useRef(check)
  latest.current = check
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps the text; it is made anew for another text or language only
  useEffect(() => {
    if (!place.current) return
    const made = openYaml(place.current, view.current?.state.doc.toString() ?? text, {
      label,
      onChange: (typed) => {
        setNow(typed)
        setWrong(null)
      },
      check: (typed) => latest.current(typed),
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [text, locale])
  const changed = now.trim() !== '' && now !== text
  return (
    <div className="q-stack">
      <div ref={place} className="calls-editor" />
      <div aria-live="polite">
        {wrong === null ? (
          now.trim() !== '' && <p className="q-quiet">{t('calls.checking')}</p>
        ) : wrong.length === 0 ? (
          <Notice tone="done" title={t('calls.text_right')} />
        ) : (
          <Notice tone="alert" title={t('calls.text_wrong', { n: wrong.length })}>
            <ul className="calls-problems">
              {wrong.map((one) => (
                <li key={`${one.line}:${one.column}:${one.text}`}>
                  <button type="button" className="q-text-link" onClick={() => view.current && goTo(view.current, one)}>
                    {t('calls.line', { n: one.line })}
                  </button>{' '}
                  {one.text}
                </li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
      <div>
        <Button look="primary" busy={busy} disabled={!changed || (wrong?.length ?? 1) > 0} onClick={() => onSave(now)}>
          {save}
        </Button>
      </div>
    </div>
  )
}
