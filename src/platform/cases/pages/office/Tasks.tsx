/** Every signature asked of the office in one table, what is due first on top; acts on many are previewed. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { TextLink } from '../../../../ui/Button.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { Tag } from '../../../../ui/Tag.tsx'
import { Bulk, type Bulking, useBulkActs } from './Bulk.tsx'
import { KEYS, type TaskRow, useCases } from './handling.ts'
import { Due, useOrgName } from './States.tsx'

type Counts = Awaited<ReturnType<ReturnType<typeof useCases>['taskCounts']>>

export function Tasks({ counts }: { counts: Counts }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const orgName = useOrgName()
  const cases = useCases()
  const [bulking, setBulking] = useState<Bulking | null>(null)
  const bulk = useBulkActs(setBulking)
  const { calls, stages } = useChoices(counts)
  const columns: Column<TaskRow>[] = [
    {
      key: 'name',
      title: t('office.column.name'),
      cell: (row) => (
        <TextLink to="/cases/$callId/$applicationId" params={{ callId: row.callId, applicationId: row.id }}>
          {row.name}
        </TextLink>
      ),
    },
    { key: 'org', title: t('office.column.org'), cell: (row) => orgName(row) },
    { key: 'call', title: t('office.column.call'), cell: (row) => pick(row.callTitle) },
    {
      key: 'stage',
      title: t('office.column.stage'),
      cell: (row) => (
        <>
          {row.stageTitle && pick(row.stageTitle)} {row.added && <Tag>{t('office.added')}</Tag>}
        </>
      ),
    },
    {
      key: 'since',
      title: t('office.column.since'),
      cell: (row) => <span className="q-num">{f.isoDate(row.openedAt)}</span>,
    },
    {
      key: 'due',
      title: t('office.column.due'),
      cell: (row) => <Due on={row.dueOn} overdue={row.overdue} />,
      card: 'trailing',
    },
    {
      key: 'urged',
      title: t('office.column.urged'),
      cell: (row) => (row.urgedAt ? f.shortDate(row.urgedAt) : <span className="q-quiet">—</span>),
    },
  ]
  return (
    <>
      <DataTable<TaskRow>
        caption={t('office.tasks')}
        queryKey={KEYS.tasks}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        rowLink={(row) => ({
          to: '/cases/$callId/$applicationId',
          params: { callId: row.callId, applicationId: row.id },
        })}
        load={({ cursor, limit, filter }) =>
          cases.myTasks({
            limit,
            ...(cursor ? { cursor } : {}),
            ...(filter.q ? { search: String(filter.q) } : {}),
            ...(filter.call ? { callId: String(filter.call) } : {}),
            ...(filter.stage ? { stage: String(filter.stage) } : {}),
            ...(filter.overdue ? { overdue: true } : {}),
          })
        }
        filters={[
          { key: 'q', label: t('office.find'), kind: 'text' },
          {
            key: 'call',
            label: t('office.column.call'),
            kind: 'choice',
            choices: calls,
          },
          {
            key: 'stage',
            label: t('office.column.stage'),
            kind: 'choice',
            choices: stages,
          },
          { key: 'overdue', label: t('office.overdue'), kind: 'flag' },
        ]}
        bulk={bulk}
        empty={{ title: t('office.no_tasks'), hint: t('office.no_tasks_hint') }}
      />
      {bulking && <Bulk {...bulking} onClose={() => setBulking(null)} />}
    </>
  )
}

/** What can be chosen: where something waits; and what was chosen by an older address, under its name although nothing waits there any more. */
function useChoices(counts: Counts) {
  const t = useWords('cases')
  const pick = useBilingual()
  const cases = useCases()
  const [search] = useAddress()
  const [callId, stage] = [one(search.call), one(search.stage)]
  const calls = new Map(counts.map((row) => [row.callId, pick(row.title)]))
  const stages = new Map(counts.map((row) => [row.stage, pick(row.stageTitle)]))
  const lacking = callId !== '' && (!calls.has(callId) || (stage !== '' && !stages.has(stage)))
  const asked = useQuery({
    queryKey: ['cases', 'calls', callId],
    queryFn: () => cases.call({ callId }),
    enabled: lacking,
    retry: false,
  })
  if (callId !== '' && !calls.has(callId))
    calls.set(callId, asked.data ? pick(asked.data.title) : asked.isLoading ? '…' : t('office.call_gone'))
  if (stage !== '' && !stages.has(stage)) {
    const found = asked.data?.definition.stages.find(({ id }) => id === stage)
    stages.set(stage, found ? pick(found.title) : asked.isLoading ? '…' : t('office.stage_gone'))
  }
  const choices = (named: ReadonlyMap<string, string>) => [...named].map(([value, label]) => ({ value, label }))
  return { calls: choices(calls), stages: choices(stages) }
}
