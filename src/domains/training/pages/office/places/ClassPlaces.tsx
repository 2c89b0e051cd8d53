/** Places by school: what the rule gave, what was changed by hand and why, what is taken. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Meter } from '../../../../../ui/Meter.tsx'
import { Empty, Notice } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { useCan } from '../../../../../ui/session.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { Due } from '../States.tsx'
import { type ClassRow, classKey, type Quota, useAsk } from '../training.ts'
import { AdjustPlaces } from './ClassAdjust.tsx'
import '../office.css'

const WAYS: Ways<Quota> = {
  keep: {
    q: (row, typed) => matches(typed, row.orgName),
    free: (row) => row.taken < row.places,
    changed: (row) => row.places !== row.byRule,
  },
  order: {
    school: (row) => row.orgName,
    eligible: (row) => row.eligible,
    exact: (row) => Number(row.exact),
    byRule: (row) => row.byRule,
    places: (row) => row.places,
    taken: (row) => row.taken,
    waiting: (row) => row.waiting,
  },
}

export default function ClassPlaces({ row, onShare }: { row: ClassRow; onShare: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const queries = useQueryClient()
  const ask = useAsk()
  const quotas = useQuery(ask.quotas(row.id))
  const [adjusting, setAdjusting] = useState<Quota | null>(null)
  const writes = can('training.class.write')
  const rows = quotas.data ?? []
  const sum = (of: (quota: Quota) => number) => rows.reduce((total, quota) => total + of(quota), 0)
  const given = sum(({ places }) => places)

  if (quotas.data?.length === 0)
    return (
      <Empty
        icon="columns"
        title={t(row.state === 'planned' ? 'office.places.none' : 'office.places.none_own')}
        hint={t(writes ? 'office.places.none_hint' : 'office.places.none_hint_school')}
        act={
          writes &&
          row.state === 'planned' &&
          row.places !== null && (
            <Button look="primary" icon="columns" onClick={onShare}>
              {t('office.class.share_out')}
            </Button>
          )
        }
      />
    )
  const columns: Column<Quota>[] = [
    { key: 'school', title: t('office.figure.school'), cell: (quota) => quota.orgName, sort: true },
    {
      key: 'eligible',
      title: t('office.figure.eligible'),
      cell: (quota) => f.number(quota.eligible),
      figures: true,
      sort: true,
    },
    {
      key: 'exact',
      title: t('office.places.exact'),
      cell: (quota) => f.number(quota.exact, 2),
      figures: true,
      sort: true,
      card: 'none',
    },
    {
      key: 'byRule',
      title: t('office.places.by_rule'),
      cell: (quota) => f.number(quota.byRule),
      figures: true,
      sort: true,
    },
    {
      key: 'places',
      title: t('office.places.places'),
      cell: (quota) => (
        <b>
          {f.number(quota.places)}
          {quota.places !== quota.byRule && (
            <span className="tr-delta">
              {f.locale === 'en' ? '' : ' '}({quota.places > quota.byRule ? '+' : '−'}
              {Math.abs(quota.places - quota.byRule)})
            </span>
          )}
        </b>
      ),
      figures: true,
      sort: true,
    },
    {
      key: 'taken',
      title: t('office.figure.seated'),
      cell: (quota) => f.number(quota.taken),
      figures: true,
      sort: true,
    },
    {
      key: 'waiting',
      title: t('office.figure.waiting'),
      cell: (quota) => f.number(quota.waiting),
      figures: true,
      sort: true,
    },
    {
      key: 'reason',
      title: t('office.places.reason'),
      cell: (quota) =>
        quota.reason ? (
          quota.reason === 'waiting_line' ? (
            t('office.places.from_line')
          ) : (
            quota.reason
          )
        ) : (
          <span className="q-quiet">—</span>
        ),
    },
    ...(writes && row.state === 'open'
      ? [
          {
            key: 'act',
            title: t('office.act'),
            cell: (quota: Quota) => (
              <Button small look="quiet" onClick={() => setAdjusting(quota)}>
                {t('office.places.adjust')}
              </Button>
            ),
            card: 'trailing' as const,
          },
        ]
      : []),
  ]
  return (
    <div className="q-stack">
      {row.state === 'open' && row.deadline && (
        <Notice
          title={
            <>
              {t(row.enrolment === 'open' ? 'office.places.open_until_self' : 'office.places.open_until', {
                when: f.dateTime(row.deadline),
              })}{' '}
              <Due at={row.deadline} />
            </>
          }
          act={
            writes &&
            sum(({ taken }) => taken) === 0 && (
              <Button small onClick={onShare}>
                {t('office.share.again_act')}
              </Button>
            )
          }
        >
          {t(row.enrolment === 'open' ? 'office.share.open_rule' : 'office.share.rule')}
          {row.enrolment !== 'open' && ` ${t('office.share.ties')}`}
        </Notice>
      )}
      {row.places !== null && writes && (
        <Meter
          label={t('office.places.given')}
          value={given}
          max={row.places}
          text={t('office.places.given_n', {
            given: f.number(given),
            places: f.number(row.places),
            free: f.number(row.places - given),
          })}
        />
      )}
      <DataTable<Quota>
        caption={t('office.class.tab.places')}
        queryKey={[...classKey(row.id), 'quotas', 'table']}
        columns={columns}
        rowKey={(quota) => quota.orgId}
        rowName={(quota) => quota.orgName}
        load={async (query) =>
          pageOf(await queries.fetchQuery({ ...ask.quotas(row.id), staleTime: 5_000 }), query, WAYS)
        }
        filters={[
          { key: 'q', label: t('office.find_school'), kind: 'text' },
          { key: 'free', label: t('office.places.only_free'), kind: 'flag' },
          { key: 'changed', label: t('office.places.only_changed'), kind: 'flag' },
        ]}
        size={100}
        sort="school"
        totals={{
          school: t('office.figure.total'),
          eligible: f.number(sum(({ eligible }) => eligible)),
          exact: f.number(sum(({ exact }) => Math.round(Number(exact) * 100)) / 100, 2),
          byRule: f.number(sum(({ byRule }) => byRule)),
          places: f.number(given),
          taken: f.number(sum(({ taken }) => taken)),
          waiting: f.number(sum(({ waiting }) => waiting)),
        }}
      />
      {adjusting && (
        <AdjustPlaces
          row={row}
          quota={adjusting}
          others={given - adjusting.places}
          onClose={() => setAdjusting(null)}
        />
      )}
    </div>
  )
}
