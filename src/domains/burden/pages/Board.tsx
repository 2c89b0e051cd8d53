/** How much reaches schools in a term against the caps, who asks most, and how it changes; no person is in it. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { one, useAddress } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card, Columns } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { Chart } from '../../../ui/office/Chart.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../ui/Stat.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { type Burden, KEY, Rests, useBurden, useSaid } from './burden.tsx'

type Told = Awaited<ReturnType<Burden['board']>>
type School = Told['schools'][number]

export default function Board() {
  const t = useWords('burden')
  const f = useFormat()
  const said = useSaid()
  const burden = useBurden()
  const [search, change] = useAddress()
  const [year, term] = one(search.term).split('-').map(Number)
  const ask = year && term ? { year, term } : {}
  const found = useQuery({ queryKey: [...KEY, 'board', ask], queryFn: () => burden.board(ask) })
  const exporting = useAct(burden.exportBoard, { done: t('board.exported') })
  const print = () => window.print()
  return (
    <>
      <PageHead
        title={t('board.title')}
        subtitle={found.data ? t('board.subtitle', { org: found.data.org.name, term: said.term(found.data) }) : ''}
        acts={
          <>
            <Button icon="print" onClick={print}>
              {t('board.print')}
            </Button>
            <Button
              icon="download"
              busy={exporting.busy}
              onClick={() =>
                void exporting
                  .run({ ...ask, locale: f.locale })
                  .then((file) => file && saveFile(file, `${t('board.title')}.xlsx`))
              }
            >
              Excel
            </Button>
          </>
        }
      />
      <Answer of={found} height={480}>
        {(told) => (
          <div className="q-stack">
            {told.trend.length > 1 && (
              <div style={{ maxWidth: 320 }}>
                <SelectField
                  label={t('board.term')}
                  value={`${told.year}-${told.term}`}
                  onChange={(value) => change({ term: value })}
                  choices={[...new Map([...told.trend, told].map((of) => [`${of.year}-${of.term}`, of]))]
                    .sort(([a], [b]) => (a < b ? 1 : -1))
                    .map(([value, of]) => ({ value, label: said.term(of) }))}
                />
              </div>
            )}
            <Figures told={told} />
            <Pictures told={told} />
            <Schools told={told} />
            <p className="q-quiet">{t('board.plain')}</p>
          </div>
        )}
      </Answer>
    </>
  )
}

const sum = (rows: readonly School[], of: (row: School) => number) => rows.reduce((all, row) => all + of(row), 0)
const reachedIn = (row: School) => row.events + row.data + row.inspections + row.apps + row.meetings + row.secondments

function Figures({ told }: { told: Told }) {
  const t = useWords('burden')
  const f = useFormat()
  const said = useSaid()
  const { schools, figures } = told
  const times = sum(schools, reachedIn)
  const full = schools.filter(
    (row) => (figures.events && row.events >= figures.events.value) || (figures.data && row.data >= figures.data.value),
  ).length
  return (
    <Stats>
      <Stat
        label={t('board.items')}
        value={f.number(times)}
        unit={t('board.times')}
        note={t('board.per_school', { n: f.number(Math.round((times / Math.max(schools.length, 1)) * 10) / 10) })}
      />
      <Stat label={t('board.hours')} value={said.hours(sum(schools, (row) => row.minutes))} unit={t('board.hour')} />
      <Stat
        label={t('board.over')}
        value={f.number(full)}
        unit={t('board.schools_unit')}
        {...(full > 0 ? { tone: 'alert' as const } : {})}
      />
      <Stat
        label={t('board.answered')}
        value={f.number(told.answered)}
        unit={t('board.unit', { n: told.answered })}
        note={told.waiting > 0 ? t('board.waiting', { n: told.waiting }) : ''}
      />
      <Stat
        label={t('board.events_cap')}
        value={figures.events ? figures.events.value : t('board.no_cap')}
        unit={figures.events ? t('board.times') : ''}
        explain={<Rests figure={figures.events} label={t('board.events_cap')} />}
      />
      <Stat
        label={t('board.data_cap')}
        value={figures.data ? figures.data.value : t('board.no_cap')}
        unit={figures.data ? t('board.times') : ''}
        explain={<Rests figure={figures.data} label={t('board.data_cap')} />}
      />
    </Stats>
  )
}

function Pictures({ told }: { told: Told }) {
  const t = useWords('burden')
  const said = useSaid()
  const over = (key: 'items' | 'hours', unit: string, digits: number) => ({
    label: t('board.term'),
    measures: [{ key, label: t(`board.trend_${key}`), unit, digits }],
    rows: told.trend.map((of) => ({
      key: `${of.year}-${of.term}`,
      name: said.term(of),
      values: [key === 'items' ? of.items : Math.round(of.minutes / 6) / 10],
    })),
  })
  return (
    <>
      <Card title={t('board.askers')} flush>
        {told.askers.length === 0 ? (
          <Empty title={t('board.none')} />
        ) : (
          <List label={t('board.askers')}>
            {told.askers.map((asker) => (
              <ListRow
                key={asker.name}
                title={asker.name}
                trailing={
                  <span className="q-num">
                    {t('board.asker', { n: asker.items, hours: said.hours(asker.minutes) })}
                  </span>
                }
              />
            ))}
          </List>
        )}
      </Card>
      {told.trend.length > 0 && (
        <Columns>
          <Card>
            <Chart
              title={t('board.trend_items')}
              kind="columns"
              height={220}
              data={over('items', t('board.unit', { n: 2 }), 0)}
            />
          </Card>
          <Card>
            <Chart
              title={t('board.trend_hours')}
              kind="columns"
              height={220}
              data={over('hours', t('board.hour'), 1)}
            />
          </Card>
        </Columns>
      )}
    </>
  )
}

function Schools({ told }: { told: Told }) {
  const t = useWords('burden')
  const said = useSaid()
  const { events, data } = told.figures
  const of = (n: number, cap: number | undefined) => {
    const text = cap === undefined ? String(n) : t('board.of_cap', { n, cap })
    return cap !== undefined && n >= cap ? <b className="q-num">{text}</b> : <span className="q-num">{text}</span>
  }
  const columns: Column<School>[] = [
    { key: 'name', title: t('board.school'), cell: (row) => row.name, card: 'title' },
    { key: 'events', title: t('kind.event'), cell: (row) => of(row.events, events?.value), figures: true },
    { key: 'data', title: t('kind.data'), cell: (row) => of(row.data, data?.value), figures: true },
    { key: 'inspections', title: t('kind.inspection'), cell: (row) => of(row.inspections, undefined), figures: true },
    { key: 'apps', title: t('kind.app'), cell: (row) => of(row.apps, undefined), figures: true },
    { key: 'meetings', title: t('kind.meeting'), cell: (row) => of(row.meetings, undefined), figures: true },
    { key: 'secondments', title: t('kind.secondment'), cell: (row) => of(row.secondments, undefined), figures: true },
    {
      key: 'hours',
      title: t('board.hours'),
      cell: (row) => <span className="q-num">{said.hours(row.minutes)}</span>,
      figures: true,
    },
  ]
  return (
    <DataTable<School>
      caption={t('board.schools')}
      queryKey={[...KEY, 'board-schools', told]}
      columns={columns}
      rowKey={(row) => row.orgId}
      load={async ({ cursor, limit }) => {
        const at = Number(cursor ?? 0)
        const next = at + limit
        const { schools } = told
        return {
          rows: schools.slice(at, next),
          next: next < schools.length ? String(next) : null,
          total: schools.length,
        }
      }}
      empty={{ title: t('board.none') }}
    />
  )
}
