/** The steps of an import and which one it stands at. */
import { useWords } from '../../../ui/i18n.tsx'
import { Stepper } from '../../../ui/Timeline.tsx'

const STEPS = ['file', 'check', 'apply'] as const
export type ImportStep = (typeof STEPS)[number] | 'done'

export function ImportSteps({ at }: { at: ImportStep }) {
  const t = useWords('records')
  const place = at === 'done' ? STEPS.length : STEPS.indexOf(at)
  return (
    <Stepper
      label={t('import.heading')}
      steps={STEPS.map((key, index) => ({
        key,
        label: t(`import.steps.${key}`),
        state: index < place ? 'done' : index === place ? 'now' : 'later',
      }))}
    />
  )
}
