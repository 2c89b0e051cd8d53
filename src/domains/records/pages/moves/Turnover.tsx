/** Who came and went within a span: rates by organisation, reasons, and the people behind them. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { FilterBar, type FilterField } from '../../../../ui/office/FilterBar.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../ui/PersonLink.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { useCan } from '../../../../ui/session.tsx'
import { type Records, useRecords } from '../records.ts'

type Turn = Awaited<ReturnType<Records['turnover']>>
type Row = Awaited<ReturnType<Records['turnoverPeople']>>['rows'][number]

export default function Turnover() {
  const t = useWords('quality')
  const f = useFormat()
  const can = useCan()
  const records = useRecords()
  const [search] = useAddress()
  const where = Object.fromEntries(
    ['orgId', 'from', 'until'].flatMap((key) => (one(search[key]) ? [[key, one(search[key])]] : [])),
  )
  const found = useQuery({ queryKey: ['records', 'turnover', where], queryFn: () => records.turnover(where) })
  const exporting = useAct(records.exportTurnover, { done: t('exported') })
  const filters: FilterField[] = [
    { key: 'from', label: t('from'), kind: 'date' },
    { key: 'until', label: t('until'), kind: 'date' },
  ]
  return (
    <>
      <PageHead
        title={t('turnover.heading')}
        subtitle={
          found.data
            ? t('turnover.subtitle', { from: f.date(found.data.from), until: f.date(found.data.until) })
            : t('turnover.about')
        }
        {...(where.orgId ? { back: { to: '/people/turnover', label: t('top') } } : {})}
        acts={
          <ButtonLink icon="calendar" to="/people/retirement">
            {t('retirement.heading')}
          </ButtonLink>
        }
      />
      <div className="q-stack">
        <FilterBar fields={filters} />
        <Answer of={found} height={280}>
          {(turn) => <Figures turn={turn} />}
        </Answer>
        <People
          where={where}
          {...(can('records.export')
            ? {
                onExport: async () => {
                  const file = await exporting.run({ ...where, locale: f.locale })
                  if (file) saveFile(file, `${t('turnover.heading')}.xlsx`)
                },
              }
            : {})}
        />
      </div>
    </>
  )
}

function Figures({ turn }: { turn: Turn }) {
  const t = useWords('quality')
  const f = useFormat()
  const say = useBilingual()
  const [search, change] = useAddress()
  const [own, ...below] = turn.rows
  return (
    <div className="q-stack">
      {own && (
        <Stats>
          <Stat label={t('turnover.staff')} value={f.number(own.staff)} unit={t('unit_people')} note={own.name} />
          <Stat
            label={t('turnover.left')}
            value={f.number(own.left)}
            unit={t('unit_times')}
            note={own.leavingRate ? f.percent(Number(own.leavingRate)) : ''}
            hint={say(turn.definitions[0]!.definition)}
          />
          <Stat
            label={t('turnover.joined')}
            value={f.number(own.joined)}
            unit={t('unit_times')}
            note={own.joiningRate ? f.percent(Number(own.joiningRate)) : ''}
            hint={say(turn.definitions[1]!.definition)}
          />
        </Stats>
      )}
      {below.length > 0 && (
        <Card title={t('below')} flush>
          <List label={t('below')}>
            {below.map((row) => (
              <ListRow
                key={row.orgId}
                title={row.name}
                meta={t('turnover.row', { staff: row.staff, left: row.left, joined: row.joined })}
                trailing={<b className="q-num">{row.leavingRate ? f.percent(Number(row.leavingRate)) : '—'}</b>}
                go={{ to: '/people/turnover', search: { ...search, orgId: row.orgId } }}
              />
            ))}
          </List>
        </Card>
      )}
      {turn.reasons.length > 0 && (
        <Card title={t('turnover.reasons')} flush>
          <List label={t('turnover.reasons')}>
            {turn.reasons.map(({ kind, came, people }) => (
              <ListRow
                key={`${kind} ${came}`}
                title={t(`turnover.${kind}`)}
                meta={t(came ? 'turnover.in' : 'turnover.out')}
                trailing={<b className="q-num">{people}</b>}
                onPress={() => change({ kind, came: String(came) })}
              />
            ))}
          </List>
        </Card>
      )}
    </div>
  )
}

function People({ where, onExport }: { where: Record<string, string>; onExport?: () => Promise<void> }) {
  const t = useWords('quality')
  const records = useRecords()
  const kinds = [
    'hired',
    'returned',
    'moved_in',
    'moved_out',
    'retired',
    'resigned',
    'contract_ended',
    'dismissed',
    'died',
    'other',
  ]
  const filters: FilterField[] = [
    {
      key: 'came',
      label: t('turnover.direction'),
      kind: 'choice',
      choices: [
        { value: 'true', label: t('turnover.in') },
        { value: 'false', label: t('turnover.out') },
      ],
    },
    {
      key: 'kind',
      label: t('turnover.reason'),
      kind: 'choice',
      choices: kinds.map((kind) => ({ value: kind, label: t(`turnover.${kind}`) })),
    },
  ]
  const columns: Column<Row>[] = [
    { key: 'on', title: t('day'), cell: (row) => <span className="q-num">{row.on}</span>, card: 'trailing' },
    {
      key: 'name',
      title: t('name'),
      cell: (row) =>
        row.seen ? (
          <PersonLink id={row.personId} name={row.name} number={row.number} />
        ) : (
          <span>
            {row.name} <small className="q-quiet">{row.number}</small>
          </span>
        ),
      card: 'title',
    },
    { key: 'direction', title: t('turnover.direction'), cell: (row) => t(row.came ? 'turnover.in' : 'turnover.out') },
    { key: 'school', title: t('school'), cell: (row) => row.orgName },
    { key: 'other', title: t('turnover.other_school'), cell: (row) => row.otherName ?? '—' },
    {
      key: 'kind',
      title: t('turnover.reason'),
      cell: (row) => [t(`turnover.${row.kind}`), row.came ? null : row.reason].filter(Boolean).join('：'),
    },
  ]
  return (
    <DataTable<Row>
      caption={t('turnover.people')}
      queryKey={['records', 'turnover', 'people', where]}
      columns={columns}
      rowKey={(row) => `${row.personId} ${row.on} ${row.came}`}
      filters={filters}
      load={({ filter, cursor, limit }, signal) =>
        records.turnoverPeople(
          {
            ...where,
            limit,
            ...(cursor ? { cursor } : {}),
            ...(typeof filter.came === 'string' ? { came: filter.came === 'true' } : {}),
            ...(typeof filter.kind === 'string' ? { kind: filter.kind } : {}),
          },
          { signal },
        )
      }
      {...(onExport ? { onExport } : {})}
      empty={{ title: t('turnover.none'), hint: t('turnover.none_hint') }}
    />
  )
}
