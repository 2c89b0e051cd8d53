/** Home: what the school and the district need from me. Proposals to be answered first, then sessions that clash, then other to-dos. */
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useNow } from '../office/now.ts'
import { AnswerProposal } from './AnswerProposal.tsx'
import { ahead, grouped, mayCheckIn } from './agenda.ts'
import { Deadline } from './Deadline.tsx'
import './my.css'
import { useTodos } from './todos.ts'
import { type MyClass, nameIn, useMine } from './training.ts'

const wait = (
  <Card>
    <Skeleton lines={2} height={64} />
  </Card>
)

/** Roles with a card of their own under what is asked. */
const OFFICE = new Set(['clerk', 'principal', 'trainer'])

export default function AskedCard() {
  const mine = useMine()
  return (
    <Answer of={mine} wait={wait}>
      {(classes) => <Asked classes={classes} />}
    </Answer>
  )
}

function Asked({ classes }: { classes: readonly MyClass[] }) {
  const t = useWords('training')
  const f = useFormat()
  const now = useNow().getTime()
  const { answer } = grouped(classes)
  const clashing = classes.filter(({ state, clashes }) => state === 'confirmed' && clashes.length > 0)
  const todos = useTodos()
  const checkingIn = ahead(classes, now).some(({ session }) => mayCheckIn(session, now))
  // Who also works for a school or the district has a second card here: two answers to one question would contradict.
  const office = useSignedIn().roles.some(({ role }) => OFFICE.has(role))
  if (answer.length + clashing.length + todos.length === 0)
    return office ? null : (
      <Card>
        <p className="my-nothing">
          <Icon name="check" size={18} />
          {t('my.asked.none')}
        </p>
      </Card>
    )
  return (
    <Card flush>
      <ul className="my-asks">
        {answer.map((of, at) => (
          <li key={of.classId} className="my-ask">
            <p className="my-ask-title">{t('my.asked.proposal', { class: nameIn(f.locale, of) })}</p>
            <Deadline of={of} now={now} />
            <AnswerProposal of={of} quietly={checkingIn || at > 0} />
          </li>
        ))}
      </ul>
      {clashing.length + todos.length > 0 && (
        <List>
          {clashing.map((of) => (
            <ListRow
              key={of.classId}
              icon="alert"
              title={t('my.asked.clash', { class: nameIn(f.locale, of), n: of.clashes.length })}
              meta={t('my.asked.clash_hint')}
              go={{ to: '/my/training' }}
            />
          ))}
          {todos.map(({ id, text, due, overdue, link }) => (
            <ListRow
              key={id}
              icon="list"
              title={text}
              meta={due && t('my.asked.due', { date: f.shortDate(due) })}
              trailing={overdue && <StatusTag tone="alert">{t('my.asked.overdue')}</StatusTag>}
              {...(link ? { go: { to: link } } : {})}
            />
          ))}
        </List>
      )}
    </Card>
  )
}
