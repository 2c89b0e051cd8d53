/** Issues the circular: to how many schools, with which figures frozen in it. */
import { Facts } from '../../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { titleIn } from '../names.ts'
import { KEYS, type Plan, type Scorecard, useTraining } from '../training.ts'

export function IssueCirculars({
  plan,
  schools,
  onClose,
}: {
  plan: Plan
  schools: readonly Scorecard[]
  onClose: () => void
}) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const open = schools.filter(({ circular }) => circular === null)
  const act = useAct(() => training.issueCirculars({ planId: plan.id }), {
    done: ({ issued }) => t('office.circular.issued', { n: issued }),
    refresh: [KEYS.circulars, KEYS.scorecards, ['training', 'overview']],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      title={t('office.circular.issue')}
      confirm={t('office.circular.issue_act', { n: open.length })}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run(undefined)) onClose()
      }}
    >
      <p>{titleIn(f.locale, plan)}</p>
      <Facts
        columns={1}
        items={[
          { label: t('office.circular.to'), value: t('office.schools_n', { n: f.number(open.length) }) },
          {
            label: t('office.circular.before'),
            value: t('office.schools_n', { n: f.number(schools.length - open.length) }),
          },
        ]}
      />
      <p className="q-quiet">{t('office.circular.issue_note')}</p>
    </ConfirmWithReason>
  )
}
