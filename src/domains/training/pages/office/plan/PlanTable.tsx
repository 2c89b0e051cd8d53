/** The plan as a ledger: projects as headings with their sums, classes below, the head always in sight. */
import { useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import { many, useAddress } from '../../../../../ui/address.ts'
import { Button, TextLink } from '../../../../../ui/Button.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { Icon } from '../../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { useIsPhone } from '../../../../../ui/media.ts'
import { Empty } from '../../../../../ui/Notice.tsx'
import { changeTable, nextSort, readTable } from '../../../../../ui/office/table-query.ts'
import { Tag } from '../../../../../ui/Tag.tsx'
import { clauseOf } from '../clause.ts'
import { arrange, matches, type Ways } from '../page-of.ts'
import { classStateOf, State } from '../States.tsx'
import type { ClassRow, Plan } from '../training.ts'
import { type Sums, sumsOf } from './plan-figures.ts'
import '../office.css'
import './plan.css'
import { nameIn } from '../names.ts'

const FIELDS = ['q', 'project', 'state', 'unnumbered']
const WAYS: Ways<ClassRow> = {
  keep: {
    q: (row, typed) => matches(typed, row.name, row.nameEn, row.code),
    project: (row, codes) => codes.includes(row.projectCode),
    state: (row, states) => states.includes(row.state),
    unnumbered: (row) => row.places === null,
  },
  order: {
    name: (row) => row.code,
    places: (row) => row.places,
    shared: (row) => row.shared,
    seated: (row) => row.seated,
    waiting: (row) => row.waiting,
    passed: (row) => row.passed,
    credits: (row) => Number(row.credits),
    next: (row) => row.nextSession,
  },
}
const FIGURES = ['places', 'shared', 'seated', 'waiting', 'passed', 'credits'] as const

export function PlanTable({ plan, rows }: { plan: Plan; rows: readonly ClassRow[] }) {
  const t = useWords('training')
  const f = useFormat()
  const phone = useIsPhone()
  const [search, change] = useAddress()
  const query = readTable(search, FIELDS)
  const kept = arrange(rows, query, WAYS)
  const groups = plan.projects
    .map((project) => ({ project, classes: kept.filter(({ projectId }) => projectId === project.id) }))
    .filter(({ classes }) => classes.length > 0)
  const by = FIGURES.find((figure) => figure === query.sort)
  // Ordered by a figure, the projects follow by their sums; otherwise they stand as in the plan.
  if (by) groups.sort((a, b) => (query.desc ? -1 : 1) * (Number(sumsOf(a.classes)[by]) - Number(sumsOf(b.classes)[by])))
  if (groups.length === 0)
    return FIELDS.some((field) => many(search[field]).length > 0) ? (
      <Empty
        icon="search"
        title={t('office.plan.none_found')}
        act={
          <Button onClick={() => change(Object.fromEntries(FIELDS.map((field) => [field, undefined])))}>
            {t('office.plan.show_all')}
          </Button>
        }
      />
    ) : (
      <Empty title={t('office.plan.no_classes')} hint={t('office.plan.no_classes_hint')} />
    )
  if (phone)
    return (
      <div className="q-stack">
        {groups.map(({ project, classes }) => (
          <section key={project.id} aria-label={nameIn(f.locale, project)}>
            <h2 className="tr-group-title">{nameIn(f.locale, project)}</h2>
            <ul className="q-cards">
              {classes.map((row) => (
                <ClassCard key={row.id} row={row} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    )
  return (
    <div className="tr-ledger">
      <table>
        <caption className="q-hidden">{t('office.plan.title')}</caption>
        <thead>
          <tr>
            <Head sortKey="name" query={query}>
              {t('office.figure.class')}
            </Head>
            {FIGURES.map((key) => (
              <Head key={key} sortKey={key} query={query} right>
                {t(`office.figure.${key}`)}
              </Head>
            ))}
            <th scope="col">{t('office.figure.state')}</th>
            <Head sortKey="next" query={query}>
              {t('office.figure.next_session')}
            </Head>
          </tr>
        </thead>
        {groups.map(({ project, classes }) => (
          <tbody key={project.id}>
            <tr className="tr-ledger-group">
              <th scope="rowgroup">
                {nameIn(f.locale, project)}
                {f.locale !== 'en' && <small>{project.aim}</small>}
              </th>
              <SumCells sums={sumsOf(classes)} />
              <td colSpan={2} />
            </tr>
            {classes.map((row) => (
              <Line key={row.id} row={row} first={row === groups[0]?.classes[0]} />
            ))}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="row">{t('office.figure.total')}</th>
            <SumCells sums={sumsOf(kept)} />
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Head({
  sortKey,
  query,
  right,
  children,
}: {
  sortKey: string
  query: { sort?: string; desc?: boolean }
  right?: boolean
  children: ReactNode
}) {
  const [, change] = useAddress()
  const direction = query.sort === sortKey ? (query.desc ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" aria-sort={direction} className={right ? 'q-right' : undefined}>
      <button type="button" onClick={() => change(changeTable('', { sort: nextSort(sortKey, query) }))}>
        {children}
        <span className={`q-sort q-sort-${direction ?? 'none'}`} aria-hidden="true">
          <Icon name="chevron-down" size={14} />
        </span>
      </button>
    </th>
  )
}

function SumCells({ sums }: { sums: Sums }) {
  const f = useFormat()
  return FIGURES.map((key) => (
    <td key={key} className="q-right q-num">
      {Number(sums[key]) === 0 ? <None /> : f.number(sums[key])}
    </td>
  ))
}

/** Up and down move between rows, Enter opens: as in every other table of the product. */
function useRowKeys(open: () => void) {
  return (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter') return open()
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const rows = [...(event.currentTarget.closest('table')?.querySelectorAll<HTMLElement>('tr[tabindex]') ?? [])]
    rows[rows.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
  }
}

function Line({ row, first }: { row: ClassRow; first: boolean }) {
  const t = useWords('training')
  const f = useFormat()
  const navigate = useNavigate()
  const open = () => void navigate({ to: '/classes/$classId', params: { classId: row.id } } as never)
  return (
    <tr tabIndex={first ? 0 : -1} onKeyDown={useRowKeys(open)} onDoubleClick={open}>
      <th scope="row">
        <ClassName row={row} />
      </th>
      <td className="q-right q-num">{row.places === null ? <Unnumbered /> : f.number(row.places)}</td>
      <Figure value={row.shared} />
      <Figure value={row.seated} />
      <Figure value={row.waiting} />
      <Figure value={row.passed} />
      <Figure value={row.credits} />
      <td>
        <State of="class" is={classStateOf(row)} />
      </td>
      <td className="q-num">
        {row.nextSession ? (
          f.isoDate(row.nextSession)
        ) : (
          <span className="q-quiet">{row.sessions > 0 ? t('office.class.sessions_over') : '—'}</span>
        )}
      </td>
    </tr>
  )
}

function Figure({ value }: { value: number | string }) {
  const f = useFormat()
  return <td className="q-right q-num">{Number(value) === 0 ? <None /> : f.number(value)}</td>
}

/** A plan in March is full of noughts: they are set as quiet dashes, so that what has begun stands out. */
const None = () => <span className="q-quiet">—</span>

export const Unnumbered = () => {
  const t = useWords('training')
  return (
    <span title={t('office.plan.unnumbered_hint')}>
      <Tag>{t('office.plan.unnumbered')}</Tag>
    </span>
  )
}

function ClassName({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const clause = clauseOf(row.clause)
  const name = nameIn(f.locale, row)
  return (
    <>
      <span className="tr-class-name">
        <TextLink to="/classes/$classId" params={{ classId: row.id }}>
          {name}
        </TextLink>
        {clause && <Clause clause={clause} label={name} />}
      </span>
      <small>
        {[
          row.code,
          t(`level.${row.level}`),
          row.hours && t('office.hours_n', { n: f.number(row.hours) }),
          row.terms > 1 && t('office.terms_n', { n: row.terms }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </>
  )
}

function ClassCard({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const begun = row.state !== 'planned'
  const facts = [
    { key: 'places', value: row.places === null ? t('office.plan.unnumbered') : f.number(row.places) },
    ...(begun
      ? [
          { key: 'seated', value: `${f.number(row.seated)} / ${f.number(row.shared)}` },
          { key: 'waiting', value: f.number(row.waiting) },
        ]
      : []),
    ...(row.passed > 0 ? [{ key: 'passed', value: f.number(row.passed) }] : []),
    ...(row.nextSession ? [{ key: 'next_session', value: f.shortDate(row.nextSession) }] : []),
  ]
  return (
    <li className="tr-class-card">
      <div className="q-cards-head">
        <span className="q-cards-title">
          <ClassName row={row} />
        </span>
        <State of="class" is={classStateOf(row)} />
      </div>
      <dl>
        {facts.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(`office.figure.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
