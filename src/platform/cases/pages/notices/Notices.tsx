/** Lists that wait to be published first, then all notices with what is left of their term. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { NoticeRow } from '../../contract/notices.ts'
import { CHANGED, useCases } from '../office/handling.ts'
import { NOTICES } from './keys.ts'
import '../office/office.css'

const STATES = ['open', 'over', 'withdrawn'] as const
const TONES = { open: 'act', over: 'done', withdrawn: 'off' } as const

export default function Notices() {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const can = useCan()
  const cases = useCases()
  const [withdrawing, setWithdrawing] = useState<NoticeRow | null>(null)
  const publishes = can('cases.notice.publish')
  const columns: Column<NoticeRow>[] = [
    {
      key: 'call',
      title: t('office.column.call'),
      cell: (row) => (
        <TextLink to="/notice/$code" params={{ code: row.code }}>
          {f.dotted([pick(row.callTitle), pick(row.stageTitle)])}
        </TextLink>
      ),
    },
    { key: 'org', title: t('notices.by'), cell: (row) => row.orgName },
    { key: 'term', title: t('notices.term'), cell: (row) => f.dateRange(row.from, row.until) },
    { key: 'cases', title: t('notices.cases'), figures: true, cell: (row) => f.number(row.cases) },
    {
      key: 'state',
      title: t('office.column.state'),
      card: 'trailing',
      cell: (row) => (
        <StatusTag tone={TONES[row.state]}>
          {row.state === 'open' ? t('notices.days_left', { n: row.daysLeft }) : t(`notices.state.${row.state}`)}
        </StatusTag>
      ),
    },
    {
      key: 'objections',
      title: t('notices.open_objections'),
      cell: (row) =>
        row.openObjections > 0 ? (
          <StatusTag tone="alert">{f.number(row.openObjections)}</StatusTag>
        ) : (
          <span className="q-quiet">—</span>
        ),
    },
    ...(publishes
      ? [
          {
            key: 'acts',
            title: t('office.acts'),
            card: 'foot' as const,
            cell: (row: NoticeRow) =>
              row.state === 'open' && (
                <Button small look="quiet" onClick={() => setWithdrawing(row)}>
                  {t('notices.withdraw')}
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <PageHead title={t('notices.title')} subtitle={t('notices.subtitle')} />
      <div className="q-stack">
        {publishes && <Due />}
        <DataTable<NoticeRow>
          caption={t('notices.title')}
          queryKey={NOTICES}
          columns={columns}
          rowKey={(row) => row.id}
          load={({ cursor, limit, filter }) => {
            const state = STATES.find((one) => one === filter.state)
            return cases.notices({ limit, ...(cursor ? { cursor } : {}), ...(state ? { state } : {}) })
          }}
          filters={[
            {
              key: 'state',
              label: t('office.column.state'),
              kind: 'choice',
              choices: STATES.map((value) => ({ value, label: t(`notices.state.${value}`) })),
            },
          ]}
          empty={{ title: t('notices.none'), hint: t('notices.none_hint') }}
        />
      </div>
      {withdrawing && <Withdraw row={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  )
}

function Due() {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const cases = useCases()
  const due = useQuery({ queryKey: [...NOTICES, 'due'], queryFn: () => cases.noticesDue() })
  if (!due.data || due.data.length === 0) return null
  return (
    <Card title={t('notices.due')} flush>
      <List label={t('notices.due')}>
        {due.data.map((row) => (
          <ListRow
            key={`${row.callId}${row.stage}${row.orgId}`}
            title={f.dotted([pick(row.callTitle), pick(row.stageTitle)])}
            meta={t('notices.due_meta', { org: row.orgName, n: row.cases, date: f.shortDate(row.since) })}
            trailing={<StatusTag tone="act">{t('notices.to_publish')}</StatusTag>}
            go={{
              to: '/notices/publish/$callId/$stage/$orgId',
              params: { callId: row.callId, stage: row.stage, orgId: row.orgId },
            }}
          />
        ))}
      </List>
    </Card>
  )
}

function Withdraw({ row, onClose }: { row: NoticeRow; onClose: () => void }) {
  const t = useWords('cases')
  const cases = useCases()
  const act = useAct(cases.withdrawNotice, {
    done: t('notices.withdrawn'),
    refresh: [NOTICES, ...CHANGED],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      danger
      title={t('notices.withdraw')}
      confirm={t('notices.withdraw')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (reason) => {
        if (await act.run({ noticeId: row.id, reason })) onClose()
      }}
    >
      <p>{t('notices.withdraw_says', { n: row.cases })}</p>
    </ConfirmWithReason>
  )
}
