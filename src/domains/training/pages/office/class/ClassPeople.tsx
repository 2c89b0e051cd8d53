/** The people of a class, as far as the asker may see them, with what they came to. */
import { useQuery } from '@tanstack/react-query'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import type { TableQuery } from '../../../../../ui/office/table-query.ts'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { saveFile } from '../../../../../ui/save-file.ts'
import { useCan } from '../../../../../ui/session.tsx'
import { FairShare } from '../FairShare.tsx'
import { State } from '../States.tsx'
import { orderOf } from '../server-order.ts'
import { type ClassRow, classKey, type Enrolment, useAsk, useTraining } from '../training.ts'

export const PERSON_STATES = [
  'proposed',
  'accepted',
  'waiting',
  'confirmed',
  'passed',
  'failed',
  'not_admitted',
  'declined',
  'withdrawn',
] as const

const ORDERS = ['name', 'school', 'state', 'term', 'fair', 'present', 'leave', 'credits'] as const

/** What the filters say, as the server takes it. */
export const askedOf = (filter: Record<string, string | string[]>) => ({
  ...(filter.q ? { search: String(filter.q) } : {}),
  ...(filter.state ? { state: [filter.state].flat().join(',') } : {}),
  ...(filter.school ? { orgId: String(filter.school) } : {}),
})

export default function ClassPeople({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const training = useTraining()
  const exporting = useAct(training.exportEnrolments, { done: t('office.exported') })
  const quotas = useQuery({ ...useAsk().quotas(row.id), enabled: can('training.delegate.read') })
  const schools = (quotas.data ?? []).filter(({ taken, waiting }) => taken + waiting > 0)
  const held = row.state === 'confirmed' || row.state === 'completed'
  const columns: Column<Enrolment>[] = [
    {
      key: 'name',
      sort: true,
      title: t('office.figure.person'),
      cell: (one) => <PersonLink id={one.personId} name={one.name} number={one.number} />,
    },
    { key: 'school', sort: true, title: t('office.figure.school'), cell: (one) => one.orgName },
    {
      key: 'state',
      sort: true,
      title: t('office.figure.state'),
      cell: (one) => <State of="person" is={one.state} />,
      card: 'trailing',
    },
    ...(row.terms > 1
      ? [
          {
            key: 'term',
            sort: true,
            title: t('office.figure.term'),
            cell: (one: Enrolment) => t('office.term_n', { n: one.term }),
          },
        ]
      : []),
    ...(held
      ? [
          {
            key: 'present',
            sort: true,
            title: t('office.figure.present'),
            cell: (one: Enrolment) =>
              one.attended !== null && one.required !== null
                ? `${one.attended} / ${one.required}`
                : f.number(one.present),
            figures: true,
          },
          {
            key: 'leave',
            sort: true,
            title: t('office.figure.leave'),
            cell: (one: Enrolment) => quiet(one.onLeave),
            figures: true,
          },
          {
            key: 'credits',
            sort: true,
            title: t('office.figure.credits'),
            cell: (one: Enrolment) => (one.credits === null ? '—' : f.number(one.credits)),
            figures: true,
          },
        ]
      : [
          {
            key: 'fair',
            sort: true,
            title: t('office.fair.title'),
            cell: (one: Enrolment) => (one.fairShare === null ? '—' : <FairShare value={one.fairShare} />),
            figures: true,
          },
        ]),
    {
      key: 'reason',
      title: t('office.figure.reason'),
      cell: (one) => one.reason ?? <span className="q-quiet">—</span>,
    },
  ]
  const asked = (query: TableQuery) => ({ classId: row.id, ...askedOf(query.filter), ...orderOf(query, ORDERS) })
  const quiet = (n: number) => (n === 0 ? <span className="q-quiet">0</span> : f.number(n))
  return (
    <DataTable<Enrolment>
      caption={t('office.class.tab.people')}
      queryKey={[...classKey(row.id), 'people']}
      columns={columns}
      rowKey={(one) => one.personId}
      rowName={(one) => one.name}
      rowLink={(one) => ({ to: '/people/$personId', params: { personId: one.personId } })}
      load={async (query) =>
        training.enrolments({
          ...asked(query),
          limit: query.limit,
          ...(query.cursor ? { cursor: query.cursor } : {}),
        })
      }
      onExport={async (query) => {
        const file = await exporting.run({ ...asked(query), locale: f.locale })
        if (file) saveFile(file, `${row.name}.xlsx`)
      }}
      filters={[
        { key: 'q', label: t('office.find_person'), kind: 'text' },
        {
          key: 'state',
          label: t('office.figure.state'),
          kind: 'choice',
          multiple: true,
          choices: PERSON_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
        },
        ...(schools.length > 1
          ? [
              {
                key: 'school',
                label: t('office.figure.school'),
                kind: 'choice' as const,
                choices: schools.map(({ orgId, orgName }) => ({ value: orgId, label: orgName })),
              },
            ]
          : []),
      ]}
      empty={{
        title: t('office.people.none'),
        hint: t(
          row.state === 'planned'
            ? 'office.people.none_planned'
            : row.enrolment === 'open'
              ? 'office.people.none_open'
              : 'office.people.none_delegated',
        ),
      }}
    />
  )
}
