/** Objections and appeals that the office answers: what was said, how long is left, and what becomes of the case. */
import { useRef, useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button, TextLink } from '../../../../ui/Button.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { ObjectionRow } from '../../contract/notices.ts'
import { useCases } from '../office/handling.ts'
import { AnswerDialog } from './AnswerDialog.tsx'
import { OBJECTIONS } from './keys.ts'
import './notices.css'

const STATES = ['open', 'dismissed', 'upheld'] as const
const KINDS = ['notice', 'appeal'] as const

export default function Objections() {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const cases = useCases()
  const [answering, setAnswering] = useState<ObjectionRow | null>(null)
  const [search] = useAddress()
  // A to-do leads to its objection, once.
  const wanted = useRef(one(search.open))
  const columns: Column<ObjectionRow>[] = [
    {
      key: 'name',
      title: t('notices.about'),
      cell: (row) => (
        <>
          <TextLink
            to="/cases/$callId/$applicationId"
            params={{ callId: row.callId, applicationId: row.applicationId }}
          >
            {row.name}
          </TextLink>{' '}
          <span className="q-quiet">{row.orgName}</span>
        </>
      ),
    },
    { key: 'kind', title: t('notices.kind'), cell: (row) => t(`notices.kind.${row.kind}`) },
    {
      key: 'call',
      title: t('office.column.call'),
      cell: (row) => f.dotted([pick(row.callTitle), row.stageTitle && pick(row.stageTitle)]),
    },
    { key: 'words', title: t('notices.words'), cell: (row) => <span className="no-words">{row.words}</span> },
    {
      key: 'raised',
      title: t('notices.raised'),
      cell: (row) => <span className="q-num">{f.isoDate(row.raisedAt)}</span>,
    },
    {
      key: 'state',
      title: t('office.column.state'),
      card: 'trailing',
      cell: (row) =>
        row.state !== 'open' ? (
          <StatusTag tone="done">{t(`notices.objection.${row.state}`)}</StatusTag>
        ) : row.daysLeft !== null && row.daysLeft < 0 ? (
          <StatusTag tone="alert">{t('notices.days_over', { n: -row.daysLeft })}</StatusTag>
        ) : (
          <StatusTag tone="wait">
            {row.daysLeft === null ? t('notices.objection.open') : t('notices.days_left', { n: row.daysLeft })}
          </StatusTag>
        ),
    },
    {
      key: 'act',
      title: t('office.acts'),
      card: 'foot',
      cell: (row) => (
        <Button small look={row.state === 'open' ? 'plain' : 'quiet'} onClick={() => setAnswering(row)}>
          {t(row.state === 'open' ? 'notices.answer' : 'notices.see_answer')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <PageHead title={t('notices.objections')} subtitle={t('notices.objections_says')} />
      <DataTable<ObjectionRow>
        caption={t('notices.objections')}
        queryKey={OBJECTIONS}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={setAnswering}
        load={async ({ cursor, limit, filter }) => {
          const state = STATES.find((one) => one === filter.state)
          const kind = KINDS.find((one) => one === filter.kind)
          const answer = await cases.objections({
            limit,
            ...(cursor ? { cursor } : {}),
            ...(state ? { state } : {}),
            ...(kind ? { kind } : {}),
          })
          const named = answer.rows.find(({ id }) => id === wanted.current)
          wanted.current = ''
          if (named) setAnswering(named)
          return answer
        }}
        filters={[
          {
            key: 'state',
            label: t('office.column.state'),
            kind: 'choice',
            choices: STATES.map((value) => ({ value, label: t(`notices.objection.${value}`) })),
          },
          {
            key: 'kind',
            label: t('notices.kind'),
            kind: 'choice',
            choices: KINDS.map((value) => ({ value, label: t(`notices.kind.${value}`) })),
          },
        ]}
        empty={{ title: t('notices.no_objections'), hint: t('notices.no_objections_hint') }}
      />
      {answering && <AnswerDialog row={answering} onClose={() => setAnswering(null)} />}
    </>
  )
}
