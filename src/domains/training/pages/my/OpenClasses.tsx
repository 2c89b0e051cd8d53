/** Open classes: whom they are for, how many places are left, and joining or waiting in line. */
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useTargetWords } from '../office/target.ts'
import { LeaveClass } from './LeaveClass.tsx'
import './my.css'
import { EnrolmentTag } from './States.tsx'
import {
  CLASSES_CHANGED,
  type MyClass,
  nameIn,
  type OpenClass,
  useMine,
  useOpenClasses,
  useTraining,
} from './training.ts'

export function OpenClasses() {
  const t = useWords('training')
  const open = useOpenClasses()
  const mine = useMine()
  return (
    <Answer of={open} height={320}>
      {(rows) => {
        if (rows.length === 0) return <Empty icon="calendar" title={t('my.open.none')} hint={t('my.open.none_hint')} />
        const order = (row: OpenClass) => (row.eligibleSelf ? 0 : 1)
        const own = new Map(mine.data?.map((one) => [one.classId, one]))
        return (
          <div className="my-cards">
            {[...rows]
              .sort((a, b) => order(a) - order(b))
              .map((row) => (
                <OpenClassCard key={row.id} row={row} own={own.get(row.id)} />
              ))}
          </div>
        )
      }}
    </Answer>
  )
}

function OpenClassCard({ row, own }: { row: OpenClass; own: MyClass | undefined }) {
  const t = useWords('training')
  const f = useFormat()
  const { sentence } = useTargetWords()
  const state = own?.state
  const inside = state === 'confirmed' || state === 'waiting'
  const left = Math.max(0, row.shared - row.seated)
  const starts = row.nextSession ?? row.schedule[0]?.starts
  const parts = [
    nameIn(f.locale, { name: row.project, nameEn: row.projectEn }),
    t(`level.${row.level}`),
    t.has(`kind.${row.creditKind}`) ? t(`kind.${row.creditKind}`) : row.creditKind,
    row.hours && t('my.hours', { n: f.number(row.hours) }),
  ]
  return (
    <Card
      title={nameIn(f.locale, row)}
      extra={inside ? <EnrolmentTag state={state} /> : <Places left={left} waiting={row.waiting} />}
    >
      <div className="q-stack">
        <p className="q-quiet">{parts.filter(Boolean).join(' · ')}</p>
        <ul className="my-lines">
          <li>
            <Icon name="people" size={18} />
            <span>{t('my.open.for', { whom: sentence(row.target) })}</span>
          </li>
          {starts && (
            <li>
              <Icon name="calendar" size={18} />
              <span>{t('my.open.starts', { date: f.longDate(starts) })}</span>
            </li>
          )}
          {row.deadline && (
            <li>
              <Icon name="clock" size={18} />
              <span>{t('my.open.until', { date: f.shortDate(row.deadline), time: f.time(row.deadline) })}</span>
            </li>
          )}
        </ul>
        {inside ? (
          own?.wayOut === 'leave' && <LeaveClass of={own} />
        ) : row.eligibleSelf ? (
          <Join row={row} />
        ) : (
          <p className="my-not-for-me">{t('my.open.not_for_me')}</p>
        )}
      </div>
    </Card>
  )
}

function Places({ left, waiting }: { left: number; waiting: number }) {
  const t = useWords('training')
  if (left > 0) return <StatusTag tone="act">{t('my.open.left', { n: left })}</StatusTag>
  return <StatusTag tone="wait">{t('my.open.full', { n: waiting })}</StatusTag>
}

/** Joining takes a place at once; a class that filled up meanwhile is refused in words, and the button then offers the line. */
function Join({ row }: { row: OpenClass }) {
  const t = useWords('training')
  const training = useTraining()
  const enrol = useAct(training.enrol, {
    done: ({ state }) => t(state === 'waiting' ? 'my.open.waiting' : 'my.open.joined'),
    refresh: CLASSES_CHANGED,
  })
  return (
    <div className="my-acts">
      <Button
        look={row.full ? 'plain' : 'primary'}
        icon={row.full ? 'clock' : 'plus'}
        busy={enrol.busy}
        onClick={() => void enrol.run({ classId: row.id, waitIfFull: row.full })}
      >
        {t(row.full ? 'my.open.wait' : 'my.open.join')}
      </Button>
    </div>
  )
}
