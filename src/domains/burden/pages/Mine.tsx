/** What the school is asked: by whom, on what basis, whether it is on the list; done here, and what is not registered reported. Teachers read it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../ui/Stat.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { ReachedRow } from '../contract.ts'
import { type Burden, isTodo, KEY, OnList, Rests, State, useBurden, useSaid, useToday } from './burden.tsx'
import './burden.css'
import { ReportDialog } from './ReportDialog.tsx'
import { ReportState } from './ReportState.tsx'

type Asked = Awaited<ReturnType<Burden['asked']>>

export default function Mine() {
  const t = useWords('burden')
  const can = useCan()
  const burden = useBurden()
  const school = can('burden.school.read')
  const found = useQuery({
    queryKey: [...KEY, 'asked', school],
    queryFn: () => (school ? burden.asked() : burden.ofMySchool()),
  })
  const [reporting, setReporting] = useState(false)
  return (
    <>
      <PageHead
        title={t('mine.title')}
        subtitle={t('mine.subtitle')}
        act={
          can('burden.school.write') && (
            <Button look="primary" icon="flag" onClick={() => setReporting(true)}>
              {t('mine.report')}
            </Button>
          )
        }
      />
      <Answer of={found} height={320}>
        {(asked) => (
          <div className="q-stack">
            <Counts asked={asked} />
            <Rows asked={asked} />
            {school && <Reported />}
          </div>
        )}
      </Answer>
      {reporting && <ReportDialog onClose={() => setReporting(false)} />}
    </>
  )
}

function Counts({ asked: { counts, figures, term } }: { asked: Asked }) {
  const t = useWords('burden')
  const said = useSaid()
  const of = (n: number, cap: number | undefined) => (cap === undefined ? n : t('board.of_cap', { n, cap }))
  return (
    <Stats>
      <Stat
        label={t('mine.events')}
        value={of(counts.events, figures.events?.value)}
        unit={t('board.times')}
        note={said.term(term)}
        explain={<Rests figure={figures.events} label={t('mine.events')} />}
      />
      <Stat
        label={t('mine.data')}
        value={of(counts.data, figures.data?.value)}
        unit={t('board.times')}
        note={said.term(term)}
        explain={<Rests figure={figures.data} label={t('mine.data')} />}
      />
      <Stat label={t('mine.hours')} value={said.hours(counts.minutes)} unit={t('board.hour')} />
    </Stats>
  )
}

function Rows({ asked: { rows } }: { asked: Asked }) {
  const t = useWords('burden')
  const can = useCan()
  const today = useToday()
  const open = rows.filter((row) => row.state === 'open' && row.doneAt === null)
  const todo = open.filter(isTodo)
  const coming = open.filter((row) => !isTodo(row) && row.until >= today)
  const others = rows.filter((row) => !todo.includes(row) && !coming.includes(row))
  const shown = (title: string, some: readonly ReachedRow[], writes = false) =>
    some.length > 0 && (
      <>
        <h2>{title}</h2>
        {some.map((row) => (
          <One key={`${row.id} ${row.schoolId}`} row={row} writes={writes} />
        ))}
      </>
    )
  return (
    <>
      {shown(t('mine.todo'), todo, can('burden.school.write'))}
      {shown(t('mine.coming'), coming)}
      {todo.length === 0 && coming.length === 0 && (
        <Empty title={t('mine.none')} hint={t('mine.none_hint')} icon="check" />
      )}
      {shown(t('mine.others'), others)}
    </>
  )
}

function One({ row, writes }: { row: ReachedRow; writes: boolean }) {
  const t = useWords('burden')
  const f = useFormat()
  const said = useSaid()
  const burden = useBurden()
  const today = useToday()
  const late = row.state === 'open' && row.doneAt === null && isTodo(row) && row.until < today
  const mark = useAct(burden.markDone, { done: t('mine.marked'), refresh: [KEY] })
  return (
    <Card
      title={row.title}
      extra={
        row.doneAt && row.state === 'open' ? (
          <StatusTag tone="done">{t('mine.done')}</StatusTag>
        ) : late ? (
          <StatusTag tone="alert">{t('mine.late')}</StatusTag>
        ) : row.state === 'open' ? (
          <OnList {...row} />
        ) : (
          <State state={row.state} />
        )
      }
    >
      <p className="q-quiet">{f.dotted([t(`kind.${row.kind}`), row.asker, said.span(row)])}</p>
      <p>{t('mine.basis', { document: said.basis(row) })}</p>
      {row.about && <p>{row.about}</p>}
      {row.asked.length > 0 && <p>{t('mine.asks', { what: row.asked.join('、') })}</p>}
      {row.reason && <p>{t('mine.reason', { reason: row.reason })}</p>}
      <p className="q-quiet">{said.work(row)}</p>
      {writes && (
        <div className="burden-act">
          <Button
            icon="check"
            busy={mark.busy}
            onClick={() => void mark.run({ itemId: row.id, schoolId: row.schoolId })}
          >
            {t('mine.mark')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function Reported() {
  const t = useWords('burden')
  const f = useFormat()
  const burden = useBurden()
  const { data } = useQuery({ queryKey: [...KEY, 'own-reports'], queryFn: () => burden.ownReports() })
  if (!data?.length) return null
  return (
    <Card title={t('mine.reports')} flush>
      <List label={t('mine.reports')}>
        {data.map((row) => (
          <ListRow
            key={row.id}
            title={row.title}
            meta={f.dotted([
              row.asker,
              t('reports.came', { on: f.date(row.cameOn) }),
              t(row.named ? 'mine.named' : 'mine.unnamed'),
              row.answer,
            ])}
            trailing={<ReportState state={row.state} />}
          />
        ))}
      </List>
    </Card>
  )
}
