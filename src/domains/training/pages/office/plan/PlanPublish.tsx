/** Before a plan is published: what schools and teachers will see, and what is still open in it. */

import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { nameIn, titleIn } from '../names.ts'
import { type ClassRow, KEYS, type Plan, useTraining } from '../training.ts'
import { sumsOf } from './plan-figures.ts'

export function PublishPlan({ plan, rows, onClose }: { plan: Plan; rows: readonly ClassRow[]; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(() => training.publishPlan({ planId: plan.id }), {
    done: t('office.plan.published_done'),
    refresh: [KEYS.all],
    quiet: true,
  })
  const sums = sumsOf(rows)
  const open = rows.filter(({ places }) => places === null)
  return (
    <ConfirmWithReason
      open
      title={t('office.plan.publish')}
      confirm={t('office.plan.publish')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run(undefined)) onClose()
      }}
    >
      <p>
        {t('office.plan.publish_preview', {
          title: titleIn(f.locale, plan),
          projects: plan.projects.length,
          classes: sums.classes,
          places: f.number(sums.places),
        })}
      </p>
      {open.length > 0 && (
        <Notice tone="info" title={t('office.plan.publish_unnumbered', { n: open.length })}>
          {f.list(open.map(({ name, nameEn }) => nameIn(f.locale, { name, nameEn })))}
        </Notice>
      )}
    </ConfirmWithReason>
  )
}
