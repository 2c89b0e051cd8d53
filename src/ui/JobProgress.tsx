/** Long work on the server as one line: what, how far, how to stop it, and how it ended. */
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import './figures.css'
import { useFormat, useWords } from './i18n.tsx'
import { Progress } from './Meter.tsx'
import { StatusTag, type Tone } from './Tag.tsx'
import type { Words } from './words.ts'

type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type Job = { state: JobState; done: number; total: number | null; message?: string }

const tones: Record<JobState, Tone> = {
  queued: 'wait',
  running: 'act',
  done: 'done',
  failed: 'alert',
  cancelled: 'off',
}

/** Per cent between two announcements, so that somebody who listens hears how far it is without being talked over. */
const STEP = 25

/** What is said politely when it changes: the beginning, every quarter, the end. */
function spoken(title: string, { state, done, total }: Job, t: Words): string {
  if (state !== 'running' || !total) return t('job.said', { title, state: t(`job.${state}`) })
  const percent = Math.floor(((done / total) * 100) / STEP) * STEP
  return t('job.said_share', { title, n: Math.min(100, percent) })
}

export function JobProgress({
  title,
  job,
  onCancel,
  children,
}: {
  title: string
  job: Job
  onCancel?: () => void
  /** Shown when it has ended: the result, the way to it. */
  children?: ReactNode
}) {
  const t = useWords('ui')
  const f = useFormat()
  const active = job.state === 'queued' || job.state === 'running'
  const counted = job.total ? `${f.number(job.done)} / ${f.number(job.total)}` : f.number(job.done)
  return (
    <section className="q-job" aria-label={title}>
      <div className="q-job-head">
        <b>{title}</b>
        <StatusTag tone={tones[job.state]}>{t(`job.${job.state}`)}</StatusTag>
        {active && onCancel && (
          <Button small onClick={onCancel}>
            {t('job.cancel')}
          </Button>
        )}
      </div>
      {active && (
        <Progress
          label={title}
          text={job.state === 'running' ? counted : ''}
          {...(job.total ? { value: job.done, max: job.total } : {})}
        />
      )}
      {job.message && <p className="q-quiet">{job.message}</p>}
      {!active && children}
      <span className="q-hidden" role="status">
        {spoken(title, job, t)}
      </span>
    </section>
  )
}
