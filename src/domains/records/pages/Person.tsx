/** One teacher: what holds now, how it came about, and what may be done about it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { usePathPart } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { PageSkeleton } from '../../../ui/Skeleton.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import './records.css'
import { CorrectDialog } from './CorrectDialog.tsx'
import { LeaveDialog, TransferDialog } from './MoveDialogs.tsx'
import { PersonFacts } from './PersonFacts.tsx'
import { PersonHistory } from './PersonHistory.tsx'
import { KEYS, type Person as Record, useRecords, useToday } from './records.ts'
import { PostsDialog, TeachingDialog, TitleDialog } from './SetDialogs.tsx'

const DIALOGS = {
  correct: CorrectDialog,
  teaching: TeachingDialog,
  title: TitleDialog,
  posts: PostsDialog,
  transfer: TransferDialog,
  leave: LeaveDialog,
} as const
type Asked = keyof typeof DIALOGS

export default function Person() {
  const id = usePathPart('personId')
  const records = useRecords()
  const person = useQuery({ queryKey: KEYS.person(id), queryFn: () => records.person({ personId: id }) })
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
  const Dialog = asked && DIALOGS[asked]
  const edits: Asked[] = person.mayEdit
    ? ['correct', ...(employed ? (['teaching', 'title', 'posts'] as const) : [])]
    : []
  const moves: Asked[] = person.mayTransfer && employed ? ['transfer', 'leave'] : []
  return (
    <>
      <PageHead
        title={person.name}
        subtitle={f.dotted([person.number, person.orgName, person.idMasked])}
        back={{ to: '/people', label: t('people.heading') }}
        tags={!employed && <StatusTag tone="off">{t('left')}</StatusTag>}
        acts={[...edits, ...moves].map((key) => (
          <Button
            key={key}
            {...(key === 'leave' ? { look: 'danger' as const } : {})}
            {...(key === 'correct' ? { icon: 'edit' as const } : {})}
            onClick={() => setAsked(key)}
          >
            {t(`${key}.act`)}
          </Button>
        ))}
      />
      <div className="rec-sheet">
        <PersonFacts person={person} />
        <PersonHistory person={person} />
      </div>
      {Dialog && <Dialog person={person} onClose={() => setAsked(null)} />}
    </>
  )
}
