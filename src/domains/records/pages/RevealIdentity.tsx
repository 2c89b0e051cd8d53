/** The masked identity number with the way to the whole one: an office says what for, oneself only asks. Shown until closed. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { useCodes } from './codes.ts'
import { type Person, useRecords } from './records.ts'

export function RevealIdentity({ person, own }: { person: Person; own?: boolean }) {
  const t = useWords('records')
  const [open, setOpen] = useState(false)
  if (!person.idMasked) return null
  return (
    <span className="rec-identity">
      <span className="q-num rec-nowrap">{person.idMasked}</span>
      {person.mayReveal && (
        <Button small look="quiet" icon="eye" onClick={() => setOpen(true)}>
          {t('reveal.act')}
        </Button>
      )}
      {open && <Revealing person={person} own={own ?? false} onClose={() => setOpen(false)} />}
    </span>
  )
}

function Revealing({ person, own, onClose }: { person: Person; own: boolean; onClose: () => void }) {
  const t = useWords('records')
  const ui = useWords('ui')
  const codes = useCodes()
  const records = useRecords()
  const form = useId()
  const [purpose, setPurpose] = useState('')
  const [shown, setShown] = useState<{ idType: string; idNumber: string } | null>(null)
  const ask = useAct(
    (why: string) =>
      own ? records.revealOwnIdentity() : records.revealIdentity({ personId: person.personId, purpose: why }),
    { quiet: true },
  )
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (ask.busy) return
    const answer = await ask.run(purpose.trim())
    if (answer) setShown(answer)
  }
  return (
    <Dialog
      open
      title={own ? t('reveal.own_title') : t('reveal.title', { name: person.name })}
      onClose={onClose}
      acts={
        shown ? (
          <Button look="primary" onClick={onClose}>
            {t('reveal.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{ui('cancel')}</Button>
            <Button type="submit" form={form} look="primary" busy={ask.busy}>
              {t('reveal.submit')}
            </Button>
          </>
        )
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void send(event)}>
        {shown ? (
          <div role="status">
            <p className="q-quiet">
              {t('reveal.shown', { name: person.name, type: codes.label('idType', shown.idType) })}
            </p>
            <p className="rec-identity-number q-num">{shown.idNumber}</p>
          </div>
        ) : own ? (
          <p>{t('reveal.own_text')}</p>
        ) : (
          <TextField
            label={t('reveal.purpose')}
            required
            hint={t('reveal.purpose_hint')}
            value={purpose}
            onChange={setPurpose}
            minLength={4}
            maxLength={200}
            autoComplete="off"
          />
        )}
        {shown && !own && <Notice tone="wait">{t('reveal.warn')}</Notice>}
        {ask.error !== null && ask.error !== undefined && <Failure error={ask.error} />}
      </form>
    </Dialog>
  )
}
