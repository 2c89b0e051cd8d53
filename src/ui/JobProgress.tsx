/** Long work on the server as one line: what, how far, how to stop it, and how it ended. */
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import './figures.css'
import { useFormat, useWords } from './i18n.tsx'
import { Progress } from './Meter.tsx'
import { StatusTag, type Tone } from './Tag.tsx'

type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type Job = { state: JobState; done: number; total: number | null; message?: string }

const tones: Record<JobState, Tone> = {
  queued: 'wait',
  running: 'act',
  done: 'done',
  failed: 'alert',
  cancelled: 'off',
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
        {active ? '' : `${title} ${t(`job.${job.state}`)}`}
      </span>
    </section>
  )
}
