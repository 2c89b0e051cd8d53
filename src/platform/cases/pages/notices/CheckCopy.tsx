/** The hash of a notice, and whether a kept copy is what was published. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextAreaField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { useCases } from '../office/handling.ts'

export function CheckCopy({ code, hash }: { code: string; hash: string }) {
  const t = useWords('cases')
  const cases = useCases()
  const [text, setText] = useState('')
  const [same, setSame] = useState<boolean | null>(null)
  const check = useAct(cases.checkNotice, { quiet: true })
  const run = async (copy: string) => {
    setSame(null)
    const answer = copy.trim() && (await check.run({ code, copy }))
    if (answer) setSame(answer.same)
  }
  return (
    <Card title={t('notices.check')}>
      <div className="q-stack">
        <p className="q-quiet">{t('notices.check_says')}</p>
        <code className="no-hash">{hash}</code>
        <details className="no-check">
          <summary>{t('notices.check_copy')}</summary>
          <div className="q-stack">
            <label className="no-file">
              <span>{t('notices.check_file')}</span>
              <input
                type="file"
                accept=".json,.txt,application/json,text/plain"
                onChange={async (event) => {
                  const file = event.target.files?.[0]
                  if (file) await run(await file.text())
                }}
              />
            </label>
            <TextAreaField label={t('notices.check_text')} value={text} onChange={setText} rows={3} />
            <div>
              <Button busy={check.busy} onClick={() => void run(text)}>
                {t('notices.check_act')}
              </Button>
            </div>
            {same !== null && (
              <Notice tone={same ? 'done' : 'alert'} live>
                {t(same ? 'notices.check_same' : 'notices.check_other')}
              </Notice>
            )}
            {check.error !== null && check.error !== undefined && <Failure error={check.error} />}
          </div>
        </details>
      </div>
    </Card>
  )
}
