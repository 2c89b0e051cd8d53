/** Lays out all sessions of a class at once from what the plan says; seen as a list before anything is saved. */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { civilDate, isCivilDate } from '../../../../../base/dates.ts'
import { Button } from '../../../../../ui/Button.tsx'
import { Dialog } from '../../../../../ui/Dialog.tsx'
import { CheckField, TextField } from '../../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Progress } from '../../../../../ui/Meter.tsx'
import { Failure, Notice } from '../../../../../ui/Notice.tsx'
import { say } from '../../../../../ui/toast.ts'
import { useNow } from '../now.ts'
import { type ClassRow, classKey, KEYS, useTraining } from '../training.ts'
import { type Draft, proposeSessions } from './session-proposal.ts'
import '../office.css'
import './sessions.css'

export function SessionProposal({ row, onClose }: { row: ClassRow; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const form = useId()
  const training = useTraining()
  const queries = useQueryClient()
  const today = civilDate(useNow())
  const planned = row.sessionsPlanned ?? { days: 1, hoursPerDay: 6 }
  const [starts, setStarts] = useState(() =>
    Array.from({ length: row.terms }, (_, at) => row.schedule[at]?.starts ?? row.period?.from ?? today),
  )
  const [days, setDays] = useState(String(planned.days))
  const [hours, setHours] = useState(String(planned.hoursPerDay))
  const [morning, setMorning] = useState('09:00')
  const [afternoon, setAfternoon] = useState('14:00')
  const [weekends, setWeekends] = useState(false)
  const [place, setPlace] = useState('')
  const [saved, setSaved] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)

  const count = Number(days)
  const usable = starts.every(isCivilDate) && count >= 1 && count <= 60 && Number(hours) > 0 && Number(hours) <= 12
  const drafts: Draft[] = usable
    ? proposeSessions({
        starts,
        days: count,
        hoursPerDay: Number(hours),
        morning,
        afternoon,
        weekends,
        title: ({ day, half }) => t(`office.propose.title_${half}`, { day }),
      })
    : []
  const past = drafts.some(({ day }) => day < today)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    try {
      // One after the other: each is its own act, and what is saved stays saved when one is refused.
      for (const [at, draft] of drafts.entries()) {
        if (at < (saved ?? 0)) continue
        await training.saveSession({
          classId: row.id,
          title: draft.title,
          place,
          starts: `${draft.day}T${draft.from}:00+08:00`,
          ends: `${draft.day}T${draft.until}:00+08:00`,
          term: draft.term,
        })
        setSaved(at + 1)
      }
      say(t('office.propose.done', { n: drafts.length }))
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      await Promise.all([classKey(row.id), KEYS.classes].map((queryKey) => queries.invalidateQueries({ queryKey })))
    }
  }
  const busy = saved !== null && error === null
  return (
    <Dialog
      open
      wide
      title={t('office.session.lay_out')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t('office.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={busy} disabled={drafts.length === 0}>
            {t('office.propose.act', { n: drafts.length })}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" onSubmit={(event) => void submit(event)}>
        <p className="q-quiet">
          {t(
            !row.sessionsPlanned
              ? 'office.propose.no_plan'
              : row.assumed.includes('sessions')
                ? 'office.propose.from_default'
                : 'office.propose.from_plan',
          )}
        </p>
        <div className="tr-field-grid">
          {starts.map((start, at) => (
            <TextField
              // biome-ignore lint/suspicious/noArrayIndexKey: a term is its place
              key={at}
              label={row.terms > 1 ? t('office.propose.start_term', { n: at + 1 }) : t('office.propose.start')}
              type="date"
              required
              value={start}
              onChange={(value) => setStarts(starts.map((old, place) => (place === at ? value : old)))}
            />
          ))}
          <TextField
            label={t('office.propose.days')}
            type="number"
            min={1}
            max={60}
            required
            value={days}
            onChange={setDays}
          />
          <TextField
            label={t('office.propose.hours')}
            type="number"
            min={0.5}
            max={12}
            step={0.5}
            required
            value={hours}
            onChange={setHours}
          />
          <TextField label={t('office.propose.morning')} type="time" required value={morning} onChange={setMorning} />
          {Number(hours) > 4 && (
            <TextField
              label={t('office.propose.afternoon')}
              type="time"
              required
              value={afternoon}
              onChange={setAfternoon}
            />
          )}
          <TextField label={t('office.session.place')} required maxLength={120} value={place} onChange={setPlace} />
        </div>
        <CheckField label={t('office.propose.weekends')} checked={weekends} onChange={setWeekends} />
        {past && <Notice tone="wait" title={t('office.propose.past')} />}
        <section aria-label={t('office.propose.preview')}>
          <h3 className="tr-group-title">{t('office.propose.preview_n', { n: drafts.length })}</h3>
          <ol className="tr-preview">
            {drafts.map((draft) => (
              <li key={`${draft.day}${draft.from}${draft.term}`}>
                <span className="q-num">{f.longDate(draft.day)}</span>
                <span className="q-num">
                  {draft.from}–{draft.until}
                </span>
                <span>
                  {row.terms > 1 && `${t('office.term_n', { n: draft.term })} · `}
                  {draft.title}
                </span>
              </li>
            ))}
          </ol>
        </section>
        {busy && (
          <Progress
            label={t('office.session.lay_out')}
            value={saved}
            max={drafts.length}
            text={`${saved} / ${drafts.length}`}
          />
        )}
        {error !== null && <Failure error={error} />}
      </form>
    </Dialog>
  )
}
