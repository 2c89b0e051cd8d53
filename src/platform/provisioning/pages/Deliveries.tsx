/** What was sent to an address: whether it was taken, why not, when it is tried again; and sending it again. */
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Sheet } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { DeliveryRow, EndpointRow } from '../contract.ts'
import { DELIVERY_TONES, KEY, useProvisioning } from './integrations.ts'
import './integrations.css'

const STATES = ['waiting', 'delivered', 'dead'] as const

export function Deliveries({ endpoint: { id: endpointId, dead }, write }: { endpoint: EndpointRow; write: boolean }) {
  const t = useWords('provisioning')
  const f = useFormat()
  const provisioning = useProvisioning()
  const [shown, setShown] = useState<DeliveryRow | null>(null)
  const [ranging, setRanging] = useState(false)
  const replay = useAct(provisioning.replay, {
    done: ({ count }) => t('deliveries.replayed', { count }),
    refresh: [KEY],
  })
  const outcome = (row: DeliveryRow): string =>
    f.dotted([
      row.failure ? t(`failure.${row.failure}`, { status: row.status ?? '' }) : row.status ? String(row.status) : null,
      row.attempts > 0 ? t('delivery.attempts', { n: row.attempts }) : null,
      row.nextAt && row.attempts > 0 ? t('delivery.next', { at: f.time(row.nextAt) }) : null,
    ])
  const columns: Column<DeliveryRow>[] = [
    { key: 'type', title: t('delivery.type'), cell: (row) => t(`type.${row.type}`) },
    { key: 'at', title: t('delivery.at'), cell: (row) => <span className="q-num">{f.dateTime(row.madeAt)}</span> },
    { key: 'why', title: t('delivery.why'), cell: outcome },
    {
      key: 'state',
      title: t('delivery.state'),
      card: 'trailing',
      cell: (row) => <StatusTag tone={DELIVERY_TONES[row.state]}>{t(`delivery.state.${row.state}`)}</StatusTag>,
    },
    ...(write
      ? [
          {
            key: 'acts',
            title: '',
            card: 'foot' as const,
            cell: (row: DeliveryRow) =>
              row.state !== 'waiting' && (
                <Button small busy={replay.busy} onClick={() => void replay.run({ endpointId, deliveryIds: [row.id] })}>
                  {t('deliveries.replay')}
                </Button>
              ),
          },
        ]
      : []),
  ]
  return (
    <section className="integrations-section">
      <h2>{t('deliveries.title')}</h2>
      {write && (
        <p className="integrations-row">
          {dead > 0 && (
            <Button small busy={replay.busy} onClick={() => void replay.run({ endpointId, dead: true })}>
              {t('deliveries.replay_dead')}
            </Button>
          )}
          <Button small onClick={() => setRanging(true)}>
            {t('deliveries.replay_range')}
          </Button>
        </p>
      )}
      <DataTable<DeliveryRow>
        caption={t('deliveries.title')}
        queryKey={[...KEY, 'deliveries', endpointId]}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={(row) => t(`type.${row.type}`)}
        onOpen={setShown}
        filters={[
          {
            key: 'state',
            label: t('delivery.state'),
            kind: 'choice',
            choices: STATES.map((value) => ({ value, label: t(`delivery.state.${value}`) })),
          },
        ]}
        load={({ cursor, limit, filter: { state } }, signal) =>
          provisioning.deliveries(
            {
              endpointId,
              limit,
              ...(cursor ? { cursor } : {}),
              ...(typeof state === 'string' ? { state: state as DeliveryRow['state'] } : {}),
            },
            { signal },
          )
        }
        empty={{ title: t('deliveries.none'), hint: t('deliveries.none_hint') }}
      />
      <Sheet open={shown !== null} title={shown ? t(`type.${shown.type}`) : ''} onClose={() => setShown(null)}>
        {shown && (
          <div className="q-stack">
            <p>{outcome(shown)}</p>
            <p className="q-quiet">{t('delivery.body')}</p>
            <pre className="integrations-body">{JSON.stringify(JSON.parse(shown.body), null, 2)}</pre>
          </div>
        )}
      </Sheet>
      {ranging && <Range endpointId={endpointId} onClose={() => setRanging(false)} />}
    </section>
  )
}

function Range({ endpointId, onClose }: { endpointId: string; onClose: () => void }) {
  const t = useWords('provisioning')
  const provisioning = useProvisioning()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const act = useAct(provisioning.replay, {
    done: ({ count }) => t('deliveries.replayed', { count }),
    refresh: [KEY],
    quiet: true,
  })
  const instant = (local: string) => new Date(`${local}:00+08:00`).toISOString()
  return (
    <FormDialog
      title={t('deliveries.replay_range')}
      submit={t('deliveries.replay')}
      act={act}
      input={() => ({ endpointId, from: instant(from), until: instant(until) })}
      onClose={onClose}
    >
      <TextField label={t('deliveries.from')} type="datetime-local" required value={from} onChange={setFrom} />
      <TextField label={t('deliveries.until')} type="datetime-local" required value={until} onChange={setUntil} />
    </FormDialog>
  )
}
