/** Whose health and safety checks are due, the longest overdue first. */
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { type Records, useRecords } from '../records.ts'
import { ARCHIVE, useGroups, useItems } from './record.ts'

type Due = Awaited<ReturnType<Records['checksDue']>>['rows'][number]

export default function ChecksDue() {
  const t = useWords('records')
  const f = useFormat()
  const items = useItems()
  const records = useRecords()
  const kind = useGroups()
    .data?.find(({ id }) => id === 'check')
    ?.fields.find(({ key }) => key === 'kind')
  const day = (on: string) => <span className="q-num">{f.isoDate(on)}</span>
  const columns: Column<Due>[] = [
    { key: 'name', title: t('name'), cell: ({ name }) => name, width: 120 },
    { key: 'number', title: t('number'), cell: ({ number }) => <span className="q-num">{number}</span>, width: 120 },
    { key: 'school', title: t('school'), cell: ({ orgName }) => orgName },
    { key: 'kind', title: t('checks.kind'), cell: (row) => (kind ? items.word(kind, row.kind) : row.kind) },
    { key: 'done', title: t('checks.done_on'), cell: ({ doneOn }) => day(doneOn), width: 120 },
    { key: 'due', title: t('checks.due_on'), cell: ({ dueOn }) => day(dueOn), width: 120 },
    {
      key: 'state',
      title: t('changes.where'),
      cell: ({ overdue }) => (
        <StatusTag tone={overdue ? 'alert' : 'wait'}>{t(overdue ? 'checks.overdue' : 'checks.soon')}</StatusTag>
      ),
      card: 'trailing',
      width: 110,
    },
  ]
  return (
    <>
      <PageHead title={t('checks.heading')} subtitle={t('checks.subtitle')} />
      <DataTable
        caption={t('checks.heading')}
        queryKey={[...ARCHIVE, 'due']}
        columns={columns}
        rowKey={({ personId, kind: of }) => `${personId}/${of}`}
        rowName={({ name }) => name}
        filters={[{ key: 'kind', label: t('checks.kind'), kind: 'choice', choices: kind ? items.choices(kind) : [] }]}
        load={({ cursor, limit, filter }, signal) =>
          records.checksDue(
            {
              limit,
              ...(cursor ? { cursor } : {}),
              ...(typeof filter.kind === 'string' ? { kind: filter.kind } : {}),
            },
            { signal },
          )
        }
        rowLink={({ personId }) => ({
          to: '/people/$personId',
          params: { personId },
          search: { group: 'check' },
        })}
        empty={{ title: t('checks.none'), hint: t('checks.none_hint') }}
      />
    </>
  )
}
