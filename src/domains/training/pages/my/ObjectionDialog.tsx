/** An objection in one's own words: to an entry, or to one that ought to be there. */
import { useState } from 'react'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { WhyObjectForm } from '../../../../ui/WhyObjectForm.tsx'
import { CREDITS_CHANGED, type Entry, nameIn, useTraining } from './training.ts'

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
  const [year, setYear] = useState(String(present))
  const raise = useAct(training.object, { quiet: true, done: t('my.objection.sent'), refresh: CREDITS_CHANGED })
  const send = async (text: string) => {
    const sent = await raise.run({
      entryId: entry?.id ?? null,
      text,
      ...(entry || !present ? {} : { year: Number(year) }),
    })
    return sent !== undefined
  }
  return (
    <WhyObjectForm
      title={t(entry ? 'my.objection.title' : 'my.missing_entry')}
      label={t(entry ? 'my.objection.text' : 'my.objection.missing_text')}
      hint={t('my.objection.hint')}
      sending={raise}
      onSend={send}
      onClose={onClose}
    >
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
    </WhyObjectForm>
  )
}
