/** One teacher: what holds now, how it came about, and what may be done about it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Popup } from '../../../ui/Popup.tsx'
import { PageSkeleton } from '../../../ui/Skeleton.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { troubleOf } from '../../../ui/trouble.ts'
import './records.css'
import { Arrival } from './Arrivals.tsx'
import { PersonArchive } from './archive/PersonArchive.tsx'
import { CorrectDialog } from './CorrectDialog.tsx'
import { AwardDialog, EndHonourDialog, honoursOn } from './HonourDialogs.tsx'
import { LeaveDialog, ReturnDialog, TransferDialog, WithdrawDialog } from './MoveDialogs.tsx'
import { PersonFacts } from './PersonFacts.tsx'
import { PersonHistory } from './PersonHistory.tsx'
import { KEYS, type Person as Record, useRecords, useToday } from './records.ts'
import { PostsDialog, TeachingDialog, TitleDialog } from './SetDialogs.tsx'

const DIALOGS = {
  correct: CorrectDialog,
  teaching: TeachingDialog,
  title: TitleDialog,
  posts: PostsDialog,
  award: AwardDialog,
  end_honour: EndHonourDialog,
  transfer: TransferDialog,
  withdraw: WithdrawDialog,
  leave: LeaveDialog,
  employ: ReturnDialog,
} as const
type Asked = keyof typeof DIALOGS

export default function Person() {
  const id = usePathPart('personId')
  const records = useRecords()
  const person = useQuery({ queryKey: KEYS.person(id), queryFn: () => records.person({ personId: id }) })
  // Whoever is expected is not seen yet, and known by no more than a line.
  if (!person.data && person.error && troubleOf(person.error).kind === 'not_found')
    return <Arrival personId={id} error={person.error} />
  return (
    <Answer of={person} wait={<PageSkeleton />}>
      {(record) => <Sheet person={record} />}
    </Answer>
  )
}

function Sheet({ person }: { person: Record }) {
  const t = useWords('records')
  const f = useFormat()
  const today = useToday()
  const [asked, setAsked] = useState<Asked | null>(null)
  const employed = person.employments.some(({ from, until }) => (from ?? '') <= today && (!until || until > today))
  // Somebody taken on for a day ahead is on record before the first day.
  const coming = !employed && person.employments.some(({ from }) => (from ?? '') > today)
  const Dialog = asked && DIALOGS[asked]
  const { mayEdit, mayHonour, mayTransfer, movesOn, movesTo } = person
  const changes: Asked[] = [
    ...(mayEdit && (employed || coming) ? (['teaching', 'title', 'posts'] as const) : []),
    ...(mayHonour ? (['award'] as const) : []),
    ...(mayHonour && honoursOn(person, today).length > 0 ? (['end_honour'] as const) : []),
    ...(mayTransfer && employed && !movesOn ? (['leave'] as const) : []),
  ]
  const move = !mayTransfer || movesOn || coming ? null : employed ? ('transfer' as const) : ('employ' as const)
  return (
    <>
      <PageHead
        title={person.name}
        subtitle={f.dotted([person.number, person.orgName])}
        back={{ to: '/people', label: t('people.heading') }}
        tags={
          coming ? (
            <StatusTag tone="wait">{t('arrivals.tag')}</StatusTag>
          ) : (
            !employed && <StatusTag tone="off">{t('left')}</StatusTag>
          )
        }
        acts={
          <>
            <ButtonLink to="/people/$personId/growth" params={{ personId: person.personId }} icon="flag">
              {t('growth.person')}
            </ButtonLink>
            {mayEdit && (
              <Button icon="edit" onClick={() => setAsked('correct')}>
                {t('correct.act')}
              </Button>
            )}
            {changes.length > 0 && <Changes acts={changes} onAsk={setAsked} />}
            {move && <Button onClick={() => setAsked(move)}>{t(`${move}.act`)}</Button>}
          </>
        }
      />
      {movesOn && (
        <div className="rec-coming">
          <Notice
            tone="wait"
            title={t('transfer.coming', { on: f.date(movesOn), school: movesTo ?? '' })}
            act={
              mayTransfer && (
                <Button small onClick={() => setAsked('withdraw')}>
                  {t('transfer.withdraw')}
                </Button>
              )
            }
          >
            {t('transfer.coming_note')}
          </Notice>
        </div>
      )}
      <div className="rec-sheet">
        <PersonFacts person={person} />
        <PersonHistory person={person} />
      </div>
      <div className="rec-whole">
        <PersonArchive personId={person.personId} />
      </div>
      {Dialog && <Dialog person={person} onClose={() => setAsked(null)} />}
    </>
  )
}

/** What begins or ends on a day, behind one button. */
function Changes({ acts, onAsk }: { acts: readonly Asked[]; onAsk: (asked: Asked) => void }) {
  const t = useWords('records')
  return (
    <Popup
      menu
      label={t('changes')}
      button={(wiring) => (
        <button {...wiring} type="button" className="q-button q-button-plain">
          <span>{t('changes')}</span>
          <Icon name="chevron-down" size={16} />
        </button>
      )}
    >
      {(close) =>
        acts.map((key) => (
          <button
            key={key}
            type="button"
            onClick={() => {
              close()
              onAsk(key)
            }}
          >
            {t(`${key}.act`)}
          </button>
        ))
      }
    </Popup>
  )
}
