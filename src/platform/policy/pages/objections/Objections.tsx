/** Objections to decisions and to the facts behind them: what is objected to, by when it must be answered, and the answer. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { OrgLink } from '../../../../ui/OrgLink.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { useCan } from '../../../../ui/session.tsx'
import type { ObjectionRow, policyContract } from '../../contract.ts'
import { AnswerObjection } from './AnswerObjection.tsx'
import { nameOf } from './name-of.ts'
import { DueOn, ObjectionState } from './ObjectionState.tsx'
import { Raised } from './Raised.tsx'
import './objections.css'

export default function Objections() {
  const t = useWords('policy')
  const f = useFormat()
  const say = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const can = useCan()
  const [looking, setLooking] = useState<ObjectionRow | null>(null)
  const columns: Column<ObjectionRow>[] = [
    {
      key: 'person',
      title: t('objections.person'),
      cell: ({ about, orgName }) =>
        about.kind === 'person' ? (
          <PersonLink id={about.id} name={about.name} org={orgName} />
        ) : (
          <OrgLink id={about.id} name={nameOf(about, f.locale)} note={orgName} />
        ),
    },
    { key: 'rule', title: t('objections.rule'), cell: ({ title }) => say(title) },
    {
      key: 'about',
      title: t('objections.about'),
      cell: ({ fact, text }) => (
        <>
          {fact ? say(fact.title) : t('objections.result')}
          <small className="pol-quote">{text}</small>
        </>
      ),
    },
    { key: 'due', title: t('objections.due'), cell: (row) => <DueOn row={row} /> },
    { key: 'state', title: t('objections.state'), cell: (row) => <ObjectionState {...row} />, card: 'trailing' },
    {
      key: 'answer',
      title: t('objections.answer'),
      cell: (row) =>
        row.state === 'open' && row.own ? (
          <span className="q-quiet">{t('objections.own_case')}</span>
        ) : (
          <>
            {row.answer && <span className="pol-quote">{row.answer}</span>}
            {row.remedy && (
              <span className="pol-quote">
                {t('objections.remedy_is', { what: row.remedy.what, date: f.date(row.remedy.by) })}
              </span>
            )}
            <Button small onClick={() => setLooking(row)}>
              {t(row.state === 'open' ? 'objections.look' : 'objections.see')}
            </Button>
          </>
        ),
      card: 'foot',
    },
  ]
  return (
    <>
      <PageHead title={t('objections.title')} subtitle={t('objections.subtitle')} />
      <DataTable<ObjectionRow>
        caption={t('objections.title')}
        queryKey={['policy', 'objections']}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ about }) => nameOf(about, f.locale)}
        load={async ({ cursor, limit, filter }) => {
          const all = await policy.objections({ open: filter.all !== '1' })
          const start = Number(cursor) || 0
          const end = start + limit
          return { rows: all.slice(start, end), next: end < all.length ? String(end) : null, total: all.length }
        }}
        filters={[{ key: 'all', label: t('objections.all'), kind: 'flag' }]}
        empty={{ title: t('objections.none'), hint: t('objections.none_hint') }}
      />
      {can('policy.school.object') && <OfSchool />}
      {looking && <AnswerObjection row={looking} onClose={() => setLooking(null)} />}
    </>
  )
}

/** What was raised on behalf of one's school, wherever it is answered. */
function OfSchool() {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const raised = useQuery({ queryKey: ['policy', 'schoolObjections'], queryFn: () => policy.schoolObjections() })
  return <Raised title={t('objections.of_school')} none={t('objections.none_of_school')} of={raised} />
}
