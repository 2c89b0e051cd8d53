/** The answer to an objection: upheld or not, and what becomes of the credits when it is. */
import { useId, useState } from 'react'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { troubleOf } from '../../../../../ui/trouble.ts'
import { nameIn } from '../names.ts'
import { KEYS, type Objection, useTraining } from '../training.ts'
import { RemedyFields } from './RemedyFields.tsx'
import { blankRemedy, type RemedyValues, remedyOf } from './remedy.ts'
import './credits.css'
import '../office.css'

export function AnswerObjection({ objection, onClose }: { objection: Objection; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const name = useId()
  const training = useTraining()
  const [uphold, setUphold] = useState<boolean | null>(null)
  const [values, setValues] = useState<RemedyValues>(() => blankRemedy(objection))
  const [tried, setTried] = useState(false)
  const act = useAct(training.answerObjection, {
    done: ({ entered }) =>
      entered
        ? t('office.objection.answered_entered', {
            credits: f.number(entered.credits),
            year: String(entered.creditYear),
          })
        : t('office.objection.answered'),
    refresh: [KEYS.objections, KEYS.credits, KEYS.audits, ['nav-count']],
    quiet: true,
  })
  const { entry } = objection
  const remedy = uphold ? remedyOf(objection, values) : null
  const sealed = objection.sealed || troubleOf(act.error).code === 'training.year_sealed'
  return (
    <ConfirmWithReason
      open
      title={t('office.objection.answer_title', { name: objection.name })}
      confirm={t(
        uphold === null
          ? 'office.objection.answer_act'
          : uphold
            ? 'office.objection.uphold_act'
            : 'office.objection.reject_act',
      )}
      danger={uphold === true && entry !== null}
      reasonLabel={t('office.objection.answer')}
      reasonHint={t('office.objection.answer_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (answer) => {
        setTried(true)
        if (uphold === null || (uphold && remedy === null)) return
        const settled = remedy === null ? {} : { remedy }
        const ids = { personId: objection.personId, objectionId: objection.id }
        if (await act.run({ ...ids, uphold, answer, ...settled })) onClose()
      }}
    >
      <blockquote className="tr-quote">{objection.text}</blockquote>
      <p>
        {entry
          ? [
              nameIn(f.locale, { name: entry.title, nameEn: entry.titleEn }),
              f.date(entry.occurredOn),
              t('office.hours_n', { n: f.number(entry.hours) }),
              t('office.credits_n', { n: f.number(entry.credits) }),
            ].join(' · ')
          : t('office.objection.missing_in', { year: String(objection.year) })}
      </p>
      <fieldset className="tr-choices">
        <legend>{t('office.objection.decision')}</legend>
        {([true, false] as const).map((value) => (
          <label key={String(value)} className="q-check">
            <input type="radio" name={name} checked={uphold === value} onChange={() => setUphold(value)} />
            <span>
              {t(value ? 'office.objection.uphold' : 'office.objection.reject')}
              <small>
                {t(
                  value
                    ? entry
                      ? 'office.objection.uphold_hint'
                      : 'office.objection.uphold_hint_missing'
                    : 'office.objection.reject_hint',
                )}
              </small>
            </span>
          </label>
        ))}
        {tried && uphold === null && <p className="q-field-error">{t('office.objection.choose')}</p>}
      </fieldset>
      {uphold && (
        <RemedyFields objection={objection} values={values} onChange={setValues} sealed={sealed} tried={tried} />
      )}
    </ConfirmWithReason>
  )
}
