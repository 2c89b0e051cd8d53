/** Whom the school has named, and who declined or was taken back and why. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { FairShare } from '../FairShare.tsx'
import { State } from '../States.tsx'
import { type ClassRow, classKey, type Enrolment, KEYS, useTraining } from '../training.ts'

const LIVE = ['proposed', 'accepted', 'waiting', 'confirmed', 'passed', 'failed']
const GONE = ['declined', 'withdrawn', 'not_admitted']

type Taking = { people: Enrolment[]; resolve: (done: boolean) => void }

export function Named({ row, orgId, gone }: { row: ClassRow; orgId: string; gone: boolean }) {
  const t = useWords('training')
  const can = useCan()
  const training = useTraining()
  const queries = useQueryClient()
  const [taking, setTaking] = useState<Taking | null>(null)
  const states = gone ? GONE : LIVE
  const key = [...classKey(row.id), 'named', orgId, gone]
  const columns: Column<Enrolment>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (one) => <PersonLink id={one.personId} name={one.name} number={one.number} />,
    },
    {
      key: 'state',
      title: t('office.figure.state'),
      cell: (one) => <State of="person" is={one.state} />,
      card: 'trailing',
    },
    {
      key: 'fair',
      title: t('office.fair.title'),
      cell: (one) => (one.fairShare === null ? '—' : <FairShare value={one.fairShare} />),
      figures: true,
    },
    {
      key: 'reason',
      title: t('office.figure.reason'),
      cell: (one) => one.reason ?? <span className="q-quiet">—</span>,
    },
  ]
  const writes = can('training.delegate.write') && row.state === 'open' && !gone
  return (
    <>
      <DataTable<Enrolment>
        caption={t(gone ? 'office.delegation.part.gone' : 'office.delegation.part.named')}
        queryKey={key}
        columns={columns}
        rowKey={(one) => one.personId}
        rowName={(one) => one.name}
        load={async ({ cursor, limit, filter }) =>
          training.enrolments({
            classId: row.id,
            orgId,
            limit,
            state: [filter.state ?? states]
              .flat()
              .filter((state) => states.includes(state))
              .join(','),
            ...(cursor ? { cursor } : {}),
            ...(filter.q ? { search: String(filter.q) } : {}),
          })
        }
        filters={[
          { key: 'q', label: t('office.find_person'), kind: 'text' },
          {
            key: 'state',
            label: t('office.figure.state'),
            kind: 'choice',
            choices: states.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
        {...(writes
          ? {
              bulk: [
                {
                  key: 'back',
                  label: t('office.delegation.take_back'),
                  danger: true,
                  run: (keys: string[]) => {
                    const rows = queries
                      .getQueriesData<{ rows: readonly Enrolment[] }>({ queryKey: key })
                      .flatMap(([, page]) => page?.rows ?? [])
                    const people = [...new Map(rows.map((one) => [one.personId, one])).values()].filter(
                      ({ personId }) => keys.includes(personId),
                    )
                    return new Promise<boolean>((resolve) => setTaking({ people, resolve }))
                  },
                },
              ],
            }
          : {})}
        empty={{
          title: t(gone ? 'office.delegation.nobody_gone' : 'office.delegation.nobody_named'),
          hint: t(gone ? 'office.delegation.nobody_gone_hint' : 'office.delegation.nobody_named_hint'),
        }}
      />
      {taking && <TakeBack row={row} taking={taking} onClose={() => setTaking(null)} />}
    </>
  )
}

function TakeBack({
  row,
  taking: { people, resolve },
  onClose,
}: {
  row: ClassRow
  taking: Taking
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(
    (reason: string) =>
      training.takeBackProposals({ classId: row.id, personIds: people.map(({ personId }) => personId), reason }),
    {
      done: ({ takenBack }) => t('office.delegation.taken_back', { n: takenBack }),
      refresh: [classKey(row.id), KEYS.classes],
      quiet: true,
    },
  )
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  return (
    <ConfirmWithReason
      open
      danger
      title={t('office.delegation.take_back')}
      confirm={t('office.delegation.take_back_act', { n: people.length })}
      reasonHint={t('office.delegation.take_back_reason_hint')}
      busy={act.busy}
      error={act.error}
      onClose={() => close(false)}
      onConfirm={async (reason) => {
        if (await act.run(reason)) close(true)
      }}
    >
      <p>{f.list(people.map(({ name }) => name))}</p>
      <p className="q-quiet">{t('office.delegation.take_back_hint')}</p>
    </ConfirmWithReason>
  )
}
