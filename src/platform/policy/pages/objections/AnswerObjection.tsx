/** One objection with the explanation as it stood and as it is today, and the answer with its reason. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { CheckField, TextAreaField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { Why } from '../../../../ui/Why.tsx'
import { useAmount } from '../../../../ui/why-answer.ts'
import type { ObjectionRow, policyContract } from '../../contract.ts'
import { ObjectionState } from './ObjectionState.tsx'

type Policy = typeof policyContract

export function AnswerObjection({ row, onClose }: { row: ObjectionRow; onClose: () => void }) {
  const t = useWords('policy')
  const policy = useClient<Policy>('policy')
  const ids = { personId: row.personId, objectionId: row.id }
  const asked = useQuery({ queryKey: ['policy', 'objection', ids], queryFn: () => policy.objection(ids) })
  return (
    <Sheet open title={t('objections.of', { name: row.name })} onClose={onClose}>
      <Answer of={asked} height={240}>
        {({ objection, asItStood, same, today }) => (
          <div className="q-stack">
            <About row={objection} />
            {!same && <Notice tone="alert">{t('objections.differs')}</Notice>}
            <Tabs
              label={t('objections.about')}
              items={[
                { key: 'then', label: t('objections.then'), content: <Why answer={asItStood} /> },
                {
                  key: 'today',
                  label: t('objections.today'),
                  content: today ? <Why answer={today} /> : <p>{t('objections.gone')}</p>,
                },
              ]}
            />
            {objection.state === 'open' ? <AnswerForm row={objection} onDone={onClose} /> : <Given row={objection} />}
          </div>
        )}
      </Answer>
    </Sheet>
  )
}

function About({ row }: { row: ObjectionRow }) {
  const t = useWords('policy')
  const say = useBilingual()
  const amount = useAmount(row.fact ? [{ ...row.fact, ask: null }] : [])
  return (
    <div>
      <p>
        <b>{say(row.title)}</b> <ObjectionState {...row} />
      </p>
      <p>
        {row.fact ? (
          <>
            {say(row.fact.title)}　
            <span className="q-quiet">{t('objections.was', { value: amount(row.fact.was, [row.fact.id]) })}</span>
          </>
        ) : (
          t('objections.result')
        )}
      </p>
      <blockquote className="pol-said">{row.text}</blockquote>
      <ButtonLink small to={`/people/${row.personId}`}>
        {t('objections.to_record')}
      </ButtonLink>
    </div>
  )
}

function Given({ row: { answer, answeredAt } }: { row: ObjectionRow }) {
  const t = useWords('policy')
  const f = useFormat()
  return (
    <div>
      <h3>{t('objections.answer')}</h3>
      <blockquote className="pol-said">{answer}</blockquote>
      {answeredAt && <p className="q-quiet">{f.dateTime(answeredAt)}</p>}
    </div>
  )
}

function AnswerForm({ row, onDone }: { row: ObjectionRow; onDone: () => void }) {
  const t = useWords('policy')
  const name = useId()
  const policy = useClient<Policy>('policy')
  const [uphold, setUphold] = useState<boolean | null>(null)
  const [anew, setAnew] = useState(row.decisionId !== null)
  const [answer, setAnswer] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(policy.answerObjection, {
    done: ({ outcome }) =>
      outcome === null
        ? t('objections.answered')
        : t('objections.answered_anew', { outcome: t.has(`outcome.${outcome}`) ? t(`outcome.${outcome}`) : outcome }),
    refresh: [['policy', 'objections'], ['policy', 'objection'], ['policy', 'explain'], ['nav-count']],
    quiet: true,
  })
  const empty = answer.trim().length < 2
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (uphold === null || empty || act.busy) return
    const ids = { personId: row.personId, objectionId: row.id }
    if (await act.run({ ...ids, uphold, answer: answer.trim(), anew: uphold && anew })) onDone()
  }
  return (
    <form className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
      <fieldset className="pol-choices">
        <legend>{t('objections.decision')}</legend>
        {([true, false] as const).map((value) => (
          <label key={String(value)} className="q-check">
            <input type="radio" name={name} checked={uphold === value} onChange={() => setUphold(value)} />
            <span>
              {t(value ? 'objections.uphold' : 'objections.reject')}
              <small>{t(value ? 'objections.uphold_hint' : 'objections.reject_hint')}</small>
            </span>
          </label>
        ))}
        {tried && uphold === null && <p className="q-field-error">{t('objections.choose')}</p>}
      </fieldset>
      {uphold && (
        <CheckField label={t('objections.anew')} hint={t('objections.anew_hint')} checked={anew} onChange={setAnew} />
      )}
      <TextAreaField
        label={t('objections.reason')}
        hint={t('objections.reason_hint')}
        required
        rows={3}
        maxLength={1000}
        value={answer}
        onChange={setAnswer}
        error={tried && empty ? t('objections.reason') : undefined}
      />
      {act.error ? <Failure error={act.error} /> : null}
      <div>
        <Button type="submit" look="primary" busy={act.busy}>
          {t('objections.send')}
        </Button>
      </div>
    </form>
  )
}
