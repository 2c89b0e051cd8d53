/** One of one's own classes: state, what to do about it, its sessions, how it ended. */
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { AnswerProposal, Decline } from './AnswerProposal.tsx'
import { ClassLine, Deadline } from './Deadline.tsx'
import { LeaveClass } from './LeaveClass.tsx'
import './my.css'
import { Outcome } from './Outcome.tsx'
import { Sessions } from './Sessions.tsx'
import { EnrolmentTag } from './States.tsx'
import { type MyClass, nameIn } from './training.ts'

/** `quietly`: another card has the primary act of the screen. */
export function MyClassCard({ of, now, quietly = false }: { of: MyClass; now: number; quietly?: boolean }) {
  const { locale } = useFormat()
  return (
    <Card title={nameIn(locale, of)} extra={<EnrolmentTag state={of.state} />}>
      <div className="q-stack">
        {of.state === 'proposed' ? (
          <div className="my-ask-body">
            <Deadline of={of} now={now} />
            <AnswerProposal of={of} quietly={quietly} />
          </div>
        ) : (
          <ClassLine of={of} />
        )}
        <Remark of={of} />
        <Clashes of={of} />
        <Outcome of={of} />
        <Sessions of={of} now={now} />
        <WayOut of={of} />
      </div>
    </Card>
  )
}

/** What the state means for the person, where the word alone does not say it. */
function Remark({ of: { state, reason } }: { of: MyClass }) {
  const t = useWords('training')
  if (state === 'accepted' || state === 'waiting' || state === 'not_admitted') return <p>{t(`my.remark.${state}`)}</p>
  if ((state === 'declined' || state === 'withdrawn') && reason)
    return <p className="q-quiet">{t('my.reason_was', { reason })}</p>
  return null
}

function Clashes({ of: { state, clashes } }: { of: MyClass }) {
  const t = useWords('training')
  const f = useFormat()
  if (clashes.length === 0 || !['proposed', 'accepted', 'confirmed'].includes(state)) return null
  return (
    <Notice tone="alert" title={t('my.clashes', { n: clashes.length })}>
      <ul className="q-reasons">
        {clashes.map(({ sessionId, withClass, withClassEn, withTitle, starts }) => (
          <li key={`${sessionId}/${withClass}/${withTitle}`}>
            {t('my.clash_line', {
              when: `${f.shortDate(starts)} ${f.time(starts)}`,
              class: nameIn(f.locale, { name: withClass, nameEn: withClassEn }),
              title: withTitle,
            })}
          </li>
        ))}
      </ul>
      {t('my.clash_hint')}
    </Notice>
  )
}

/** A way out while the rules leave one: open classes are left before they begin, proposals declined until the list is confirmed. */
function WayOut({ of }: { of: MyClass }) {
  if (of.wayOut === 'leave') return <LeaveClass of={of} />
  // An unanswered proposal has its two answers above.
  if (of.wayOut !== 'decline' || of.state === 'proposed') return null
  return (
    <div className="my-acts my-acts-quiet">
      <Decline of={of} />
    </div>
  )
}
