/** One request, and the answer to it: granted or refused, always with reasons. */
import { type FormEvent, useId, useState } from 'react'
import { Button, TextLink } from '../../../ui/Button.tsx'
import { Facts } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectField, TextAreaField } from '../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { useCan } from '../../../ui/session.tsx'
import { type OfficeRequest, REQUESTS, usePrivacy } from './privacy.ts'

export function AnswerDialog({ row, onClose }: { row: OfficeRequest; onClose: () => void }) {
  const t = useWords('privacy')
  const ui = useWords('ui')
  const f = useFormat()
  const say = useBilingual()
  const can = useCan()
  const form = useId()
  const privacy = usePrivacy()
  const [verdict, setVerdict] = useState('')
  const [words, setWords] = useState('')
  const act = useAct(privacy.answer, {
    done: t('office.answered'),
    refresh: [REQUESTS, ['privacy', 'restrictions']],
    quiet: true,
  })
  const answerable = row.state === 'open' && can('privacy.request.answer')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await act.run({ accountId: row.accountId, id: row.id, grant: verdict === 'grant', answer: words })
    if (done) onClose()
  }
  return (
    <Dialog
      open
      form="sheet"
      title={t(`kind.${row.kind}`)}
      onClose={onClose}
      acts={
        answerable ? (
          <>
            <Button onClick={onClose}>{ui('cancel')}</Button>
            <Button
              look={verdict === 'grant' && row.kind === 'close' ? 'danger' : 'primary'}
              type="submit"
              form={form}
              busy={act.busy}
            >
              {t('office.answer')}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{ui('close')}</Button>
        )
      }
    >
      <div className="q-stack">
        <Facts
          columns={1}
          items={[
            { label: t('office.who'), value: f.dotted([row.name, row.orgName]) },
            { label: t('ask.holding'), value: row.holding && say(row.holding) },
            { label: t('ask.words'), value: row.words },
            { label: t('office.due'), value: f.date(row.dueOn as never) },
            { label: t('office.reason'), value: row.answer },
            { label: t('office.by'), value: row.answeredByName },
          ].filter(({ value }) => value !== null)}
        />
        {row.kind === 'correct' && answerable && (
          <Notice>
            {t('office.correct_hint')} <TextLink to="/people/changes">{t('office.changes')}</TextLink>
          </Notice>
        )}
        {row.kind === 'close' && answerable && (
          <Notice tone="wait">{t(row.employed ? 'office.close_employed' : 'office.close_left')}</Notice>
        )}
        {answerable && (
          <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
            <SelectField
              label={t('office.verdict')}
              required
              value={verdict}
              onChange={setVerdict}
              placeholder={t('office.verdict_choose')}
              choices={['grant', 'refuse'].map((value) => ({ value, label: t(`office.${value}`) }))}
            />
            <TextAreaField
              label={t(verdict === 'refuse' ? 'office.reason_refused' : 'office.reason')}
              hint={t('office.reason_hint')}
              required
              minLength={4}
              maxLength={1000}
              value={words}
              onChange={setWords}
            />
            {act.error ? <Failure error={act.error} /> : null}
          </form>
        )}
      </div>
    </Dialog>
  )
}
