/** Confirms the list of a class: first says who will be in, who comes up from the line, and what stays empty. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../../ui/Answer.tsx'
import { Facts } from '../../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { useNow } from '../now.ts'
import { type ClassRow, classKey, KEYS, useTraining } from '../training.ts'

export function ConfirmClass({ row, onClose, onDone }: { row: ClassRow; onClose: () => void; onDone: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const now = useNow().getTime()
  const counts = useQuery({
    // Not under the class: after the act the preview must stay as it was until the dialog has closed.
    queryKey: ['training', 'standing', row.id],
    staleTime: 0,
    queryFn: async () => {
      const count = async (state: string) => (await training.enrolments({ classId: row.id, state, limit: 1 })).total
      const [confirmed = 0, proposed = 0, accepted = 0, waiting = 0, declined = 0] = await Promise.all(
        ['confirmed', 'proposed', 'accepted', 'waiting', 'declined'].map(count),
      )
      return { confirmed, proposed, accepted, waiting, declined }
    },
  })
  const act = useAct(() => training.confirmClass({ classId: row.id }), {
    done: ({ confirmed, fromWaiting }) => t('office.confirm.done', { confirmed: f.number(confirmed), fromWaiting }),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  const early = row.deadline !== null && Date.parse(row.deadline) > now
  return (
    <ConfirmWithReason
      open
      title={t('office.class.confirm')}
      confirm={t('office.class.confirm')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (!(await act.run(undefined))) return
        onClose()
        onDone()
      }}
    >
      <Answer of={counts} height={160}>
        {({ confirmed, proposed, accepted, waiting, declined }) => {
          const seated = confirmed + proposed + accepted
          const free = Math.max(0, (row.places ?? row.shared) - row.seated)
          const up = Math.min(free, waiting)
          return (
            <>
              <Facts
                columns={1}
                items={[
                  {
                    label: t('office.confirm.seated'),
                    value: t('office.confirm.seated_n', {
                      n: f.number(seated),
                      accepted: f.number(accepted),
                      proposed: f.number(proposed),
                      confirmed: f.number(confirmed),
                      already: confirmed,
                    }),
                  },
                  {
                    label: t('office.confirm.up'),
                    value: t('office.confirm.up_n', { n: f.number(up), waiting: f.number(waiting) }),
                  },
                  { label: t('office.confirm.free'), value: f.number(free - up) },
                  { label: t('office.confirm.declined'), value: f.number(declined) },
                ]}
              />
              {early && row.deadline && (
                <Notice tone="wait" title={t('office.confirm.early', { when: f.dateTime(row.deadline) })} />
              )}
              {seated + up === 0 && <Notice tone="alert" title={t('office.confirm.nobody')} />}
              <p className="q-quiet">{t('office.confirm.note')}</p>
            </>
          )
        }}
      </Answer>
    </ConfirmWithReason>
  )
}
