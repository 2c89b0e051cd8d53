/** One class from the plan to its completion: where it stands, the one next act, and its parts as tabs. */
import { useQuery } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../../ui/address.ts'
import { Boundary } from '../../../../../ui/Boundary.tsx'
import { Button, ButtonLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { Tabs } from '../../../../../ui/Tabs.tsx'
import { type Step, Stepper } from '../../../../../ui/Timeline.tsx'
import { useNow } from '../now.ts'
import { ShareOut } from '../places/ClassShareOut.tsx'
import { classStateOf, State } from '../States.tsx'
import { type ClassRow, useAsk } from '../training.ts'
import { ConfirmClass } from './ClassConfirm.tsx'
import { ClassOverview } from './ClassOverview.tsx'
import './class.css'
import { nameIn } from '../names.ts'

const ClassPlaces = lazy(() => import('../places/ClassPlaces.tsx'))
const ClassPeople = lazy(() => import('./ClassPeople.tsx'))
const ClassSessions = lazy(() => import('../sessions/ClassSessions.tsx'))
const ClassAttendance = lazy(() => import('../attendance/ClassAttendance.tsx'))
const ClassCompletion = lazy(() => import('../completion/ClassCompletion.tsx'))

export default function ClassPage() {
  const found = useQuery(useAsk().class(usePathPart('classId')))
  return (
    <Answer of={found} height={480}>
      {(row) => <ClassView row={row} />}
    </Answer>
  )
}

function ClassView({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const [search, change] = useAddress()
  const [asking, setAsking] = useState<'share' | 'confirm' | null>(null)
  const name = nameIn(f.locale, row)
  const goTo = (tab: string) =>
    change({
      tab: tab === 'overview' ? undefined : tab,
      cursor: undefined,
      page: undefined,
      q: undefined,
      state: undefined,
      sort: undefined,
      school: undefined,
    })
  const part = (key: string, content: React.ReactNode) => ({
    key,
    label: t(`office.class.tab.${key}`),
    content: <Boundary height={320}>{content}</Boundary>,
  })
  const tabs = [
    part(
      'overview',
      <>
        <Progress row={row} />
        <ClassOverview row={row} goTo={goTo} />
      </>,
    ),
    ...(can('training.delegate.read')
      ? [part('places', <ClassPlaces row={row} onShare={() => setAsking('share')} />)]
      : []),
    ...(can('training.enrolment.read') ? [part('people', <ClassPeople row={row} />)] : []),
    part('sessions', <ClassSessions row={row} />),
    ...(can('training.enrolment.read')
      ? [
          part('attendance', <ClassAttendance row={row} />),
          part('completion', <ClassCompletion row={row} goTo={goTo} />),
        ]
      : []),
  ]
  return (
    <>
      <PageHead
        title={name}
        back={{ to: '/plan', label: t('office.plan.title') }}
        tags={<State of="class" is={classStateOf(row)} />}
        subtitle={[
          row.code,
          nameIn(f.locale, { name: row.project, nameEn: row.projectEn }),
          t(`level.${row.level}`),
          t(`kind.${row.creditKind}`),
        ].join(' · ')}
        act={<NextAct row={row} tab={one(search.tab)} goTo={goTo} onAsk={setAsking} />}
        acts={
          can('training.class.write') &&
          row.state !== 'completed' && (
            <ButtonLink icon="edit" to="/classes/$classId/edit" params={{ classId: row.id }}>
              {t('office.form.change')}
            </ButtonLink>
          )
        }
      />
      <Tabs label={t('office.class.tabs')} items={tabs} value={one(search.tab) || 'overview'} onChange={goTo} />
      {asking === 'share' && <ShareOut row={row} onClose={() => setAsking(null)} onDone={() => goTo('places')} />}
      {asking === 'confirm' && <ConfirmClass row={row} onClose={() => setAsking(null)} onDone={() => goTo('people')} />}
    </>
  )
}

const STAGES = ['planned', 'open', 'confirmed', 'completed'] as const

function Progress({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  if (row.state === 'cancelled') return null
  const at = STAGES.indexOf(row.state as (typeof STAGES)[number])
  const notes: Record<string, string | undefined> = {
    planned: row.places === null ? t('office.plan.unnumbered') : t('office.places_n', { n: f.number(row.places) }),
    open: row.deadline ? t('office.class.until', { date: f.shortDate(row.deadline) }) : undefined,
    confirmed: row.sessions > 0 ? t('office.class.sessions_n', { n: row.sessions }) : undefined,
    completed: row.state === 'completed' ? t('office.class.passed_n', { n: f.number(row.passed) }) : undefined,
  }
  const steps = STAGES.map((key, place): Step => {
    const note = notes[key]
    return {
      key,
      label: t(key === 'open' && row.enrolment === 'open' ? 'office.class.step.open_self' : `office.class.step.${key}`),
      ...(note ? { note } : {}),
      state: row.state === 'completed' || place < at ? 'done' : place === at ? 'now' : 'later',
    }
  })
  return (
    <div className="tr-steps">
      <Stepper label={t('office.class.steps')} steps={steps} />
    </div>
  )
}

function NextAct({
  row,
  tab,
  goTo,
  onAsk,
}: {
  row: ClassRow
  /** The part that is open: an act that only leads there is not offered on it. */
  tab: string
  goTo: (tab: string) => void
  onAsk: (what: 'share' | 'confirm') => void
}) {
  const t = useWords('training')
  const can = useCan()
  const now = useNow().getTime()
  const sessions = useQuery({
    ...useAsk().sessions(row.id),
    enabled: row.state === 'confirmed' && can('training.host'),
  })
  if (can('training.delegate.write') && row.state === 'open' && row.enrolment === 'delegated')
    return (
      <ButtonLink look="primary" icon="people" to="/delegation/$classId" params={{ classId: row.id }}>
        {t('office.delegation.propose')}
      </ButtonLink>
    )
  if (!can('training.class.write')) return null
  if (row.state === 'planned')
    return row.places === null ? (
      <ButtonLink look="primary" icon="edit" to="/classes/$classId/edit" params={{ classId: row.id }}>
        {t('office.class.enter_places')}
      </ButtonLink>
    ) : (
      <Button look="primary" icon="columns" onClick={() => onAsk('share')}>
        {t('office.class.share_out')}
      </Button>
    )
  if (row.state === 'open')
    return (
      <Button look="primary" icon="check" onClick={() => onAsk('confirm')}>
        {t('office.class.confirm')}
      </Button>
    )
  if (row.state !== 'confirmed') return null
  const held = sessions.data ?? []
  const today = held.find(({ starts, ends }) => Date.parse(starts) - 45 * 60_000 <= now && now <= Date.parse(ends))
  if (today)
    return (
      <ButtonLink look="primary" icon="scan" to="/host/$sessionId" params={{ sessionId: today.id }}>
        {t('office.host.open')}
      </ButtonLink>
    )
  if (row.sessions === 0)
    return tab === 'sessions' ? null : (
      <Button look="primary" icon="calendar" onClick={() => goTo('sessions')}>
        {t('office.class.lay_out')}
      </Button>
    )
  if (row.nextSession === null && tab !== 'completion')
    return (
      <Button look="primary" icon="award" onClick={() => goTo('completion')}>
        {t('office.class.complete')}
      </Button>
    )
  return null
}
