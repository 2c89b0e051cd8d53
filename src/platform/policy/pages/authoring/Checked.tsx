/** What is wrong with the set as it stands, all of it at once; each leads to its place. */
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { isMissing } from './problems.ts'
import type { useEditor } from './use-editor.ts'
import { usePlaceWords } from './words.ts'

export function Checked({ editor, onSave }: { editor: ReturnType<typeof useEditor>; onSave?: () => void }) {
  const t = useWords('policy')
  const pick = useBilingual()
  const place = usePlaceWords(editor.held)
  const { problems, strict } = editor.editing
  const { checking, reveal, dirty, saving } = editor
  const wrong = problems.filter((problem) => strict || !isMissing(problem))
  const missing = problems.length - wrong.length
  return (
    <Card title={t('author.check')}>
      <div className="pol-form" aria-live="polite">
        {wrong.length > 0 && (
          <>
            <p className="pol-differs">{t('author.wrong', { n: wrong.length })}</p>
            <ul className="pol-problems">
              {wrong.map((problem) => (
                <li key={`${problem.path} ${problem.en}`}>
                  <button type="button" className="q-text-link" onClick={() => reveal(problem.path)}>
                    {place(problem.path) || t('author.set')}
                  </button>{' '}
                  {pick(problem)}
                </li>
              ))}
            </ul>
          </>
        )}
        {missing > 0 && (
          <p className="q-quiet">
            {t('author.to_fill', { n: missing })}{' '}
            <Button small look="quiet" onClick={() => reveal(problems.find(isMissing)!.path)}>
              {t('author.go_first')}
            </Button>
          </p>
        )}
        {problems.length === 0 && <p className="q-quiet">{t(checking ? 'author.checking' : 'author.sound')}</p>}
        {onSave && dirty && (
          <div className="pol-acts">
            <Button small busy={saving.busy} onClick={onSave}>
              {t('author.save')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

/** What was just taken away can be had back. */
export function TakenAway({ editor: { undo, takeBack } }: { editor: ReturnType<typeof useEditor> }) {
  const t = useWords('policy')
  if (!undo) return null
  return (
    <div className="pol-undo">
      <Notice
        live
        act={
          <Button small icon="back" onClick={takeBack}>
            {t('author.undo')}
          </Button>
        }
      >
        {t('author.removed', { what: undo.what })}
      </Notice>
    </div>
  )
}
