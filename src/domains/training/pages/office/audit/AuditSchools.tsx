/** The schools of an audit year as a list to work through: where each stands, what was found, its seal. */
import { TextLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { BulkAct, Column } from '../../../../../ui/office/table.ts'
import { useCan } from '../../../../../ui/session.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { State } from '../States.tsx'
import { type AuditRow, KEYS } from '../training.ts'
import { AUDIT_STATES, auditStateOf } from './audit-progress.ts'
import './audit.css'

const WAYS: Ways<AuditRow> = {
  keep: {
    q: (row, typed) => matches(typed, row.orgName),
    state: (row, states) => states.includes(auditStateOf(row)),
    faults: (row) => row.faults > 0 || row.openObjections > 0,
  },
  order: {
    school: (row) => row.orgName,
    rate: (row) => (row.teachers === 0 ? null : row.compliant / row.teachers),
    teachers: (row) => row.teachers,
    entries: (row) => row.entries,
    credits: (row) => Number(row.credits),
    checked: (row) => (row.sampled === 0 ? null : row.checked / row.sampled),
    faults: (row) => row.faults,
    objections: (row) => row.openObjections,
    state: (row) => AUDIT_STATES.indexOf(auditStateOf(row)),
  },
}

export function AuditSchools({
  rows,
  year,
  ask,
}: {
  rows: readonly AuditRow[]
  year: number
  ask: (what: 'draw' | 'finish', rows: AuditRow[]) => Promise<boolean>
}) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const checks = can('training.audit.check')
  const columns: Column<AuditRow>[] = [
    {
      key: 'school',
      title: t('office.figure.school'),
      cell: (row) =>
        checks ? (
          <TextLink to="/audit/$orgId" params={{ orgId: row.orgId }} search={{ year: String(year) }}>
            {row.orgName}
          </TextLink>
        ) : (
          row.orgName
        ),
      sort: true,
    },
    {
      key: 'state',
      title: t('office.figure.state'),
      cell: (row) => <State of="audit" is={auditStateOf(row)} />,
      sort: true,
      card: 'trailing',
    },
    {
      key: 'rate',
      title: t('office.audit.compliant'),
      cell: (row) => (
        <TextLink to="/credits" search={{ year: String(year), school: row.orgId, short: '1' }}>
          {f.number(row.compliant)} / {f.number(row.teachers)}
        </TextLink>
      ),
      figures: true,
      sort: true,
    },
    {
      key: 'entries',
      title: t('office.audit.entries'),
      cell: (row) => f.number(row.entries),
      figures: true,
      sort: true,
    },
    {
      key: 'credits',
      title: t('office.figure.credits'),
      cell: (row) => f.number(row.credits, 2),
      figures: true,
      sort: true,
    },
    {
      key: 'checked',
      title: t('office.audit.checked'),
      cell: (row) => (row.sampled === 0 ? <span className="q-quiet">—</span> : `${row.checked} / ${row.sampled}`),
      figures: true,
      sort: true,
    },
    {
      key: 'faults',
      title: t('office.audit.faults'),
      cell: (row) => (row.faults === 0 ? <span className="q-quiet">0</span> : <b className="tr-alert">{row.faults}</b>),
      figures: true,
      sort: true,
    },
    {
      key: 'objections',
      title: t('office.audit.objections'),
      cell: (row) =>
        row.openObjections === 0 ? (
          <span className="q-quiet">0</span>
        ) : (
          <b className="tr-alert">{row.openObjections}</b>
        ),
      figures: true,
      sort: true,
    },
    {
      key: 'seal',
      title: t('office.audit.seal'),
      cell: (row) =>
        row.seal ? (
          <code className="tr-hash" title={row.seal}>
            {row.seal.slice(0, 12)}
          </code>
        ) : (
          <span className="q-quiet">—</span>
        ),
    },
  ]
  const pick = (keys: readonly string[]) => rows.filter(({ orgId }) => keys.includes(orgId))
  const bulk: BulkAct[] = checks
    ? [
        { key: 'draw', label: t('office.audit.draw'), icon: 'list', run: (keys) => ask('draw', pick(keys)) },
        { key: 'finish', label: t('office.audit.finish'), icon: 'check', run: (keys) => ask('finish', pick(keys)) },
      ]
    : []
  return (
    <DataTable<AuditRow>
      caption={t('office.audit.title')}
      queryKey={[
        ...KEYS.audits,
        year,
        'table',
        rows.map((row) => `${row.state}${row.sampled}${row.checked}${row.openObjections}`).join(),
      ]}
      columns={columns}
      rowKey={(row) => row.orgId}
      rowName={(row) => row.orgName}
      {...(checks
        ? {
            rowLink: (row: AuditRow) => ({
              to: '/audit/$orgId',
              params: { orgId: row.orgId },
              search: { year: String(year) },
            }),
          }
        : {})}
      load={async (query) => pageOf(rows, query, WAYS)}
      filters={[
        { key: 'q', label: t('office.find_school'), kind: 'text' },
        {
          key: 'state',
          label: t('office.figure.state'),
          kind: 'choice',
          multiple: true,
          choices: AUDIT_STATES.map((value) => ({ value, label: t(`audit_state.${value}`) })),
        },
        { key: 'faults', label: t('office.audit.only_faults'), kind: 'flag' },
      ]}
      size={100}
      sort="school"
      bulk={rows.some((row) => auditStateOf(row) === 'confirmed') ? bulk : []}
    />
  )
}
