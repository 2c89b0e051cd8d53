/** All teachers in one's scope: found by name, initials, number or school, narrowed by what they teach and are. */
import { ButtonLink } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { FilterField } from '../../../ui/office/FilterBar.tsx'
import type { Column } from '../../../ui/office/table.ts'
import type { TableQuery } from '../../../ui/office/table-query.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { PersonLink } from '../../../ui/PersonLink.tsx'
import { useCan } from '../../../ui/session.tsx'
import './records.css'
import { saveFile } from '../../../ui/save-file.ts'
import { Arrivals } from './Arrivals.tsx'
import { useCodes } from './codes.ts'
import { KEYS, type PersonRow, useRecords } from './records.ts'
import { useSchools } from './schools.ts'

const CODED = ['stage', 'subject', 'category', 'title', 'post'] as const

/** The address's filters as the contract names them. */
const askOf = ({ filter }: TableQuery) =>
  Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [key, typeof value === 'string' ? value : value.join(',')]),
  )

export default function People() {
  const t = useWords('records')
  const f = useFormat()
  const can = useCan()
  const records = useRecords()
  const codes = useCodes()
  const schools = useSchools()
  const exporting = useAct(records.exportPeople, { done: t('people.exported') })
  const filters: FilterField[] = [
    { key: 'search', label: t('people.search'), kind: 'text' },
    ...(schools.length > 1 ? [{ key: 'orgId', label: t('school'), kind: 'choice' as const, choices: schools }] : []),
    ...CODED.map((key) => ({ key, label: t(key), kind: 'choice' as const, choices: codes.choices(key) })),
  ]
  const columns: Column<PersonRow>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
    },
    // Somebody who sees one school only need not read its name in every row.
    ...(schools.length === 1 ? [] : [{ key: 'school', title: t('school'), cell: (row: PersonRow) => row.orgName }]),
    {
      key: 'category',
      title: t('category'),
      cell: (row) => f.dotted([codes.label('category', row.category), codes.label('basis', row.basis)]),
    },
    {
      key: 'teaches',
      title: t('teaches'),
      cell: (row) =>
        f.dotted([
          f.list(row.stages.map((code) => codes.label('stage', code))),
          f.list(row.subjects.map((code) => codes.label('subject', code))),
        ]) || <span className="q-quiet">—</span>,
    },
    {
      key: 'title',
      title: t('title'),
      cell: (row) => codes.label('title', row.title) || <span className="q-quiet">—</span>,
    },
    {
      key: 'posts',
      title: t('post'),
      cell: (row) => f.list(row.posts.map((code) => codes.label('post', code))) || <span className="q-quiet">—</span>,
    },
    {
      key: 'since',
      title: t('employed_from'),
      cell: (row) => <span className="q-num">{row.employedFrom ?? '—'}</span>,
    },
  ]
  return (
    <>
      <PageHead
        title={t('people.heading')}
        subtitle={t('people.subtitle')}
        acts={
          can('records.import') && (
            <ButtonLink icon="upload" to="/people/import">
              {t('import.act')}
            </ButtonLink>
          )
        }
        act={
          can('records.person.write') && (
            <ButtonLink look="primary" icon="plus" to="/people/new">
              {t('add.act')}
            </ButtonLink>
          )
        }
      />
      <Arrivals />
      <DataTable<PersonRow>
        caption={t('people.heading')}
        queryKey={KEYS.people}
        columns={columns}
        rowKey={(row) => row.personId}
        rowName={(row) => row.name}
        rowLink={(row) => ({ to: '/people/$personId', params: { personId: row.personId } })}
        filters={filters}
        load={(query, signal) =>
          records.people(
            { ...askOf(query), limit: query.limit, ...(query.cursor ? { cursor: query.cursor } : {}) },
            { signal },
          )
        }
        {...(can('records.export')
          ? {
              onExport: async (query: TableQuery) => {
                const file = await exporting.run({ ...askOf(query), locale: f.locale })
                if (file) saveFile(file, `${t('people.heading')}.xlsx`)
              },
            }
          : {})}
        empty={{ title: t('people.none'), hint: t('people.none_hint') }}
      />
    </>
  )
}
