/** The office: requests that wait first, answered with reasons; and records that are kept only. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { AnswerDialog } from './AnswerDialog.tsx'
import { ContactCard } from './ContactCard.tsx'
import './privacy.css'
import { type OfficeRequest, REQUESTS, TONES, usePrivacy } from './privacy.ts'

const STATES = ['open', 'granted', 'refused', 'withdrawn'] as const
const RESTRICTED = ['privacy', 'restrictions'] as const

export default function Requests() {
  const t = useWords('privacy')
  const f = useFormat()
  const say = useBilingual()
  const can = useCan()
  const privacy = usePrivacy()
  const [open, setOpen] = useState<OfficeRequest | null>(null)
  const columns: Column<OfficeRequest>[] = [
    { key: 'name', title: t('office.who'), cell: (row) => f.dotted([row.name, row.orgName]) },
    {
      key: 'kind',
      title: t('office.what'),
      cell: (row) => f.dotted([t(`kind.${row.kind}`), row.holding && say(row.holding)]),
    },
    { key: 'asked', title: t('office.asked'), cell: (row) => f.date(new Date(row.askedAt)) },
    { key: 'due', title: t('office.due'), cell: (row) => f.date(row.dueOn as never) },
    {
      key: 'state',
      title: t('office.state'),
      card: 'trailing',
      cell: (row) => (
        <StatusTag tone={row.late ? 'alert' : TONES[row.state]}>
          {t(row.late ? 'state.late' : `state.${row.state}`)}
        </StatusTag>
      ),
    },
  ]
  return (
    <div className="q-stack">
      <PageHead title={t('office.title')} subtitle={t('office.subtitle')} />
      <DataTable<OfficeRequest>
        caption={t('office.title')}
        queryKey={REQUESTS}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={setOpen}
        filters={[
          {
            key: 'state',
            label: t('office.state'),
            kind: 'choice',
            choices: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
        load={({ cursor, limit, filter }, signal) =>
          privacy.requests(
            {
              limit,
              ...(cursor ? { cursor } : {}),
              ...(filter.state ? { state: filter.state as (typeof STATES)[number] } : {}),
            },
            { signal },
          )
        }
        empty={{ title: t('office.none'), hint: t('office.none_hint') }}
      />
      <Restrictions />
      {can('privacy.contact.write') && <ContactCard />}
      {open && <AnswerDialog row={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

function Restrictions() {
  const t = useWords('privacy')
  const f = useFormat()
  const can = useCan()
  const privacy = usePrivacy()
  const kept = useQuery({ queryKey: RESTRICTED, queryFn: () => privacy.restrictions() })
  const [lifting, setLifting] = useState<string | null>(null)
  const lift = useAct(privacy.liftRestriction, { done: t('kept.lifted'), refresh: [RESTRICTED] })
  return (
    <Card flush title={t('kept.title')}>
      <Answer of={kept} height={80}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="q-quiet privacy-none">{t('kept.none')}</p>
          ) : (
            <List label={t('kept.title')}>
              {rows.map((row) => (
                <ListRow
                  key={row.id}
                  icon="lock"
                  title={f.dotted([row.name, row.number])}
                  meta={f.dotted([row.orgName, f.date(new Date(row.since)), row.reason])}
                  trailing={
                    can('privacy.request.answer') && (
                      <Button small onClick={() => setLifting(row.personId)}>
                        {t('kept.lift')}
                      </Button>
                    )
                  }
                />
              ))}
            </List>
          )
        }
      </Answer>
      <ConfirmWithReason
        open={lifting !== null}
        title={t('kept.lift')}
        confirm={t('kept.lift')}
        busy={lift.busy}
        error={lift.error}
        onClose={() => setLifting(null)}
        onConfirm={async (reason) => {
          if (await lift.run({ personId: lifting!, reason })) setLifting(null)
        }}
      >
        {t('kept.lift_about')}
      </ConfirmWithReason>
    </Card>
  )
}
