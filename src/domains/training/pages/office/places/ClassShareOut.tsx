/** Shares the places of a class out to schools by the published rule and opens it for names. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { addDays, civilDate } from '../../../../../base/dates.ts'
import { Button } from '../../../../../ui/Button.tsx'
import { Facts } from '../../../../../ui/Card.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { Dialog } from '../../../../../ui/Dialog.tsx'
import { TextField } from '../../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../../ui/Notice.tsx'
import { useNow } from '../now.ts'
import { type ClassRow, classKey, KEYS, useAsk, useTraining } from '../training.ts'
import '../office.css'

export function ShareOut({ row, onClose, onDone }: { row: ClassRow; onClose: () => void; onDone: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const form = useId()
  const training = useTraining()
  const reach = useQuery(useAsk().reach(row.id))
  const today = civilDate(useNow())
  const [day, setDay] = useState(row.deadline ? civilDate(new Date(row.deadline)) : addDays(today, 7))
  const [hour, setHour] = useState(row.deadline ? f.time(row.deadline) : '18:00')
  const act = useAct(training.shareOut, {
    done: ({ schools, places }) => t('office.share.done', { schools, places: f.number(places) }),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await act.run({ classId: row.id, deadline: `${day}T${hour}:00+08:00` }))) return
    onClose()
    onDone()
  }
  const own = row.enrolment === 'open'
  return (
    <Dialog
      open
      title={t(own ? 'office.share.open_title' : 'office.share.title')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('office.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={act.busy}>
            {t(own ? 'office.share.open_act' : 'office.share.act')}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <Facts
          columns={1}
          items={[
            { label: t('office.figure.places'), value: row.places !== null && f.number(row.places) },
            { label: t('office.figure.eligible'), value: reach.data !== undefined && f.number(reach.data) },
            {
              label: t('office.share.ratio'),
              value:
                row.places !== null && reach.data
                  ? t('office.share.one_in', { n: f.number(reach.data / row.places, 1) })
                  : null,
            },
          ]}
        />
        <p>{t(own ? 'office.share.open_rule' : 'office.share.rule')}</p>
        {!own && <p className="q-quiet">{t('office.share.ties')}</p>}
        {row.state === 'open' && <Notice tone="wait" title={t('office.share.again')} />}
        <div className="tr-field-row">
          <TextField
            label={t('office.share.deadline')}
            type="date"
            required
            min={today}
            value={day}
            onChange={setDay}
          />
          <TextField label={t('office.share.time')} type="time" required value={hour} onChange={setHour} />
        </div>
        {act.error !== null && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}
