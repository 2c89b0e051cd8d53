/** Until when an answer is asked for, and what for: project, hours, how many sessions. */
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { daysUntil } from './agenda.ts'
import { type MyClass, nameIn } from './training.ts'

/** Days before the deadline from which it is marked. */
const PRESSING = 2

/** 提升工程 · 区级 · 学校推荐 · 18 学时 · 第 2 期，共 3 期 · 3 场 */
export function ClassLine({
  of,
}: {
  of: Pick<MyClass, 'project' | 'projectEn' | 'level' | 'hours' | 'sessions' | 'enrolment' | 'terms' | 'term'>
}) {
  const t = useWords('training')
  const f = useFormat()
  const parts = [
    nameIn(f.locale, { name: of.project, nameEn: of.projectEn }),
    t(`level.${of.level}`),
    t(`enrolment.${of.enrolment}`),
    of.hours && t('my.hours', { n: f.number(of.hours) }),
    of.terms > 1 && (of.term === null ? t('my.terms', { of: of.terms }) : t('my.term', { n: of.term, of: of.terms })),
    of.sessions.length > 0 && t('my.sessions_n', { n: of.sessions.length }),
  ]
  return <p className="q-quiet">{parts.filter(Boolean).join(' · ')}</p>
}

export function Deadline({ of, now }: { of: MyClass; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  const days = of.deadline ? daysUntil(of.deadline, now) : null
  return (
    <>
      <ClassLine of={of} />
      {of.deadline && days !== null && (
        <p className="my-deadline">
          <Icon name="clock" size={16} />
          {t('my.answer_by', { date: f.shortDate(of.deadline), time: f.time(of.deadline) })}
          {days <= PRESSING && (
            <StatusTag tone="alert">
              {days < 0
                ? t('my.asked.overdue')
                : days === 0
                  ? t('my.today')
                  : days === 1
                    ? t('my.tomorrow')
                    : t('my.in_days', { n: days })}
            </StatusTag>
          )}
        </p>
      )}
    </>
  )
}
