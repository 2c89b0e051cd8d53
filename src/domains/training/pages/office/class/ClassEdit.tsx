/** Changes a class; after saving it says how many people the rule reaches now. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { usePathPart } from '../../../../../ui/address.ts'
import { ButtonLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { FormPage } from '../../../../../ui/office/FormPage.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { nameIn } from '../names.ts'
import { type ClassRow, classKey, KEYS, type Plan, useAsk, useTraining } from '../training.ts'
import { ClassFields } from './ClassForm.tsx'
import { type ClassValues, fenOf, periodOf, tidyTarget, valuesOf } from './class-values.ts'

export default function ClassEdit() {
  const ask = useAsk()
  const t = useWords('training')
  const f = useFormat()
  const one = useQuery(ask.class(usePathPart('classId')))
  const plans = useQuery(ask.plans())
  const plan = plans.data?.find(({ projects }) => projects.some(({ id }) => id === one.data?.projectId))
  return (
    <Answer of={one} height={480}>
      {(row) => (
        <>
          <PageHead
            title={t('office.form.change')}
            subtitle={`${row.code} · ${nameIn(f.locale, row)}`}
            back={{ to: '/classes/$classId', params: { classId: row.id }, label: nameIn(f.locale, row) }}
          />
          <Answer of={plans} height={480}>
            {() => plan && <EditForm row={row} plan={plan} />}
          </Answer>
        </>
      )}
    </Answer>
  )
}

function EditForm({ row, plan }: { row: ClassRow; plan: Plan }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const reach = useQuery(useAsk().reach(row.id))
  const [saved, setSaved] = useState(false)
  const shared = row.state !== 'planned'
  const send = async ({ name, nameEn, from, until, places, hours, enrolment, target, budget }: ClassValues) => {
    await training.updateClass({
      classId: row.id,
      name,
      nameEn: nameEn ?? '',
      period: periodOf({ ...(from ? { from } : {}), ...(until ? { until } : {}) }),
      budgetFen: fenOf(budget),
      ...(shared
        ? {}
        : {
            places: places ?? null,
            enrolment,
            target: tidyTarget(target),
            ...(hours ? { hours: String(hours) } : {}),
          }),
    })
    await Promise.all([classKey(row.id), KEYS.classes].map((queryKey) => queries.invalidateQueries({ queryKey })))
    setSaved(true)
  }
  return (
    <div className="q-stack">
      {shared ? (
        <Notice tone="info" title={t('office.form.shared_note')} />
      ) : (
        <Notice
          tone={saved ? 'done' : 'info'}
          live={saved}
          title={
            reach.data === undefined
              ? t('office.form.counting')
              : t(saved ? 'office.form.reach_saved' : 'office.form.reach_now', { n: f.number(reach.data) })
          }
          act={
            saved && (
              <ButtonLink small to="/classes/$classId" params={{ classId: row.id }}>
                {t('office.form.to_class')}
              </ButtonLink>
            )
          }
        />
      )}
      <FormPage<ClassValues>
        initial={valuesOf(row)}
        submit={t('office.form.save')}
        onSubmit={send}
        onCancel={() => void navigate({ to: '/classes/$classId', params: { classId: row.id } } as never)}
      >
        <ClassFields plan={plan} fixed shared={shared} />
      </FormPage>
    </div>
  )
}
