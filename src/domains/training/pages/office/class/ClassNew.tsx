/** Adds a class to a plan. */

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { FormPage } from '../../../../../ui/office/FormPage.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { say } from '../../../../../ui/toast.ts'
import { titleIn } from '../names.ts'
import { NoPlan } from '../plan/PlanTakeOver.tsx'
import { usePlan } from '../plan-choice.tsx'
import { KEYS, type Plan, useTraining } from '../training.ts'
import { ClassFields } from './ClassForm.tsx'
import { type ClassValues, emptyClass, fenOf, periodOf, tidyTarget } from './class-values.ts'

export default function ClassNew() {
  const { plans, plan } = usePlan()
  const t = useWords('training')
  const f = useFormat()
  return (
    <>
      <PageHead
        title={t('office.plan.add_class')}
        subtitle={plan && titleIn(f.locale, plan)}
        back={{ to: '/plan', label: t('office.plan.title'), ...(plan ? { search: { year: String(plan.year) } } : {}) }}
      />
      <Answer of={plans} height={480}>
        {() => (plan ? <NewForm plan={plan} /> : <NoPlan />)}
      </Answer>
    </>
  )
}

function NewForm({ plan }: { plan: Plan }) {
  const t = useWords('training')
  const training = useTraining()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const created = useRef('')
  const send = async ({ budget, target, places, from, until, nameEn, ...values }: ClassValues) => {
    const { classId } = await training.createClass({
      ...values,
      planId: plan.id,
      hours: String(values.hours),
      nameEn: nameEn ?? '',
      period: periodOf({ ...(from ? { from } : {}), ...(until ? { until } : {}) }),
      places: places ?? null,
      target: tidyTarget(target),
      budgetFen: fenOf(budget),
    })
    created.current = classId
    await queries.invalidateQueries({ queryKey: KEYS.classes })
  }
  return (
    <FormPage<ClassValues>
      initial={emptyClass(plan)}
      submit={t('office.plan.add_class')}
      onSubmit={send}
      onDone={() => {
        say(t('office.form.created'))
        void navigate({ to: '/classes/$classId', params: { classId: created.current } } as never)
      }}
      onCancel={() => void navigate({ to: '/plan', search: { year: String(plan.year) } } as never)}
    >
      <ClassFields plan={plan} />
    </FormPage>
  )
}
