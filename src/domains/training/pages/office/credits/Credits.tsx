/** Credits of everybody in scope: the year, the cycle, what is missing, and who is behind the pace. */
import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../../../../../ui/Button.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import type { TableQuery } from '../../../../../ui/office/table-query.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { saveFile } from '../../../../../ui/save-file.ts'
import { StatusTag } from '../../../../../ui/Tag.tsx'
import { WhyCredits } from '../../WhyCredits.tsx'
import { useCreditYear } from '../credit-year.ts'
import { useParameter } from '../parameter.ts'
import { YearPicker } from '../plan-choice.tsx'
import { orderOf } from '../server-order.ts'
import { type CreditRow, KEYS, useAsk, useTraining } from '../training.ts'

const ORDERS = ['name', 'school', 'year', 'cycle', 'district', 'missing'] as const

/** The day on which a year is judged. */
const endOf = (year: number): string => `${year}-12-31`

export default function Credits() {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const exporting = useAct(training.exportCredits, { done: t('office.exported') })
  const { year, years, choose } = useCreditYear()
  const audits = useQuery(useAsk().audits(year))
  const total = useParameter('training.credit.cycle_total')
  const floor = useParameter('training.credit.concentrated_floor')
  const schools = audits.data ?? []
  const columns: Column<CreditRow>[] = [
    {
      key: 'name',
      sort: true,
      title: t('office.figure.person'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
    },
    ...(schools.length === 1
      ? []
      : [{ key: 'school', sort: true, title: t('office.figure.school'), cell: (row: CreditRow) => row.orgName }]),
    {
      key: 'year',
      sort: true,
      title: t('office.credit.year', { year: String(year) }),
      cell: (row) => f.number(row.year, 2),
      figures: true,
    },
    {
      key: 'cycle',
      sort: true,
      title: t('office.credit.cycle'),
      cell: (row) => f.number(row.cycle, 2),
      figures: true,
      ...(total ? { clause: total.clause } : {}),
    },
    ...(floor
      ? [
          {
            key: 'district',
            sort: true,
            title: t('office.credit.from_district'),
            cell: (row: CreditRow) => (row.fromDistrict === null ? '—' : f.number(row.fromDistrict, 2)),
            figures: true,
            clause: floor.clause,
          },
        ]
      : []),
    {
      key: 'missing',
      sort: true,
      title: t('office.credit.missing'),
      cell: (row) => (Number(row.missing) === 0 ? <span className="q-quiet">0</span> : f.number(row.missing, 2)),
      figures: true,
    },
    {
      key: 'pace',
      title: t('office.credit.pace'),
      cell: (row) =>
        row.onPace ? (
          <StatusTag tone="done">{t('office.credit.on_pace')}</StatusTag>
        ) : (
          <StatusTag tone="wait">{t('office.credit.behind')}</StatusTag>
        ),
      card: 'trailing',
    },
    {
      key: 'why',
      title: t('why.column'),
      cell: (row) => <WhyCredits personId={row.personId} name={row.name} asOf={endOf(year)} />,
      card: 'foot',
    },
  ]
  const asked = (query: TableQuery) => ({
    year,
    short: query.filter.short === '1',
    ...(query.filter.school ? { orgId: String(query.filter.school) } : {}),
    ...(query.filter.q ? { search: String(query.filter.q) } : {}),
    ...orderOf(query, ORDERS),
  })
  return (
    <>
      <PageHead
        title={t('office.credit.title')}
        subtitle={
          <>
            {t('office.credit.subtitle')}
            {total && <Clause clause={total.clause} label={t('office.credit.cycle')} />}
          </>
        }
        acts={
          <>
            <YearPicker years={years} year={year} onChange={choose} />
            <ButtonLink icon="seal" to="/audit" search={{ year: String(year) }}>
              {t('office.audit.title')}
            </ButtonLink>
          </>
        }
      />
      <DataTable<CreditRow>
        caption={t('office.credit.title')}
        queryKey={[...KEYS.credits, year]}
        columns={columns}
        rowKey={(row) => row.personId}
        rowName={(row) => row.name}
        rowLink={(row) => ({ to: '/people/$personId', params: { personId: row.personId } })}
        load={async (query) =>
          training.credits({
            ...asked(query),
            limit: query.limit,
            ...(query.cursor ? { cursor: query.cursor } : {}),
          })
        }
        onExport={async (query) => {
          const file = await exporting.run({ ...asked(query), locale: f.locale })
          if (file) saveFile(file, `${t('office.credit.title')}.xlsx`)
        }}
        filters={[
          { key: 'q', label: t('office.find_person'), kind: 'text' },
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
          { key: 'short', label: t('office.credit.only_short'), kind: 'flag' },
        ]}
        empty={{ title: t('office.credit.none'), hint: t('office.credit.none_hint') }}
      />
    </>
  )
}
