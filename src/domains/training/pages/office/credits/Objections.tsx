/** Objections to credits: what is objected to, by when it must be answered, and the answer. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useSignedIn } from '../../../../../ui/session.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { useParameter } from '../parameter.ts'
import { Due, State } from '../States.tsx'
import { KEYS, type Objection, useAsk } from '../training.ts'
import { AnswerObjection } from './AnswerObjection.tsx'
import './credits.css'
import '../office.css'

const WAYS: Ways<Objection> = {
  keep: { q: (row, typed) => matches(typed, row.name, row.orgName, row.text) },
  order: {
    name: (row) => row.name,
    school: (row) => row.orgName,
    due: (row) => row.dueOn,
    raised: (row) => row.raisedAt,
  },
}

export default function Objections() {
  const t = useWords('training')
  const f = useFormat()
  const ask = useAsk()
  const queries = useQueryClient()
  const { person } = useSignedIn()
  const days = useParameter('training.objection.answer_days')
  const [answering, setAnswering] = useState<Objection | null>(null)
  const columns: Column<Objection>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (row) => (
        <>
          <PersonLink id={row.personId} name={row.name} />
          <small className="tr-under">{row.orgName}</small>
        </>
      ),
      sort: true,
    },
    { key: 'text', title: t('office.objection.text'), cell: (row) => <span className="tr-wrap">{row.text}</span> },
    {
      key: 'entry',
      title: t('office.objection.entry'),
      cell: (row) =>
        row.entry ? (
          <>
            {row.entry.title}
            <small className="tr-under q-num">
              {f.isoDate(row.entry.occurredOn)} · {t('office.credits_n', { n: f.number(row.entry.credits) })}
            </small>
          </>
        ) : (
          <>
            <span className="q-quiet">{t('office.objection.missing_entry')}</span>
            <small className="tr-under q-num">{t('office.year_n', { year: String(row.year) })}</small>
          </>
        ),
    },
    {
      key: 'due',
      title: t('office.objection.due'),
      cell: (row) => (
        <span className="tr-tags">
          <span className="q-num">{f.isoDate(row.dueOn)}</span>
          {row.state === 'open' && <Due at={row.dueOn} />}
        </span>
      ),
      sort: true,
      ...(days ? { clause: days.clause } : {}),
    },
    {
      key: 'state',
      title: t('office.figure.state'),
      cell: (row) => <State of="objection" is={row.state} />,
      card: 'trailing',
    },
    {
      key: 'answer',
      title: t('office.objection.answer'),
      cell: (row) =>
        row.state !== 'open' ? (
          <>
            <span className="tr-wrap">{row.answer}</span>
            {row.remedy && <small className="tr-under">{t(`office.remedy.${row.remedy}`)}</small>}
          </>
        ) : row.personId === person?.id ? (
          <span className="q-quiet">{t('office.leave.own')}</span>
        ) : (
          <Button small onClick={() => setAnswering(row)}>
            {t('office.objection.answer_act')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <PageHead title={t('office.objection.title')} subtitle={t('office.objection.subtitle')} />
      <DataTable<Objection>
        caption={t('office.objection.title')}
        queryKey={[...KEYS.objections, 'table']}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        load={async (query) =>
          pageOf(
            await queries.fetchQuery({ ...ask.objections(query.filter.all !== '1'), staleTime: 5_000 }),
            query,
            WAYS,
          )
        }
        filters={[
          { key: 'q', label: t('office.objection.search'), kind: 'text' },
          { key: 'all', label: t('office.objection.all'), kind: 'flag' },
        ]}
        sort="due"
        empty={{ title: t('office.objection.none'), hint: t('office.objection.none_hint') }}
      />
      {answering && <AnswerObjection objection={answering} onClose={() => setAnswering(null)} />}
    </>
  )
}
