/** The cases of a call: filtered by stage and state, handled in bulk where the office is asked, and exported as they stand. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { TextLink } from '../../../../ui/Button.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import type { TableQuery } from '../../../../ui/office/table-query.ts'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { directoryContract } from '../../../directory/contract.ts'
import { Bulk, type Bulking, useBulkActs } from './Bulk.tsx'
import { type CaseRow, KEYS, type PipelineView, useCases } from './handling.ts'
import { CaseStateTag, Due, useOrgName } from './States.tsx'

const STATES = ['waiting', 'returned', 'paused', 'appealed', 'refused', 'withdrawn', 'lapsed', 'filed'] as const

export function CaseList({ view: { call, late, quotas } }: { view: PipelineView }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const can = useCan()
  const orgName = useOrgName()
  const cases = useCases()
  const [bulking, setBulking] = useState<Bulking | null>(null)
  const bulk = useBulkActs(setBulking, ['sign', 'send_back', 'refuse', 'hand_over', 'add_signer', 'urge'])
  const orgs = useOrgs(new Map([...late, ...quotas].map((row) => [row.orgId, orgName(row)])))
  const asked = ({ filter }: Pick<TableQuery, 'filter'>) => ({
    callId: call.id,
    ...(filter.q ? { search: String(filter.q) } : {}),
    ...(filter.stage ? { stage: String(filter.stage) } : {}),
    ...(STATES.find((state) => state === filter.state)
      ? { state: STATES.find((state) => state === filter.state)! }
      : {}),
    ...(filter.org ? { orgId: String(filter.org) } : {}),
    ...(filter.overdue ? { overdue: true } : {}),
  })
  const columns: Column<CaseRow>[] = [
    {
      key: 'name',
      title: t('office.column.name'),
      cell: (row) => (
        <TextLink to="/cases/$callId/$applicationId" params={{ callId: call.id, applicationId: row.id }}>
          {row.name}
        </TextLink>
      ),
    },
    { key: 'org', title: t('office.column.org'), cell: (row) => orgName(row) },
    ...(call.tracks.length > 0
      ? [{ key: 'track', title: t('office.column.track'), cell: (row: CaseRow) => row.track && pick(row.track) }]
      : []),
    { key: 'stage', title: t('office.column.stage'), cell: (row) => row.stageTitle && pick(row.stageTitle) },
    {
      key: 'state',
      title: t('office.column.state'),
      card: 'trailing',
      cell: (row) =>
        row.asked ? <StatusTag tone="act">{t('office.yours')}</StatusTag> : <CaseStateTag state={row.state} />,
    },
    {
      key: 'since',
      title: t('office.column.since'),
      cell: (row) => <span className="q-num">{f.isoDate(row.since)}</span>,
    },
    { key: 'due', title: t('office.column.due'), cell: (row) => <Due on={row.dueOn} overdue={row.overdue} /> },
    ...(call.stages.some(({ kind }) => kind === 'review')
      ? [
          {
            key: 'score',
            title: t('office.column.score'),
            figures: true,
            cell: (row: CaseRow) => row.score && f.number(row.score, 2),
          },
        ]
      : []),
  ]
  return (
    <>
      <DataTable<CaseRow>
        caption={t('office.cases')}
        queryKey={[...KEYS.list, call.id]}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        rowLink={(row) => ({ to: '/cases/$callId/$applicationId', params: { callId: call.id, applicationId: row.id } })}
        load={(query) =>
          cases.casesOf({ ...asked(query), limit: query.limit, ...(query.cursor ? { cursor: query.cursor } : {}) })
        }
        filters={[
          { key: 'q', label: t('office.find'), kind: 'text' },
          {
            key: 'stage',
            label: t('office.column.stage'),
            kind: 'choice',
            choices: call.stages.map(({ id, title }) => ({ value: id, label: pick(title) })),
          },
          {
            key: 'state',
            label: t('office.column.state'),
            kind: 'choice',
            choices: STATES.map((state) => ({ value: state, label: t(`office.state.${state}`) })),
          },
          ...(orgs.size > 0
            ? [
                {
                  key: 'org',
                  label: t('office.column.org'),
                  kind: 'choice' as const,
                  choices: [...orgs].map(([value, label]) => ({ value, label })),
                },
              ]
            : []),
          { key: 'overdue', label: t('office.overdue'), kind: 'flag' },
        ]}
        {...(can('cases.handle') ? { bulk } : {})}
        onExport={async (query) =>
          saveFile(await cases.exportCases({ ...asked(query), locale: f.locale }), 'cases.xlsx')
        }
        empty={{ title: t('office.no_cases'), hint: t('office.no_cases_hint') }}
      />
      {bulking && <Bulk {...bulking} onClose={() => setBulking(null)} />}
    </>
  )
}

/** And the organisation that an older address names, by its name although it is not late any more. */
function useOrgs(orgs: Map<string, string>): ReadonlyMap<string, string> {
  const t = useWords('cases')
  const f = useFormat()
  const directory = useClient<typeof directoryContract>('directory')
  const [search] = useAddress()
  const orgId = one(search.org)
  const lacking = orgId !== '' && !orgs.has(orgId)
  const { data, isLoading } = useQuery({
    queryKey: ['directory', 'organisation', orgId],
    queryFn: () => directory.organisation({ orgId }),
    enabled: lacking,
    retry: false,
  })
  if (!lacking) return orgs
  const name = data && (f.locale === 'en' && data.nameEn ? data.nameEn : data.shortName)
  return new Map([...orgs, [orgId, name ?? (isLoading ? '…' : t('office.org_gone'))]])
}
