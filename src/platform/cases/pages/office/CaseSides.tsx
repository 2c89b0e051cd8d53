/** Beside a case: whose signatures were asked for and given, objections without their words, and all that happened. */
import { TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Answers } from '../../../../ui/form/Answers.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { Timeline } from '../../../../ui/Timeline.tsx'
import type { CaseView } from './handling.ts'
import { Due, TaskStateTag, useOrgName } from './States.tsx'

export function useStageTitle({ call }: CaseView) {
  const pick = useBilingual()
  return (id: string | null) => {
    const found = call.stages.find((stage) => stage.id === id)
    return found ? pick(found.title) : null
  }
}

/** The product itself and the public act under names that are no people's. */
export function useWho() {
  const t = useWords('cases')
  return (name: string) => (name === 'system' || name === 'public' ? t(`office.by.${name}`) : name)
}

export function Signatures({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const f = useFormat()
  const orgName = useOrgName()
  const titleOf = useStageTitle(view)
  const who = useWho()
  const tasks = view.tasks.filter(({ state }) => state !== 'dropped')
  if (tasks.length === 0) return null
  return (
    <Card title={t('office.signatures')}>
      <ul className="of-signatures">
        {tasks.map((task) => (
          <li key={task.id}>
            <div className="of-line">
              <b>{titleOf(task.stage)}</b>
              <TaskStateTag state={task.state} />
            </div>
            <div className="of-line q-quiet">
              <span>
                {f.dotted([orgName(task), t(`office.role.${task.role}`)])}{' '}
                {task.added && <Tag>{t('office.added')}</Tag>}
              </span>
              {task.state === 'open' ? (
                <Due on={task.dueOn} overdue={false} />
              ) : (
                <span>
                  {f.dotted([task.doneByName && who(task.doneByName), task.doneAt && f.shortDate(task.doneAt)])}
                </span>
              )}
            </div>
            {task.words && <p>{task.words}</p>}
            {task.report && <Answers rows={task.report} none={t('office.no_answer')} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function Objected({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const f = useFormat()
  const can = useCan()
  return (
    <Card title={t('office.objections')} tone="alert">
      <ul className="of-files">
        {view.objections.map((one) => (
          <li key={one.id}>
            <span>{t(`notices.kind.${one.kind}`)}</span>
            <span className="q-quiet">{f.date(one.raisedAt)}</span>
            <StatusTag tone={one.state === 'open' ? 'alert' : 'done'}>{t(`notices.objection.${one.state}`)}</StatusTag>
          </li>
        ))}
      </ul>
      {can('cases.objection.answer') && view.objections.some(({ state }) => state === 'open') && (
        <p>
          <TextLink to="/case-objections">{t('notices.to_objections')}</TextLink>
        </p>
      )}
    </Card>
  )
}

const TONES: Record<string, 'done' | 'alert' | 'sealed'> = {
  pass: 'done',
  refuse: 'alert',
  pause: 'alert',
  return: 'alert',
}

export function Course({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const f = useFormat()
  const titleOf = useStageTitle(view)
  const who = useWho()
  return (
    <Card title={t('office.course')}>
      <Timeline
        label={t('office.course')}
        items={[...view.steps].reverse().map((step) => ({
          key: String(step.nth),
          when: `${f.shortDate(step.at)} ${f.time(step.at)}`,
          title: f.dotted([
            t.has(`office.act.${step.act}`) ? t(`office.act.${step.act}`) : step.act,
            titleOf(step.fromStage ?? step.toStage),
          ]),
          detail: f.dotted([
            who(step.byName),
            step.votes && f.locale === 'en' ? t('applications.vote', step.votes) : step.words,
          ]),
          tone: TONES[step.act] ?? 'plain',
        }))}
      />
    </Card>
  )
}
