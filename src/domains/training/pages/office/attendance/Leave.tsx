/** Requests for leave: granted or refused one by one or together, each with an answer the person can read. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { one, useAddress } from '../../../../../ui/address.ts'
import { Button } from '../../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useSignedIn } from '../../../../../ui/session.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { State } from '../States.tsx'
import { KEYS, type LeaveRequest, useAsk, useTraining } from '../training.ts'
import '../office.css'

const keyOf = (row: LeaveRequest) => `${row.personId}/${row.sessionId}`
const WAYS: Ways<LeaveRequest> = {
  keep: { q: (row, typed) => matches(typed, row.name, row.orgName, row.className, row.classNameEn) },
  order: {
    name: (row) => row.name,
    school: (row) => row.orgName,
    starts: (row) => row.starts,
    asked: (row) => row.askedAt,
  },
}

type Deciding = { rows: LeaveRequest[]; grant: boolean; resolve: (done: boolean) => void }

export default function Leave() {
  const t = useWords('training')
  const f = useFormat()
  const ask = useAsk()
  const queries = useQueryClient()
  const { person } = useSignedIn()
  const [search] = useAddress()
  const open = one(search.all) !== '1'
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  const decide = (rows: LeaveRequest[], grant: boolean) =>
    new Promise<boolean>((resolve) => setDeciding({ rows, grant, resolve }))
  const rowsOf = (keys: readonly string[]) =>
    (queries.getQueryData(ask.leave(open).queryKey) ?? []).filter(
      (row) => keys.includes(keyOf(row)) && row.state === 'asked' && row.personId !== person?.id,
    )
  const columns: Column<LeaveRequest>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} />,
      sort: true,
    },
    { key: 'school', title: t('office.figure.school'), cell: (row) => row.orgName, sort: true },
    {
      key: 'session',
      title: t('office.leave.session'),
      cell: (row) => (
        <>
          {f.locale === 'en' && row.classNameEn ? row.classNameEn : row.className}
          <small className="tr-under">{row.title}</small>
        </>
      ),
    },
    {
      key: 'starts',
      title: t('office.leave.when'),
      cell: (row) => (
        <span className="q-num">
          {f.isoDate(row.starts)} {f.time(row.starts)}
        </span>
      ),
      sort: true,
    },
    { key: 'reason', title: t('office.leave.reason'), cell: (row) => <span className="tr-wrap">{row.reason}</span> },
    {
      key: 'asked',
      title: t('office.leave.asked'),
      cell: (row) => <span className="q-num">{f.isoDate(row.askedAt)}</span>,
      sort: true,
      card: 'none',
    },
    {
      key: 'state',
      title: t('office.figure.state'),
      cell: (row) => <State of="leave" is={row.state} />,
      card: 'trailing',
    },
    {
      key: 'act',
      title: t('office.act'),
      card: 'foot',
      cell: (row) =>
        row.state === 'asked' && row.personId !== person?.id ? (
          <span className="tr-acts">
            <Button small onClick={() => void decide([row], true)}>
              {t('office.leave.grant')}
            </Button>
            <Button small look="quiet" onClick={() => void decide([row], false)}>
              {t('office.leave.refuse')}
            </Button>
          </span>
        ) : row.state === 'asked' ? (
          <span className="q-quiet">{t('office.leave.own')}</span>
        ) : (
          <span className="q-quiet">—</span>
        ),
    },
  ]
  return (
    <>
      <PageHead title={t('office.leave.title')} subtitle={t('office.leave.subtitle')} />
      <DataTable<LeaveRequest>
        caption={t('office.leave.title')}
        queryKey={[...KEYS.leave, 'table']}
        columns={columns}
        rowKey={keyOf}
        rowName={(row) => row.name}
        load={async (query) =>
          pageOf(await queries.fetchQuery({ ...ask.leave(query.filter.all !== '1'), staleTime: 5_000 }), query, WAYS)
        }
        filters={[
          { key: 'q', label: t('office.leave.search'), kind: 'text' },
          { key: 'all', label: t('office.leave.all'), kind: 'flag' },
        ]}
        sort="starts"
        bulk={[
          { key: 'grant', label: t('office.leave.grant'), icon: 'check', run: (keys) => decide(rowsOf(keys), true) },
          { key: 'refuse', label: t('office.leave.refuse'), danger: true, run: (keys) => decide(rowsOf(keys), false) },
        ]}
        empty={{ title: t('office.leave.none'), hint: t('office.leave.none_hint') }}
      />
      {deciding && <Decide deciding={deciding} onClose={() => setDeciding(null)} />}
    </>
  )
}

function Decide({ deciding: { rows, grant, resolve }, onClose }: { deciding: Deciding; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(
    async (answer: string) => {
      const requests = rows.map(({ personId, sessionId }) => ({ personId, sessionId }))
      return training.decideLeaves({ requests, grant, answer })
    },
    {
      done: ({ decided }) => t(grant ? 'office.leave.granted' : 'office.leave.refused', { n: decided }),
      refresh: [KEYS.leave, ['training', 'class'], ['nav-count']],
      quiet: true,
    },
  )
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  return (
    <ConfirmWithReason
      open
      title={t(grant ? 'office.leave.grant' : 'office.leave.refuse')}
      confirm={t(grant ? 'office.leave.grant_n' : 'office.leave.refuse_n', { n: rows.length })}
      danger={!grant}
      reason={grant ? 'optional' : 'required'}
      reasonLabel={t('office.leave.answer')}
      reasonHint={t('office.leave.answer_hint')}
      busy={act.busy}
      error={act.error}
      onClose={() => close(false)}
      onConfirm={async (answer) => {
        if (rows.length === 0) return close(true)
        if (await act.run(answer.slice(0, 300))) close(true)
      }}
    >
      {rows.length === 0 ? (
        <p>{t('office.leave.nothing_open')}</p>
      ) : (
        <ul className="tr-names">
          {rows.slice(0, 20).map((row) => (
            <li key={keyOf(row)}>
              <span>
                <b>{row.name}</b> <small className="q-quiet">{row.orgName}</small>
                <small className="tr-under">
                  {f.locale === 'en' && row.classNameEn ? row.classNameEn : row.className} · {row.title} ·{' '}
                  {f.shortDate(row.starts)} {f.time(row.starts)}
                </small>
                <small className="tr-under">{row.reason}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {rows.length > 20 && <p className="q-quiet">{t('office.and_more', { n: rows.length - 20 })}</p>}
      {grant && <p className="q-quiet">{t('office.leave.grant_effect')}</p>}
    </ConfirmWithReason>
  )
}
