/** The people or schools behind a number of a trial, with the facts they were judged by and why. */
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useClient } from '../../../ui/client.tsx'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { OrgLink } from '../../../ui/OrgLink.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PersonLink } from '../../../ui/PersonLink.tsx'
import { useCan } from '../../../ui/session.tsx'
import { WhyPerson } from '../../../ui/WhyPerson.tsx'
import { WhySchool } from '../../../ui/WhySchool.tsx'
import type { policyContract, WhatIf, WhatIfPeople } from '../contract.ts'
import type { TrialAsk } from './trial.ts'

type Row = WhatIfPeople['rows'][number]

const GROUPS = ['before', 'after', 'lose', 'gain', 'moved', 'unknown'] as const
type Group = (typeof GROUPS)[number]
const groupOf = (show: string): Group => GROUPS.find((group) => group === show) ?? 'moved'

export function LabPeople({
  ask,
  about,
  status,
  rule,
  show,
  part,
  onClose,
}: {
  ask: TrialAsk
  about: WhatIf['about']
  /** It tells a state that nobody aims at. */
  status: boolean
  /** What the rule is called. */
  rule: string
  show: string
  /** The part of the cut; everybody where absent. */
  part: string | undefined
  onClose: () => void
}) {
  const t = useWords('policy')
  const { locale } = useFormat()
  const can = useCan()
  const policy = useClient<typeof policyContract>('policy')
  const [asking, setAsking] = useState<Row | null>(null)
  const group = groupOf(show)
  const nameOf = (row: Row) => (locale === 'en' ? (row.nameEn ?? row.name) : row.name)
  const who: Column<Row>[] =
    about === 'organisation'
      ? [
          {
            key: 'name',
            title: t('lab.school'),
            cell: (row) => (
              <OrgLink
                id={row.orgId}
                name={nameOf(row)}
                note={row.number ? t('lab.school_code', { code: row.number }) : undefined}
              />
            ),
          },
          { key: 'belongs', title: t('lab.belongs'), cell: ({ orgName }) => orgName },
        ]
      : [
          {
            key: 'name',
            title: t('lab.person'),
            cell: (row) => <PersonLink id={row.personId ?? ''} name={row.name} number={row.number} />,
          },
          { key: 'school', title: t('lab.school'), cell: ({ orgName }) => orgName },
        ]
  const columns: Column<Row>[] = [
    ...who,
    ...(can('policy.explain')
      ? [
          {
            key: 'why',
            title: t('lab.why'),
            cell: (row: Row) => (
              <Button
                small
                look="quiet"
                icon="info"
                aria-label={t('lab.why_of', { name: nameOf(row) })}
                onClick={() => setAsking(row)}
              />
            ),
          },
        ]
      : []),
    { key: 'facts', title: t('lab.facts'), cell: ({ facts }) => <Judged facts={facts} /> },
  ]
  const { set, asOf, draftId, changes, orgId } = ask
  const why = { set, status, asOf, changes, changedAt: orgId, ...(draftId ? { draftId } : {}) }
  return (
    <section className="q-stack">
      <div className="pol-lab-head">
        <h2>{t(`lab.people_${group}`, { about })}</h2>
        <Button small icon="back" onClick={onClose}>
          {t('lab.all_parts')}
        </Button>
      </div>
      <DataTable<Row>
        caption={t(`lab.people_${group}`, { about })}
        queryKey={['policy', 'trial-people', ask, group, part]}
        prefix="p"
        columns={columns}
        rowKey={({ personId, orgId }) => personId ?? orgId}
        load={({ cursor, limit }) =>
          policy.whatIfPeople({
            ...ask,
            group,
            limit,
            ...(cursor ? { cursor } : {}),
            ...(part === undefined ? {} : { part }),
          })
        }
        empty={{ title: t('lab.nobody', { about }) }}
      />
      {asking && (
        <Sheet open title={t('lab.why_title', { name: nameOf(asking), rule })} onClose={() => setAsking(null)}>
          {asking.personId === null ? (
            <WhySchool {...why} orgId={asking.orgId} />
          ) : (
            <WhyPerson {...why} personId={asking.personId} />
          )}
        </Sheet>
      )}
    </section>
  )
}

function Judged({ facts }: Pick<Row, 'facts'>) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const written = ({ type, value, says }: Row['facts'][number]): string => {
    if (value === null) return t('lab.not_known')
    if (says) return pick(says)
    if (type === 'bool') return t(value === 'true' ? 'parameters.yes' : 'parameters.no')
    if (type === 'number') return f.number(value)
    if (type === 'date') return f.date(value)
    if (type === 'texts' || type === 'dates') return f.list(JSON.parse(value) as string[])
    return value
  }
  return (
    <ul className="pol-lab-facts">
      {facts.map((fact) => (
        <li key={fact.id}>
          <span className="q-quiet">{pick(fact.title)}</span> {written(fact)}
        </li>
      ))}
    </ul>
  )
}
