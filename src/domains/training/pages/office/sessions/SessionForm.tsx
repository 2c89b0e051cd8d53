/** Adds or changes one session, and says for how many people it overlaps with something else. */
import { type FormEvent, useId, useState } from 'react'
import { civilDate } from '../../../../../base/dates.ts'
import { Button } from '../../../../../ui/Button.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { Dialog } from '../../../../../ui/Dialog.tsx'
import { CheckField, SelectField, TextField } from '../../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Failure } from '../../../../../ui/Notice.tsx'
import { useNow } from '../now.ts'
import { type ClassRow, classKey, KEYS, type Session, useTraining } from '../training.ts'
import '../office.css'

export function SessionForm({
  row,
  session,
  onClose,
}: {
  row: ClassRow
  session: Session | null
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const form = useId()
  const training = useTraining()
  const today = civilDate(useNow())
  const [title, setTitle] = useState(session?.title ?? '')
  const [place, setPlace] = useState(session?.place ?? '')
  const [day, setDay] = useState(session ? civilDate(new Date(session.starts)) : today)
  const [from, setFrom] = useState(session ? f.time(session.starts) : '09:00')
  const [until, setUntil] = useState(session ? f.time(session.ends) : '12:00')
  const [term, setTerm] = useState(String(session?.term ?? 1))
  const [compulsory, setCompulsory] = useState(session?.compulsory ?? false)
  const act = useAct(training.saveSession, {
    done: ({ clashes }) =>
      clashes > 0 ? t('office.session.saved_clashes', { n: clashes }) : t('office.session.saved'),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await act.run({
      classId: row.id,
      ...(session ? { sessionId: session.id } : {}),
      title,
      place,
      starts: `${day}T${from}:00+08:00`,
      ends: `${day}T${until}:00+08:00`,
      term: Number(term),
      compulsory,
    })
    if (saved) onClose()
  }
  return (
    <Dialog
      open
      title={t(session ? 'office.session.change' : 'office.session.add')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('office.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={act.busy}>
            {t('office.form.save')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <TextField label={t('office.session.title')} required maxLength={120} value={title} onChange={setTitle} />
        <TextField label={t('office.session.place')} required maxLength={120} value={place} onChange={setPlace} />
        <div className="tr-field-row">
          <TextField label={t('office.session.day')} type="date" required value={day} onChange={setDay} />
          <TextField label={t('office.session.from')} type="time" required value={from} onChange={setFrom} />
          <TextField label={t('office.session.until')} type="time" required value={until} onChange={setUntil} />
        </div>
        {row.terms > 1 && (
          <SelectField
            label={t('office.figure.term')}
            value={term}
            onChange={setTerm}
            choices={Array.from({ length: row.terms }, (_, at) => ({
              value: String(at + 1),
              label: t('office.term_n', { n: at + 1 }),
            }))}
          />
        )}
        <CheckField
          label={t('office.session.compulsory')}
          hint={t('office.session.compulsory_hint')}
          checked={compulsory}
          onChange={setCompulsory}
        />
        {act.error !== null && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}
