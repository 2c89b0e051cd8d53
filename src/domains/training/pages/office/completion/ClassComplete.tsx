/** The decision on completion: said once more in figures, because credits and certificates follow at once. */
import { divide } from '../../../../../base/decimal.ts'
import { Facts } from '../../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { type ClassRow, KEYS, useTraining } from '../training.ts'

export function CompleteClass({
  row,
  passing,
  failing,
  onClose,
}: {
  row: ClassRow
  passing: number
  failing: number
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(() => training.completeClass({ classId: row.id }), {
    done: ({ passed, failed, credits }) =>
      t('office.complete.done', {
        passed: f.number(passed),
        failed: f.number(failed),
        credits: f.number(divide(credits, '1', 2)),
      }),
    refresh: [KEYS.all],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('office.class.complete')}
      confirm={t('office.complete.act', { n: f.number(passing) })}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run(undefined)) onClose()
      }}
    >
      <Facts
        columns={1}
        items={[
          { label: t('office.complete.will_pass'), value: t('office.people_n', { n: f.number(passing) }) },
          { label: t('office.complete.will_fail'), value: t('office.people_n', { n: f.number(failing) }) },
          { label: t('office.form.hours'), value: row.hours && t('office.hours_n', { n: f.number(row.hours) }) },
        ]}
      />
      {row.hours === null && <Notice tone="alert" title={t('office.complete.no_hours')} />}
      {passing === 0 && <Notice tone="alert" title={t('office.complete.nobody')} />}
      <p>{t('office.complete.consequence')}</p>
    </ConfirmWithReason>
  )
}
