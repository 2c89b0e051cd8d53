/** An objection in one's own words: to an entry, or to one that ought to be there. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextAreaField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { CREDITS_CHANGED, type Entry, nameIn, useTraining } from './training.ts'

const SHORTEST = 5
const LONGEST = 1000
/** Years in which an entry may be said to be missing: a cycle. */
const YEARS_BACK = 5

/** `entry` null: one is missing. */
export function ObjectionDialog({
  entry,
  present = 0,
  onClose,
}: {
  entry: Entry | null
  /** The credit year of today, where an entry is missing. */
  present?: number
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const form = useId()
  const [text, setText] = useState('')
  const [year, setYear] = useState(String(present))
  const [tried, setTried] = useState(false)
  const raise = useAct(training.object, { quiet: true, done: t('my.objection.sent'), refresh: CREDITS_CHANGED })
  const short = text.trim().length < SHORTEST
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (short || raise.busy) return
    if (
      await raise.run({
        entryId: entry?.id ?? null,
        text: text.trim(),
        ...(entry || !present ? {} : { year: Number(year) }),
      })
    )
      onClose()
  }
  return (
    <Dialog
      open
      title={t(entry ? 'my.objection.title' : 'my.missing_entry')}
      onClose={onClose}
      acts={
        <Button type="submit" form={form} look="primary" busy={raise.busy}>
          {t('my.objection.send')}
        </Button>
      }
    >
      <form id={form} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
        {entry ? (
          <div>
            <p className="my-strong">{nameIn(f.locale, { name: entry.title, nameEn: entry.titleEn })}</p>
            <p className="q-quiet">
              {f.date(entry.occurredOn)}　{t('my.credits_n', { n: f.number(entry.credits) })}
            </p>
          </div>
        ) : (
          <>
            <p>{t('my.objection.missing_what')}</p>
            {present > 0 && (
              <SelectField
                label={t('my.year')}
                value={year}
                onChange={setYear}
                choices={Array.from({ length: YEARS_BACK }, (_, i) => {
                  const value = String(present - i)
                  return { value, label: t('my.entries.year', { year: value }) }
                })}
              />
            )}
          </>
        )}
        <TextAreaField
          label={t(entry ? 'my.objection.text' : 'my.objection.missing_text')}
          hint={t('my.objection.hint')}
          error={tried && short ? t('my.objection.short', { n: SHORTEST }) : undefined}
          required
          rows={5}
          maxLength={LONGEST}
          value={text}
          onChange={setText}
        />
        {raise.error ? <Failure error={raise.error} /> : null}
      </form>
    </Dialog>
  )
}
