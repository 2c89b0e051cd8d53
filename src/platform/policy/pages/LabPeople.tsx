/** The people behind a number of a trial, with the facts they were judged by. */
import { Button } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { useBilingual, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PersonLink } from '../../../ui/PersonLink.tsx'
import type { policyContract, WhatIfPeople } from '../contract.ts'
import type { TrialAsk } from './trial.ts'

type Row = WhatIfPeople['rows'][number]

const GROUPS = ['before', 'after', 'lose', 'gain', 'moved', 'unknown'] as const
type Group = (typeof GROUPS)[number]
const groupOf = (show: string): Group => GROUPS.find((group) => group === show) ?? 'moved'

export function LabPeople({
  ask,
  show,
  school,
  onClose,
}: {
  ask: TrialAsk
  show: string
  school: string
  onClose: () => void
}) {
  const t = useWords('policy')
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const group = groupOf(show)
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: t('lab.person'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
    },
    { key: 'school', title: t('lab.school'), cell: ({ orgName }) => orgName },
    {
      key: 'facts',
      title: t('lab.facts'),
      cell: ({ facts }) => (
        <ul className="pol-lab-facts">
          {facts.map(({ id, title, value }) => (
            <li key={id}>
              <span className="q-quiet">{pick(title)}</span> {value ?? t('lab.not_known')}
            </li>
          ))}
        </ul>
      ),
    },
  ]
  return (
    <section className="q-stack">
      <div className="pol-lab-head">
        <h2>{t(`lab.people_${group}`)}</h2>
        <Button small icon="back" onClick={onClose}>
          {t('lab.all_schools')}
        </Button>
      </div>
      <DataTable<Row>
        caption={t(`lab.people_${group}`)}
        queryKey={['policy', 'trial-people', ask, group, school]}
        prefix="p"
        columns={columns}
        rowKey={({ personId }) => personId}
        load={({ cursor, limit }) =>
          policy.whatIfPeople({
            ...ask,
            group,
            limit,
            ...(cursor ? { cursor } : {}),
            ...(school ? { schoolId: school } : {}),
          })
        }
        empty={{ title: t('lab.nobody') }}
      />
    </section>
  )
}
