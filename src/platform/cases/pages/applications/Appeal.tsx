/** Against a refusal: until when, in one's own words, and what was answered. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import { type ApplicationPage, type Applying, CHANGED } from './applying.ts'

const TONES: Record<string, Tone> = { open: 'wait', upheld: 'done', dismissed: 'off' }

export function Appeal({ page, applying }: { page: ApplicationPage; applying: Applying }) {
  const t = useWords('cases')
  const f = useFormat()
  const [open, setOpen] = useState(false)
  const appeal = useAct(applying.appealCase, {
    quiet: true,
    done: ({ dueOn }) => t('applications.appealed', { date: f.date(dueOn) }),
    refresh: CHANGED,
  })
  if (!page.appeal || (page.appeal.until === null && page.appeal.raised.length === 0)) return null
  const { until, raised } = page.appeal
  const close = () => {
    appeal.reset()
    setOpen(false)
  }
  return (
    <Card title={t('applications.appeal')}>
      <div className="q-stack">
        {raised.map(({ at, words, dueOn, state, answer, answeredAt }) => (
          <div key={at} className="q-stack">
            <p className="app-meta">
              <StatusTag tone={TONES[state] ?? 'wait'}>{t(`applications.appeal_state.${state}`)}</StatusTag>
              <span>{f.dateTime(at)}</span>
            </p>
            <p className="app-words">{words}</p>
            {answer ? (
              <p className="app-words">
                {t('applications.appeal_answer', { date: f.date(new Date(answeredAt!)) })}
                {answer}
              </p>
            ) : (
              dueOn && <p className="q-quiet">{t('applications.appeal_due', { date: f.date(dueOn) })}</p>
            )}
          </div>
        ))}
        {until && (
          <>
            <p>{t('applications.appeal_until', { date: f.date(until) })}</p>
            <div>
              <Button onClick={() => setOpen(true)}>{t('applications.appeal_raise')}</Button>
            </div>
          </>
        )}
      </div>
      {open && (
        <ConfirmWithReason
          open
          title={t('applications.appeal_raise')}
          confirm={t('applications.appeal_send')}
          reasonLabel={t('applications.appeal_words')}
          reasonHint={t('applications.appeal_hint')}
          busy={appeal.busy}
          error={appeal.error}
          onConfirm={async (words) => {
            if (await appeal.run({ applicationId: page.id, words })) close()
          }}
          onClose={close}
        />
      )}
    </Card>
  )
}
