/** Who retires when: by year, by school, person by person, with the figures it rests on. */
import { useQuery } from '@tanstack/react-query'
import { one, useAddress } from '../../../../ui/address.ts'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Clause, type ClauseData } from '../../../../ui/Clause.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { Chart } from '../../../../ui/office/Chart.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { FilterField } from '../../../../ui/office/FilterBar.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import type { TableQuery } from '../../../../ui/office/table-query.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useCodes } from '../codes.ts'
import { type Records, useRecords } from '../records.ts'
import { useSchools } from '../schools.ts'

type Answer = Awaited<ReturnType<Records['retirements']>>
type Row = Answer['rows'][number]

const asked = ({ filter }: Pick<TableQuery, 'filter'>) =>
  Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [key, typeof value === 'string' ? value : value.join(',')]),
  )

export default function Retirement() {
  const t = useWords('quality')
  const f = useFormat()
  const can = useCan()
  const records = useRecords()
  const codes = useCodes()
  const schools = useSchools()
  const [search] = useAddress()
  const filter = Object.fromEntries(
    ['orgId', 'from', 'until'].flatMap((key) => (one(search[key]) ? [[key, one(search[key])]] : [])),
  )
  const whole = useQuery({
    queryKey: ['records', 'retirements', 'whole', filter],
    queryFn: () => records.retirements({ ...filter, limit: 1 }),
  })
  const exporting = useAct(records.exportRetirements, { done: t('exported') })
  const filters: FilterField[] = [
    ...(schools.length > 1 ? [{ key: 'orgId', label: t('school'), kind: 'choice' as const, choices: schools }] : []),
    { key: 'from', label: t('from'), kind: 'date' },
    { key: 'until', label: t('until'), kind: 'date' },
  ]
  const columns: Column<Row>[] = [
    {
      key: 'retiresOn',
      title: t('retirement.on'),
      cell: (row) => (
        <span className="q-num">
          {row.retiresOn} {row.approved && <StatusTag tone="done">{t('retirement.approved')}</StatusTag>}{' '}
          {row.past && <StatusTag tone="alert">{t('retirement.past')}</StatusTag>}
        </span>
      ),
      card: 'trailing',
    },
    {
      key: 'name',
      title: t('name'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
      card: 'title',
    },
    { key: 'school', title: t('school'), cell: (row) => row.orgName },
    { key: 'birth', title: t('birth'), cell: (row) => <span className="q-num">{row.birthDate}</span> },
    { key: 'sex', title: t('sex'), cell: (row) => codes.label('sex', row.sex) },
    { key: 'category', title: t('category'), cell: (row) => codes.label('category', row.category) },
    {
      key: 'subjects',
      title: t('subjects'),
      cell: (row) => f.list(row.subjects.map((code) => codes.label('subject', code))) || '—',
    },
    { key: 'title', title: t('title'), cell: (row) => codes.label('title', row.title) || '—' },
  ]
  const found = whole.data
  return (
    <>
      <PageHead
        title={t('retirement.heading')}
        subtitle={t('retirement.subtitle')}
        acts={
          <ButtonLink icon="chart" to="/people/turnover">
            {t('turnover.heading')}
          </ButtonLink>
        }
      />
      <div className="q-stack">
        {found && found.unknown > 0 && (
          <Notice
            tone="wait"
            title={t('retirement.unknown', { n: found.unknown })}
            act={
              <ButtonLink small to="/quality/people" search={{ rule: 'basic.birth_missing' }}>
                {t('names')}
              </ButtonLink>
            }
          >
            {t('retirement.unknown_text')}
          </Notice>
        )}
        {found && found.years.length > 0 && (
          <Card title={t('retirement.years')}>
            <Chart
              title={t('retirement.years_of', { from: f.date(found.from), until: f.date(found.until) })}
              kind="columns"
              data={{
                label: t('year'),
                measures: [{ key: 'people', label: t('people'), unit: t('unit_people') }],
                rows: found.years.map(({ year, people }) => ({
                  key: String(year),
                  name: String(year),
                  values: [people],
                })),
              }}
            />
          </Card>
        )}
        <DataTable<Row>
          caption={t('retirement.heading')}
          queryKey={['records', 'retirements']}
          columns={columns}
          rowKey={(row) => row.personId}
          rowLink={(row) => ({ to: '/people/$personId', params: { personId: row.personId } })}
          filters={filters}
          load={(query, signal) =>
            records.retirements(
              { ...asked(query), limit: query.limit, ...(query.cursor ? { cursor: query.cursor } : {}) },
              { signal },
            )
          }
          {...(can('records.export')
            ? {
                onExport: async (query: TableQuery) => {
                  const file = await exporting.run({ ...asked(query), locale: f.locale })
                  if (file) saveFile(file, `${t('retirement.heading')}.xlsx`)
                },
              }
            : {})}
          empty={{ title: t('retirement.none'), hint: t('retirement.none_hint') }}
        />
        {found && <Rule found={found} />}
      </div>
    </>
  )
}

/** The figures of the state, each with its clause. */
function Rule({ found }: { found: Answer }) {
  const t = useWords('quality')
  return (
    <Card title={t('retirement.rule')}>
      <ul className="q-reasons">
        {found.rule.map(({ id, value, clause }) => (
          <li key={id}>
            {t(`retirement.rule_${id.split('.')[1]}`)}{' '}
            {t('retirement.figures', { age: value.age ?? 0, step: value.step ?? 0, most: value.most ?? 0 })}{' '}
            {clause ? <Clause clause={clause as ClauseData} label={t('retirement.rule')} /> : null}
          </li>
        ))}
      </ul>
      <p className="q-quiet">{t('retirement.rule_note')}</p>
    </Card>
  )
}
