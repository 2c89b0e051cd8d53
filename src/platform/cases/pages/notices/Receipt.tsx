/** Looks an objection up by its receipt: whether it was answered, and how. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card, Facts } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { useCases } from '../office/handling.ts'

type Found = Awaited<ReturnType<ReturnType<typeof useCases>['objectionByReceipt']>>

export function ByReceipt() {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<Found | 'none'>(null)
  const ask = useAct(cases.objectionByReceipt, { quiet: true })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim().length < 4) return
    const answer = await ask.run({ receipt: typed })
    if (answer !== undefined) setFound(answer ?? 'none')
  }
  return (
    <div className="no-by-receipt">
      <Card title={t('notices.by_receipt')}>
        <form className="no-find" onSubmit={(event) => void submit(event)} noValidate>
          <TextField
            label={t('notices.receipt')}
            value={typed}
            onChange={setTyped}
            maxLength={60}
            autoComplete="off"
            placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
          />
          <Button type="submit" icon="search" busy={ask.busy}>
            {t('notices.look_up')}
          </Button>
        </form>
        <div aria-live="polite">
          {found === 'none' && <Notice tone="alert">{t('notices.no_receipt')}</Notice>}
          {found !== null && found !== 'none' && (
            <Facts
              columns={1}
              items={[
                { label: t('office.column.state'), value: t(`notices.objection.${found.state}`) },
                { label: t('notices.raised'), value: f.dateTime(found.raisedAt) },
                ...(found.state === 'open'
                  ? [{ label: t('notices.answer_until'), value: found.dueOn && f.longDate(found.dueOn) }]
                  : [
                      { label: t('notices.answer_words'), value: found.answer },
                      { label: t('notices.answered_on'), value: found.answeredAt && f.date(found.answeredAt) },
                    ]),
              ]}
            />
          )}
          {ask.error !== null && ask.error !== undefined && <Failure error={ask.error} />}
        </div>
      </Card>
    </div>
  )
}
