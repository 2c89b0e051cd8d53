/** People of the school who meet the class's rule, those sent least often first; chosen ones are proposed at once. */
import { useRef, useState } from 'react'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useCodes } from '../codes.ts'
import { FairShare } from '../FairShare.tsx'
import { useParameter } from '../parameter.ts'
import { State } from '../States.tsx'
import { orderOf } from '../server-order.ts'
import { type Candidate, type ClassRow, classKey, useTraining } from '../training.ts'
import { type Choice, Propose } from './Propose.tsx'

const ORDERS = ['recent', 'fair', 'name', 'title', 'state'] as const

export function Candidates({ row, orgId, free, open }: { row: ClassRow; orgId: string; free: number; open: boolean }) {
  const t = useWords('training')
  const f = useFormat()
  const { label } = useCodes()
  const training = useTraining()
  const warning = useParameter('training.delegation.fair_share_warning', row.authority)
  // Names of everybody seen so far: a choice may reach over several pages.
  const seen = useRef(new Map<string, Candidate>())
  const [choice, setChoice] = useState<Choice | null>(null)
  const dash = <span className="q-quiet">—</span>
  const columns: Column<Candidate>[] = [
    {
      key: 'name',
      sort: true,
      title: t('office.figure.person'),
      cell: (one) => <PersonLink id={one.personId} name={one.name} number={one.number} />,
    },
    {
      key: 'teaches',
      title: t('office.figure.teaches'),
      cell: (one) =>
        [
          f.list(one.stages.map((code) => label('stages', code))),
          f.list(one.subjects.map((code) => label('subjects', code))),
        ]
          .filter(Boolean)
          .join(' · ') || dash,
    },
    {
      key: 'title',
      sort: true,
      title: t('office.figure.title'),
      cell: (one) => (one.title ? label('titles', one.title) : dash),
    },
    {
      key: 'posts',
      title: t('office.figure.posts'),
      cell: (one) => (one.posts.length > 0 ? f.list(one.posts.map((code) => label('posts', code))) : dash),
    },
    { key: 'recent', sort: true, title: t('office.fair.recent'), cell: (one) => f.number(one.recent), figures: true },
    {
      key: 'fair',
      sort: true,
      title: t('office.fair.title'),
      cell: (one) => <FairShare value={one.fairShare} warned={one.warned} />,
      figures: true,
      ...(warning ? { clause: warning.clause } : {}),
    },
    {
      key: 'state',
      sort: true,
      title: t('office.figure.state'),
      cell: (one) => (one.state ? <State of="person" is={one.state} /> : dash),
      card: 'trailing',
    },
  ]
  return (
    <div className="q-stack">
      <p className="q-quiet">
        {t('office.fair.explain', { warn: warning ? f.number(String(warning.value)) : '—' })}
        {warning && <Clause clause={warning.clause} label={t('office.fair.title')} />}
      </p>
      <DataTable<Candidate>
        caption={t('office.delegation.part.candidates')}
        queryKey={[...classKey(row.id), 'candidates', orgId]}
        columns={columns}
        rowKey={(one) => one.personId}
        rowName={(one) => one.name}
        load={async (query) => {
          const { cursor, limit, filter } = query
          const answer = await training.eligible({
            classId: row.id,
            orgId,
            limit,
            ...orderOf(query, ORDERS),
            ...(cursor ? { cursor } : {}),
            ...(filter.q ? { search: String(filter.q) } : {}),
          })
          for (const one of answer.rows) seen.current.set(one.personId, one)
          return answer
        }}
        filters={[{ key: 'q', label: t('office.find_person'), kind: 'text' }]}
        {...(open
          ? {
              bulk: [
                {
                  key: 'propose',
                  label: t('office.delegation.propose_chosen'),
                  icon: 'check' as const,
                  run: (keys: string[]) =>
                    new Promise<boolean>((resolve) =>
                      setChoice({ people: keys.flatMap((key) => seen.current.get(key) ?? []), resolve }),
                    ),
                },
              ],
            }
          : {})}
        empty={{ title: t('office.delegation.nobody'), hint: t('office.delegation.nobody_hint') }}
      />
      {choice && <Propose row={row} orgId={orgId} free={free} choice={choice} onClose={() => setChoice(null)} />}
    </div>
  )
}
