/** Changes a school's places by hand within what is free, with the reason that everybody can read. */
import { useState } from 'react'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { TextField } from '../../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { type ClassRow, classKey, KEYS, type Quota, useTraining } from '../training.ts'

export function AdjustPlaces({
  row,
  quota,
  others,
  onClose,
}: {
  row: ClassRow
  quota: Quota
  /** Places of all other schools together. */
  others: number
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const [text, setText] = useState(String(quota.places))
  const act = useAct(training.adjustQuota, {
    done: t('office.places.adjusted'),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  const places = Number(text)
  const most = row.places === null ? null : row.places - others
  const wrong =
    text.trim() === '' || !Number.isInteger(places) || places < quota.taken || (most !== null && places > most)
      ? t('office.places.between', { from: quota.taken, to: most ?? 100_000 })
      : undefined
  return (
    <ConfirmWithReason
      open
      title={t('office.places.adjust_title', { school: quota.orgName })}
      confirm={t('office.places.adjust_act', { n: Number.isFinite(places) ? places : 0 })}
      reasonHint={t('office.places.reason_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (reason) => {
        if (wrong) return
        if (await act.run({ classId: row.id, orgId: quota.orgId, places, reason })) onClose()
      }}
    >
      <TextField
        label={t('office.places.places')}
        type="number"
        min={quota.taken}
        {...(most === null ? {} : { max: most })}
        required
        value={text}
        onChange={setText}
        error={wrong}
        hint={t('office.places.adjust_hint', {
          rule: f.number(quota.byRule),
          now: f.number(quota.places),
          taken: f.number(quota.taken),
          most: f.number(most ?? 0),
        })}
      />
    </ConfirmWithReason>
  )
}
