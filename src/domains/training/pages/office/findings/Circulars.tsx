/** Circulars: read on the screen or as PDF, acknowledged by the school, and who has not done so yet. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addDays, civilDate } from '../../../../../base/dates.ts'
import { one, useAddress } from '../../../../../ui/address.ts'
import { Button } from '../../../../../ui/Button.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Meter } from '../../../../../ui/Meter.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { StatusTag } from '../../../../../ui/Tag.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { useParameter } from '../parameter.ts'
import { Due } from '../States.tsx'
import { type Circular, KEYS, useAsk, useTraining } from '../training.ts'
import { CircularPdf, CircularSheet } from './CircularSheet.tsx'
import './findings.css'
import '../office.css'

const WAYS: Ways<Circular> = {
  keep: {
    q: (row, typed) => matches(typed, row.orgName, row.label, row.title),
    open: (row) => row.acknowledgedAt === null,
    plan: (row, ids) => ids.includes(row.planId),
  },
  order: {
    school: (row) => row.orgName,
    issued: (row) => row.issuedAt,
    acknowledged: (row) => row.acknowledgedAt,
    label: (row) => row.label,
  },
}

export default function Circulars() {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const ask = useAsk()
  const queries = useQueryClient()
  const circulars = useQuery(ask.circulars())
  const days = useParameter('training.circular.acknowledge_days')
  const [search, change] = useAddress()
  const [reading, setReading] = useState<Circular | null>(null)
  const show = (row: Circular | null) => change({ circular: row?.id }, { replace: row === null })
  const rows = circulars.data ?? []
  const shown = rows.find(({ id }) => id === one(search.circular))
  const done = rows.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length
  const schools = new Set(rows.map(({ orgId }) => orgId)).size
  const plans = [...new Map(rows.map(({ planId, title }) => [planId, title]))]
  const acknowledges = can('training.circular.acknowledge')
  const dueOn = ({ issuedAt }: Circular) => (days ? addDays(civilDate(new Date(issuedAt)), Number(days.value)) : null)
  const columns: Column<Circular>[] = [
    {
      key: 'label',
      title: t('office.circular.label'),
      cell: (row) => (
        <>
          <button type="button" className="q-as-link q-num" onClick={() => show(row)}>
            {row.label}
          </button>
          <small className="tr-under">{f.locale === 'en' && row.titleEn ? row.titleEn : row.title}</small>
        </>
      ),
      sort: true,
    },
    ...(schools > 1
      ? [{ key: 'school', title: t('office.figure.school'), cell: (row: Circular) => row.orgName, sort: true }]
      : []),
    {
      key: 'issued',
      title: t('office.circular.issued_on'),
      cell: (row) => <span className="q-num">{f.isoDate(row.issuedAt)}</span>,
      sort: true,
    },
    {
      key: 'acknowledged',
      title: t('office.circular.acknowledged'),
      cell: (row) => {
        const due = dueOn(row)
        if (row.acknowledgedAt) return <StatusTag tone="done">{f.isoDate(row.acknowledgedAt)}</StatusTag>
        return (
          <span className="tr-tags">
            <StatusTag tone="wait">{t('office.circular.waiting')}</StatusTag>
            {due && <Due at={due} />}
          </span>
        )
      },
      sort: true,
      card: 'trailing',
      ...(days ? { clause: days.clause } : {}),
    },
    {
      key: 'note',
      title: t('office.circular.note'),
      cell: (row) => (row.note ? <span className="tr-wrap">{row.note}</span> : <span className="q-quiet">—</span>),
    },
    {
      key: 'act',
      title: t('office.act'),
      card: 'foot',
      cell: (row) => (
        <span className="tr-acts">
          <CircularPdf circular={row} small />
          {acknowledges && !row.acknowledgedAt && (
            <Button small look="primary" icon="check" onClick={() => setReading(row)}>
              {t('office.circular.acknowledge')}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <>
      <PageHead
        title={t('office.circular.title')}
        subtitle={
          <>
            {t(acknowledges ? 'office.circular.subtitle_school' : 'office.circular.subtitle')}
            {days && <Clause clause={days.clause} label={t('office.circular.acknowledged')} />}
          </>
        }
      />
      <div className="q-stack">
        {schools > 1 && (
          <Meter
            label={t('office.circular.progress')}
            value={done}
            max={rows.length}
            text={t('office.circular.progress_n', { done: f.number(done), n: f.number(rows.length) })}
          />
        )}
        <DataTable<Circular>
          caption={t('office.circular.title')}
          queryKey={[...KEYS.circulars, 'table']}
          columns={columns}
          rowKey={(row) => row.id}
          rowName={(row) => `${row.label} ${row.orgName}`}
          onOpen={show}
          {...(schools > 1 ? { sort: 'school' } : {})}
          load={async (query) =>
            pageOf(await queries.fetchQuery({ ...ask.circulars(), staleTime: 5_000 }), query, WAYS)
          }
          filters={[
            { key: 'q', label: t('office.circular.search'), kind: 'text' },
            ...(plans.length > 1
              ? [
                  {
                    key: 'plan',
                    label: t('office.circular.plan'),
                    kind: 'choice' as const,
                    choices: plans.map(([value, label]) => ({ value, label })),
                  },
                ]
              : []),
            { key: 'open', label: t('office.circular.only_open'), kind: 'flag' },
          ]}
          empty={{
            title: t('office.circular.none'),
            hint: t(can('training.circular.write') ? 'office.circular.none_hint' : 'office.circular.none_hint_school'),
          }}
        />
      </div>
      {shown && (
        <CircularSheet
          circular={shown}
          due={dueOn(shown)}
          onClose={() => show(null)}
          {...(acknowledges && !shown.acknowledgedAt ? { onAcknowledge: () => setReading(shown) } : {})}
        />
      )}
      {reading && <Acknowledge circular={reading} onClose={() => setReading(null)} />}
    </>
  )
}

function Acknowledge({ circular, onClose }: { circular: Circular; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(training.acknowledge, {
    done: t('office.circular.acknowledged_done'),
    refresh: [KEYS.circulars, KEYS.scorecards, ['nav-count']],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('office.circular.acknowledge')}
      confirm={t('office.circular.acknowledge')}
      reason="optional"
      reasonLabel={t('office.circular.note_label')}
      reasonHint={t('office.circular.note_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (note) => {
        if (await act.run({ circularId: circular.id, note })) onClose()
      }}
    >
      <p>
        {circular.label} · {f.locale === 'en' && circular.titleEn ? circular.titleEn : circular.title}
      </p>
      <ul className="tr-rates">
        {circular.rates.map((rate) => (
          <li key={rate.id}>
            <span>{t(`office.rate.${rate.id}`)}</span>
            <b className="q-num">{rate.denominator === 0 ? '—' : f.percent(rate.numerator / rate.denominator)}</b>
          </li>
        ))}
      </ul>
    </ConfirmWithReason>
  )
}
