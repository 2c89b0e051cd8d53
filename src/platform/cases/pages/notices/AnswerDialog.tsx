/** Answers an objection or an appeal: upheld or not, what becomes of the case, and what each side is told. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextAreaField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import type { ObjectionRow } from '../../contract/notices.ts'
import { CHANGED, useCases } from '../office/handling.ts'
import { NOTICES, OBJECTIONS } from './keys.ts'

export function AnswerDialog({ row, onClose }: { row: ObjectionRow; onClose: () => void }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const cases = useCases()
  const form = useId()
  const appeal = row.kind === 'appeal'
  const [verdict, setVerdict] = useState('')
  const [outcome, setOutcome] = useState('')
  const [answer, setAnswer] = useState('')
  const [told, setTold] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(cases.answerObjection, {
    done: t('notices.answered'),
    refresh: [OBJECTIONS, NOTICES, ...CHANGED],
    quiet: true,
  })
  const upheld = verdict === 'upheld'
  const lacks = {
    verdict: verdict === '',
    answer: answer.trim().length < 2,
    outcome: upheld && !appeal && row.paused && outcome === '',
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lacks.verdict || lacks.answer || lacks.outcome) return
    const [what, to] = outcome.split(':')
    const done = await act.run({
      applicationId: row.applicationId,
      objectionId: row.id,
      verdict: upheld ? 'upheld' : 'dismissed',
      answer,
      ...(told.trim().length >= 2 ? { told } : {}),
      ...(upheld && !appeal && outcome
        ? { outcome: what === 'refuse' ? { act: 'refuse' as const } : { act: 'return' as const, to: to || null } }
        : {}),
      ...(upheld && appeal && outcome ? { to: outcome } : {}),
    })
    if (done) onClose()
  }
  const open = row.state === 'open'
  const back = row.returnTo.map(({ id, title }) => ({
    value: appeal ? id : `return:${id}`,
    label: t('notices.back_to', { stage: pick(title) }),
  }))
  return (
    <Dialog
      open
      wide
      title={t(appeal ? 'notices.answer_appeal' : 'notices.answer_objection')}
      onClose={onClose}
      acts={
        open && (
          <>
            <Button onClick={onClose}>{t('office.cancel')}</Button>
            <Button type="submit" form={form} look="primary" busy={act.busy}>
              {t('notices.answer')}
            </Button>
          </>
        )
      }
    >
      <form id={form} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
        <Facts
          items={[
            { label: t('notices.about'), value: f.dotted([row.name, row.orgName]) },
            {
              label: t('office.column.call'),
              value: f.dotted([pick(row.callTitle), row.stageTitle && pick(row.stageTitle)]),
            },
            { label: t('notices.raised'), value: f.dateTime(row.raisedAt) },
            { label: t('office.column.due'), value: row.dueOn && f.date(row.dueOn) },
            ...(appeal
              ? []
              : [{ label: t('notices.raised_by'), value: row.named ? <Reveal row={row} /> : t('notices.anonymous') }]),
          ]}
        />
        <blockquote className="no-said">{row.words}</blockquote>
        {open ? (
          <>
            <SelectField
              label={t('notices.verdict')}
              required
              value={verdict}
              onChange={(value) => {
                setVerdict(value)
                setOutcome('')
              }}
              placeholder={t('office.choose')}
              error={tried && lacks.verdict ? t('notices.verdict_missing') : undefined}
              choices={(['dismissed', 'upheld'] as const).map((value) => ({
                value,
                label: t(`notices.verdict.${row.kind}.${value}`),
              }))}
            />
            {upheld && (appeal || row.paused) && (
              <SelectField
                label={t('notices.outcome')}
                required={!appeal}
                value={outcome}
                onChange={setOutcome}
                {...(appeal ? {} : { placeholder: t('office.choose') })}
                error={tried && lacks.outcome ? t('notices.outcome_missing') : undefined}
                choices={
                  appeal
                    ? [...back].reverse()
                    : [
                        { value: 'refuse', label: t('office.do.refuse') },
                        { value: 'return:', label: t('notices.back_to_applicant') },
                        ...back,
                      ]
                }
              />
            )}
            <TextAreaField
              label={t(appeal ? 'notices.answer_words' : 'notices.answer_for_objector')}
              required
              hint={t(appeal ? 'notices.answer_hint_appeal' : 'notices.answer_hint')}
              error={tried && lacks.answer ? t('office.reason_missing') : undefined}
              rows={4}
              maxLength={4000}
              value={answer}
              onChange={setAnswer}
            />
            {!appeal && (
              <TextAreaField
                label={t('notices.told')}
                required={false}
                hint={t('notices.told_hint')}
                maxLength={4000}
                value={told}
                onChange={setTold}
              />
            )}
          </>
        ) : (
          <Facts
            columns={1}
            items={[
              { label: t('notices.verdict'), value: t(`notices.verdict.${row.kind}.${row.state}`) },
              { label: t('notices.answer_words'), value: row.answer },
              {
                label: t('notices.answered_by'),
                value: f.dotted([row.answeredByName, row.answeredAt && f.date(row.answeredAt)]),
              },
            ]}
          />
        )}
        {act.error !== null && act.error !== undefined && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}

/** The name stays sealed until somebody says why it is needed. */
function Reveal({ row }: { row: ObjectionRow }) {
  const t = useWords('cases')
  const f = useFormat()
  const cases = useCases()
  const [asking, setAsking] = useState(false)
  const [who, setWho] = useState<{ name: string; contact: string } | null>(null)
  const act = useAct(cases.revealObjector, { quiet: true })
  if (who) return f.dotted([who.name, who.contact])
  return (
    <>
      <Button small look="quiet" icon="eye" onClick={() => setAsking(true)}>
        {t('notices.reveal')}
      </Button>
      {asking && (
        <ConfirmWithReason
          open
          title={t('notices.reveal')}
          confirm={t('notices.reveal')}
          busy={act.busy}
          error={act.error}
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            const found = await act.run({ applicationId: row.applicationId, objectionId: row.id, reason })
            if (!found) return
            setWho(found)
            setAsking(false)
          }}
        >
          <p>{t('notices.reveal_says')}</p>
        </ConfirmWithReason>
      )}
    </>
  )
}
