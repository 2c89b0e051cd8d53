/** The school's places in the classes of the year: what is open, until when, and how far it is filled. */
import { useQueryClient } from '@tanstack/react-query'
import { Answer } from '../../../../../ui/Answer.tsx'
import { ButtonLink, TextLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty, Failure } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { Skeleton } from '../../../../../ui/Skeleton.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { useNow } from '../now.ts'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { usePlan, YearPicker } from '../plan-choice.tsx'
import { Due, State } from '../States.tsx'
import type { Plan } from '../training.ts'
import { byUrgency, type OwnPlaces, openFor, useOwnPlaces } from './own-places.ts'
import '../office.css'
import { nameIn } from '../names.ts'

const WAYS: Ways<OwnPlaces> = {
  keep: {
    q: ({ row }, typed) => matches(typed, row.name, row.nameEn, row.code),
    state: ({ row }, states) => states.includes(row.state),
    free: ({ places, taken, row }) => row.state === 'open' && taken < places,
  },
  order: {
    name: ({ row }) => row.code,
    deadline: ({ row }) => row.deadline,
    places: ({ places }) => places,
    taken: ({ taken }) => taken,
    waiting: ({ waiting }) => waiting,
  },
}

export default function Delegation() {
  const t = useWords('training')
  const { plans, list, plan, choose } = usePlan()
  return (
    <>
      <PageHead
        title={t('office.delegation.title')}
        subtitle={t('office.delegation.subtitle')}
        acts={plan && <YearPicker years={list.map(({ year }) => year)} year={plan.year} onChange={choose} />}
      />
      <Answer of={plans} height={320}>
        {() =>
          plan ? (
            <Places key={plan.id} plan={plan} />
          ) : (
            <Empty icon="calendar" title={t('office.plan.none')} hint={t('office.plan.none_hint')} />
          )
        }
      </Answer>
    </>
  )
}

function Places({ plan }: { plan: Plan }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const queries = useQueryClient()
  const now = useNow().getTime()
  const { rows, error } = useOwnPlaces(plan)
  if (error) return <Failure error={error} onRetry={() => void queries.invalidateQueries({ queryKey: ['training'] })} />
  if (!rows) return <Skeleton lines={6} height={320} />
  const waiting = openFor(rows, now).length
  const columns: Column<OwnPlaces>[] = [
    {
      key: 'name',
      title: t('office.figure.class'),
      cell: ({ row }) => (
        <>
          <TextLink to="/delegation/$classId" params={{ classId: row.id }}>
            {nameIn(f.locale, row)}
          </TextLink>
          <small className="tr-under">
            {[row.code, row.hours && t('office.hours_n', { n: f.number(row.hours) })].filter(Boolean).join(' · ')}
          </small>
        </>
      ),
      sort: true,
    },
    {
      key: 'deadline',
      title: t('office.delegation.deadline'),
      cell: ({ row }) =>
        row.state === 'open' && row.deadline ? (
          <span className="tr-tags">
            <span className="q-num">
              {f.isoDate(row.deadline)} {f.time(row.deadline)}
            </span>
            <Due at={row.deadline} />
          </span>
        ) : (
          <State of="class" is={row.state} />
        ),
      sort: true,
    },
    {
      key: 'places',
      title: t('office.delegation.our_places'),
      cell: ({ places }) => f.number(places),
      figures: true,
      sort: true,
    },
    {
      key: 'taken',
      title: t('office.delegation.named'),
      cell: ({ taken, places, row }) => (
        <span>
          {f.number(taken)}
          {row.state === 'open' && taken < places && (
            <span className="tr-left">{t('office.delegation.left_n', { n: places - taken })}</span>
          )}
        </span>
      ),
      figures: true,
      sort: true,
    },
    {
      key: 'waiting',
      title: t('office.figure.waiting'),
      cell: (one) => f.number(one.waiting),
      figures: true,
      sort: true,
    },
    {
      key: 'act',
      title: t('office.act'),
      cell: ({ row, taken, places }) => (
        <ButtonLink
          small
          look={row.state === 'open' && taken < places ? 'plain' : 'quiet'}
          to="/delegation/$classId"
          params={{ classId: row.id }}
        >
          {t(
            can('training.delegate.write') && row.state === 'open'
              ? 'office.delegation.propose'
              : 'office.delegation.see',
          )}
        </ButtonLink>
      ),
      card: 'foot',
    },
  ]
  return (
    <div className="q-stack">
      <p>{t('office.delegation.waiting', { n: waiting })}</p>
      <DataTable<OwnPlaces>
        caption={t('office.delegation.title')}
        queryKey={[
          'training',
          'delegation',
          plan.id,
          rows.map(({ row, taken, waiting }) => [row.state, taken, waiting].join()).join(';'),
        ]}
        columns={columns}
        rowKey={({ row }) => row.id}
        rowName={({ row }) => row.name}
        rowLink={({ row }) => ({ to: '/delegation/$classId', params: { classId: row.id } })}
        load={async (query) => pageOf(byUrgency(rows, now), query, WAYS)}
        filters={[
          { key: 'q', label: t('office.plan.search'), kind: 'text' },
          {
            key: 'state',
            label: t('office.figure.state'),
            kind: 'choice',
            choices: ['open', 'confirmed', 'completed'].map((value) => ({
              value,
              label: t(`class_state.${value}`),
            })),
          },
          { key: 'free', label: t('office.delegation.only_free'), kind: 'flag' },
        ]}
        empty={{
          title: t('office.delegation.none'),
          hint: t('office.delegation.none_hint'),
          act: <ButtonLink to="/plan">{t('office.plan.title')}</ButtonLink>,
        }}
      />
    </div>
  )
}
