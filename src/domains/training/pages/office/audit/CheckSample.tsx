/** Records what the check of sampled people found; a fault needs a note that says what is wrong. */

import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { KEYS, type Sampled, useTraining } from '../training.ts'

export type Checking = { people: Sampled[]; result: 'sound' | 'fault'; resolve: (done: boolean) => void }

export function CheckSample({
  year,
  checking: { people, result, resolve },
  onClose,
}: {
  year: number
  checking: Checking
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(training.checkSample, {
    done: ({ checked }) => t('office.audit.checked_done', { n: checked }),
    refresh: [KEYS.sample, KEYS.audits],
    quiet: true,
  })
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  const fault = result === 'fault'
  const others = people.filter((one) => one.result !== null && one.result !== result).length
  return (
    <ConfirmWithReason
      open
      title={t(fault ? 'office.audit.fault' : 'office.audit.sound')}
      confirm={t(fault ? 'office.audit.fault_act' : 'office.audit.sound_act', { n: people.length })}
      danger={fault}
      reason={fault ? 'required' : 'optional'}
      reasonLabel={t('office.audit.note')}
      reasonHint={t('office.audit.note_hint')}
      busy={act.busy}
      error={act.error}
      onClose={() => close(false)}
      onConfirm={async (note) => {
        if (people.length === 0) return close(true)
        const done = await act.run({ year, personIds: people.map(({ personId }) => personId), result, note })
        if (done) close(true)
      }}
    >
      <p>
        {f.list(people.slice(0, 20).map(({ name }) => name))}
        {people.length > 20 && t('office.and_more', { n: people.length - 20 })}
      </p>
      {others > 0 && <Notice tone="wait" title={t('office.audit.overrides', { n: others })} />}
      {fault && <p className="q-quiet">{t('office.audit.fault_hint')}</p>}
    </ConfirmWithReason>
  )
}
