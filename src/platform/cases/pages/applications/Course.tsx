/** Where it stands and who has it, what happened to it, what came of it; the application itself folded below. */

import { Card } from '../../../../ui/Card.tsx'
import { Answers } from '../../../../ui/form/Answers.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice, type NoticeTone } from '../../../../ui/Notice.tsx'
import { Timeline, type TimelineItem } from '../../../../ui/Timeline.tsx'
import { Appeal } from './Appeal.tsx'
import type { ApplicationPage, Applying } from './applying.ts'
import { Outcome } from './Outcome.tsx'
import { StandingRows } from './StandingRows.tsx'
import { Withdraw } from './Withdraw.tsx'

export function Course({ page, applying }: { page: ApplicationPage; applying: Applying }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  return (
    <>
      <Now page={page} />
      {page.outcome && <Outcome outcome={page.outcome} />}
      <Card title={t('applications.course')}>
        <Steps page={page} />
      </Card>
      <Appeal page={page} applying={applying} />
      {page.submittedAt && page.standing.sets.length > 0 && (
        <Card title={t('applications.conditions_then')}>
          <StandingRows standing={page.standing} about={page.about} asOf={page.call.judgedOn} />
        </Card>
      )}
      <Card title={t('applications.content')}>
        <details className="app-fold">
          <summary>{t('applications.see_content')}</summary>
          <Answers rows={page.form.told} />
          {page.materials.some(({ files }) => files.length > 0) && (
            <section className="app-given">
              <h3>{t('applications.materials')}</h3>
              <ul>
                {page.materials.flatMap(({ title, files }) =>
                  files.map((file) => (
                    <li key={file.id}>
                      <a href={`/files/${file.fileId}`} download>
                        {file.name}
                      </a>{' '}
                      <span className="q-quiet">{f.dotted([say(title), f.bytes(file.size)])}</span>
                    </li>
                  )),
                )}
              </ul>
            </section>
          )}
        </details>
      </Card>
      <Withdraw page={page} applying={applying} />
    </>
  )
}

const TONES: Record<string, NoticeTone> = { refused: 'alert', filed: 'done', lapsed: 'alert', withdrawn: 'info' }

/** In one sentence whose turn it is. */
function Now({ page }: { page: ApplicationPage }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const { state, stage, dueOn } = page
  const holders = page.with.map(({ office, org }) =>
    office && org
      ? t('applications.holder', {
          org: f.locale === 'en' && org.nameEn ? org.nameEn : org.name,
          role: t(`applications.role.${office.role}`),
        })
      : t('applications.role.applicant'),
  )
  const due = dueOn ?? page.with.find((holder) => holder.dueOn)?.dueOn
  const why = state === 'refused' ? page.timeline.findLast((step) => step.state === 'refused')?.words : null
  return (
    <Notice
      tone={TONES[state] ?? 'wait'}
      title={t(`applications.now.${state}`, { stage: stage ? say(stage.title) : '' })}
    >
      {holders.length > 0 && <p>{t('applications.has_it', { who: f.list(holders) })}</p>}
      {due && <p>{t('applications.due', { date: f.date(due) })}</p>}
      {why && <p className="app-words">{why}</p>}
      {page.submittedAt && (
        <p className="q-quiet">{t('applications.received', { when: f.dateTime(page.submittedAt) })}</p>
      )}
    </Notice>
  )
}

const ALERT = new Set(['refused', 'returned', 'lapsed'])
const ENDED = new Set(['refused', 'withdrawn', 'lapsed', 'filed', 'appealed'])

/** What happened, then what is still to come. */
function Steps({ page }: { page: ApplicationPage }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const done = page.timeline.map((step, nth): TimelineItem => {
    const org = step.org && (f.locale === 'en' && step.org.nameEn ? step.org.nameEn : step.org.name)
    const who = f.dotted([org, t(`applications.role.${step.by}`)])
    const title = t(`applications.act.${step.act}`, {
      from: step.from ? say(step.from) : '',
      to: step.to ? say(step.to) : '',
    })
    // What a panel counted is kept in Chinese words.
    const words = step.votes && f.locale === 'en' ? t('applications.vote', step.votes) : step.words
    return {
      key: `${nth}`,
      when: f.dateTime(step.at),
      title,
      detail: (
        <>
          <span>{who}</span>
          {words && <span className="app-words">{words}</span>}
        </>
      ),
      tone: ALERT.has(step.state) ? 'alert' : 'done',
    }
  })
  const { stages } = page.call
  const at = page.stage ? stages.findIndex(({ id }) => id === page.stage!.id) : -1
  const ahead = ENDED.has(page.state) ? [] : stages.slice(Math.max(at, 0))
  const later = ahead.map(({ id, title }, nth): TimelineItem => {
    const now = nth === 0 && at >= 0
    return {
      key: id,
      when: t(now ? 'applications.now_here' : 'applications.later'),
      title: now ? say(title) : <span className="q-quiet">{say(title)}</span>,
      tone: 'plain',
    }
  })
  return <Timeline items={[...done, ...later]} label={t('applications.course')} />
}
