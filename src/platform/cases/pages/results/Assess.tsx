/** The assessment of a year for one or many who hold the same: the grades are those of their call. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { DESIGNATION, DESIGNATIONS, useCases } from './results.ts'

type Key = { holderId: string; designationId: string }

export function Assess({ of, year: now, onClose }: { of: Key[]; year: number; onClose: (done: boolean) => void }) {
  const t = useWords('cases')
  const say = useBilingual()
  const cases = useCases()
  const first = of[0] as Key
  const one = useQuery({ queryKey: [...DESIGNATION, first.designationId], queryFn: () => cases.designation(first) })
  const [year, setYear] = useState(String(now))
  const [chosen, setChosen] = useState('')
  const act = useAct(cases.assessDesignations, {
    done: ({ assessed, removed }) => t('results.assessed', { assessed, removed }),
    refresh: [DESIGNATIONS, DESIGNATION],
    quiet: true,
  })
  const grades = one.data?.grades ?? []
  const removes = grades.find(({ id }) => id === chosen)?.removes ?? false
  return (
    <ConfirmWithReason
      open
      danger={removes}
      title={t('results.assess_title', { n: of.length })}
      confirm={t(removes ? 'results.assess_remove' : 'results.assess')}
      reason={removes ? 'required' : 'optional'}
      reasonLabel={t('results.assess_words')}
      reasonHint={t('results.assess_hint')}
      busy={act.busy}
      error={act.error}
      onClose={() => onClose(false)}
      onConfirm={async (words) => {
        if (!chosen) return
        if (await act.run({ of, year: Number(year), grade: chosen, ...(words ? { words } : {}) })) onClose(true)
      }}
    >
      {one.data && !one.data.assessed && <Notice tone="wait">{t('results.no_assessment')}</Notice>}
      <TextField label={t('results.year')} type="number" min={1990} max={2200} value={year} onChange={setYear} />
      <SelectField
        label={t('results.grade')}
        required
        value={chosen}
        onChange={setChosen}
        placeholder={t('results.choose_grade')}
        choices={grades.map(({ id, title }) => ({ value: id, label: say(title) }))}
      />
      {removes && <Notice tone="alert">{t('results.grade_removes')}</Notice>}
    </ConfirmWithReason>
  )
}
