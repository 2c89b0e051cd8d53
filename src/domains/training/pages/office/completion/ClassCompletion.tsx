/** Completion of a class: who will pass as attendance stands, then the decision, which enters credits and issues certificates. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { Button } from '../../../../../ui/Button.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty, Notice } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { StatusTag } from '../../../../../ui/Tag.tsx'
import { clauseOf } from '../clause.ts'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { type ClassRow, classKey, type Preview, useAsk } from '../training.ts'
import { CompleteClass } from './ClassComplete.tsx'

type Judged = Preview['people'][number]
const WAYS: Ways<Judged> = {
  keep: {
    q: (row, typed) => matches(typed, row.name, row.number, row.orgName),
    outcome: (row, values) => values.includes(row.passed ? 'pass' : 'fail'),
  },
  order: {
    name: (row) => row.name,
    school: (row) => row.orgName,
    attended: (row) => row.attended / (row.required || 1),
  },
}

export default function ClassCompletion({ row, goTo }: { row: ClassRow; goTo: (tab: string) => void }) {
  const t = useWords('training')
  const f = useFormat()
  const preview = useQuery({ ...useAsk().completionPreview(row.id), enabled: row.state === 'confirmed' })
  const people = (state: string) => ({
    to: '/classes/$classId',
    params: { classId: row.id },
    search: { tab: 'people', state },
  })
  if (row.state === 'completed')
    return (
      <div className="q-stack">
        <Stats>
          <Stat label={t('office.figure.passed')} value={f.number(row.passed)} go={people('passed')} />
          <Stat
            label={t('office.complete.failed')}
            value={f.number(Math.max(0, row.seated - row.passed))}
            go={people('failed')}
          />
          <Stat label={t('office.figure.credits')} value={f.number(row.credits)} />
        </Stats>
        <Notice
          tone="done"
          title={t('office.complete.is_done')}
          act={
            <Button small onClick={() => goTo('people')}>
              {t('office.class.tab.people')}
            </Button>
          }
        >
          {t('office.complete.is_done_hint')}
        </Notice>
      </div>
    )
  if (row.state !== 'confirmed')
    return <Empty icon="award" title={t('office.complete.not_yet')} hint={t('office.complete.not_yet_hint')} />
  return (
    <Answer of={preview} height={320}>
      {(found) =>
        found.sessions === 0 ? (
          <Empty
            icon="calendar"
            title={t('office.session.none')}
            hint={t('office.complete.no_sessions')}
            act={<Button onClick={() => goTo('sessions')}>{t('office.class.tab.sessions')}</Button>}
          />
        ) : found.over === 0 ? (
          <Empty icon="clock" title={t('office.complete.none_over')} hint={t('office.complete.none_over_hint')} />
        ) : (
          <PreviewTable row={row} preview={found} />
        )
      }
    </Answer>
  )
}

function PreviewTable({ row, preview }: { row: ClassRow; preview: Preview }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const { rule, passing, failing, people } = preview
  const clause = clauseOf(rule.clause, rule.confidence)
  const open = preview.sessions - preview.over
  const columns: Column<Judged>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (one) => <PersonLink id={one.personId} name={one.name} number={one.number} />,
      sort: true,
    },
    { key: 'school', title: t('office.figure.school'), cell: (one) => one.orgName, sort: true },
    {
      key: 'attended',
      title: t('office.complete.attended'),
      cell: (one) => `${one.attended} / ${one.required}`,
      figures: true,
      sort: true,
    },
    {
      key: 'outcome',
      title: t('office.complete.outcome'),
      cell: (one) =>
        one.passed ? (
          <StatusTag tone="done">{t('office.complete.pass')}</StatusTag>
        ) : (
          <StatusTag tone="alert">
            {f.list(one.reasons.map((reason) => t(`office.complete.reason.${reason}`)))}
          </StatusTag>
        ),
      card: 'trailing',
    },
  ]
  return (
    <div className="q-stack">
      <Stats>
        <Stat
          label={t('office.complete.rule')}
          value={f.percent(Number(rule.value))}
          note={t('office.complete.rule_note')}
          {...(clause ? { explain: <Clause clause={clause} label={t('office.complete.rule')} /> } : {})}
        />
        <Stat label={t('office.complete.will_pass')} value={f.number(passing)} />
        <Stat
          label={t('office.complete.will_fail')}
          value={f.number(failing)}
          {...(failing > 0 ? { tone: 'alert' as const } : {})}
        />
        <Stat label={t('office.complete.sessions')} value={`${preview.over} / ${preview.sessions}`} />
      </Stats>
      {can('training.class.write') && (
        <Notice
          tone={open > 0 ? 'info' : 'wait'}
          title={open > 0 ? t('office.complete.open_sessions', { n: open }) : t('office.complete.ready')}
          act={
            open === 0 && (
              <Button look="primary" icon="award" onClick={() => setAsking(true)}>
                {t('office.class.complete')}
              </Button>
            )
          }
        />
      )}
      <DataTable<Judged>
        caption={t('office.class.tab.completion')}
        queryKey={[
          ...classKey(row.id),
          'preview',
          'table',
          people.length,
          passing,
          people.reduce((sum, { attended }) => sum + attended, 0),
        ]}
        columns={columns}
        rowKey={(one) => one.personId}
        rowName={(one) => one.name}
        load={async (query) => pageOf(people, query, WAYS)}
        filters={[
          { key: 'q', label: t('office.find_person'), kind: 'text' },
          {
            key: 'outcome',
            label: t('office.complete.outcome'),
            kind: 'choice',
            choices: [
              { value: 'pass', label: t('office.complete.pass') },
              { value: 'fail', label: t('office.complete.fail') },
            ],
          },
        ]}
      />
      {asking && <CompleteClass row={row} passing={passing} failing={failing} onClose={() => setAsking(false)} />}
    </div>
  )
}
