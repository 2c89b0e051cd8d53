/** An objection in one's own words: to an entry, or to one that ought to be there. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { TextAreaField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { CREDITS_CHANGED, type Entry, nameIn, useTraining } from './training.ts'

const SHORTEST = 5
const LONGEST = 1000

/** `entry` null: one is missing. */
export function ObjectionDialog({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const form = useId()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const raise = useAct(training.object, { quiet: true, done: t('my.objection.sent'), refresh: CREDITS_CHANGED })
  const short = text.trim().length < SHORTEST
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (short || raise.busy) return
    if (await raise.run({ entryId: entry?.id ?? null, text: text.trim() })) onClose()
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
          <p>{t('my.objection.missing_what')}</p>
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
