/** One objection with the explanation as it stood and as it is today, and the answer with its reason. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { CheckField, TextAreaField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { Why } from '../../../../ui/Why.tsx'
import { useAmount } from '../../../../ui/why-answer.ts'
import type { ObjectionRow, policyContract } from '../../contract.ts'
import { nameOf } from './name-of.ts'
import { DueOn, Given, ObjectionState } from './ObjectionState.tsx'

type Policy = typeof policyContract

export function AnswerObjection({ row, onClose }: { row: ObjectionRow; onClose: () => void }) {
  const t = useWords('policy')
  const { locale } = useFormat()
  const policy = useClient<Policy>('policy')
  const ids = { aboutId: row.about.id, objectionId: row.id }
  const asked = useQuery({ queryKey: ['policy', 'objection', ids], queryFn: () => policy.objection(ids) })
  return (
    <Sheet open title={t('objections.of', { name: nameOf(row.about, locale) })} onClose={onClose}>
      <Answer of={asked} height={240}>
        {({ objection, asItStood, same, today, changed }) => (
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
            {objection.state === 'open' ? (
              <AnswerForm row={objection} changed={changed} onDone={onClose} />
            ) : (
              <Given row={objection} />
            )}
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
            {'　'}
            <span className="q-quiet">
              {row.fact.was === null
                ? t('objections.was_unknown')
                : t('objections.was', { value: amount(row.fact.was, [row.fact.id]) })}
            </span>
          </>
        ) : (
          t('objections.result')
        )}
      </p>
      <blockquote className="pol-said">{row.text}</blockquote>
      {row.dueOn !== null && (
        <p className="q-quiet">
          {t('objections.due')}
          {'　'}
          <DueOn row={row} />
        </p>
      )}
      {row.raisedBy !== null && <p className="q-quiet">{t('objections.by_school', { name: row.raisedBy })}</p>}
      {row.about.kind === 'person' ? (
        <ButtonLink small to={`/people/${row.about.id}`}>
          {t('objections.to_record')}
        </ButtonLink>
      ) : (
        <ButtonLink small to="/organisations" search={{ org: row.about.id }}>
          {t('objections.to_school')}
        </ButtonLink>
      )}
    </div>
  )
}

function AnswerForm({ row, changed, onDone }: { row: ObjectionRow; changed: boolean; onDone: () => void }) {
  const t = useWords('policy')
  const f = useFormat()
  const today = f.isoDate(useSignedIn().clock.now)
  const name = useId()
  const policy = useClient<Policy>('policy')
  const person = row.about.kind === 'person'
  const [uphold, setUphold] = useState<boolean | null>(null)
  const [anew, setAnew] = useState(row.decisionId !== null)
  const [answer, setAnswer] = useState('')
  const [what, setWhat] = useState('')
  const [by, setBy] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(policy.answerObjection, {
    done: ({ outcome }) =>
      outcome === null
        ? t('objections.answered')
        : t('objections.answered_anew', { outcome: t.has(`outcome.${outcome}`) ? t(`outcome.${outcome}`) : outcome }),
    refresh: [
      ['policy', 'objections'],
      ['policy', 'schoolObjections'],
      ['policy', 'objection'],
      ['policy', 'explain'],
      ['nav-count'],
    ],
    quiet: true,
  })
  const empty = answer.trim().length < 2
  const later = uphold === true && !changed
  const unnamed = later && what.trim().length < 2
  const undated = later && by === ''
  const past = later && by !== '' && by < today
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (uphold === null || empty || unnamed || undated || past || act.busy) return
    const said = { aboutId: row.about.id, objectionId: row.id, uphold, answer: answer.trim() }
    const remedy = later ? { remedy: { what: what.trim(), by } } : {}
    if (await act.run({ ...said, ...remedy, anew: uphold && changed && person && anew })) onDone()
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
      {uphold && changed && <p>{t('objections.changed')}</p>}
      {later && (
        <>
          <Notice tone="wait" title={t('objections.unchanged')}>
            {t('objections.unchanged_hint')}
          </Notice>
          <TextAreaField
            label={t('objections.remedy')}
            required
            rows={2}
            maxLength={1000}
            value={what}
            onChange={setWhat}
            error={tried && unnamed ? t('objections.remedy_missing') : undefined}
          />
          <TextField
            type="date"
            label={t('objections.remedy_by')}
            required
            min={today}
            value={by}
            onChange={setBy}
            error={
              tried && (undated || past) ? t(past ? 'objections.remedy_past' : 'objections.remedy_undated') : undefined
            }
          />
        </>
      )}
      {uphold && changed && person && (
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
        error={tried && empty ? t('objections.reason_missing') : undefined}
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
