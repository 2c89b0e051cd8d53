/** The yearly plan: its projects with their classes, how far each has come, and what can be done with the plan. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { FilterBar } from '../../../../../ui/office/FilterBar.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { nameIn, titleIn } from '../names.ts'
import { usePlan, YearPicker } from '../plan-choice.tsx'
import { State } from '../States.tsx'
import { type ClassRow, type Plan, useAsk } from '../training.ts'
import { PublishPlan } from './PlanPublish.tsx'
import { PlanTable } from './PlanTable.tsx'
import { NoPlan, TakeOver } from './PlanTakeOver.tsx'
import { sumsOf } from './plan-figures.ts'

export default function PlanPage() {
  const { plans, list, plan, choose } = usePlan()
  const t = useWords('training')
  return (
    <Answer of={plans} height={400}>
      {() =>
        plan ? (
          <PlanView key={plan.id} plan={plan} years={list.map(({ year }) => year)} choose={choose} />
        ) : (
          <>
            <PageHead title={t('office.plan.title')} />
            <NoPlan />
          </>
        )
      }
    </Answer>
  )
}

function PlanView({ plan, years, choose }: { plan: Plan; years: number[]; choose: (year: string) => void }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const classes = useQuery(useAsk().classes(plan.id))
  const fields = useFilterFields(plan)
  const [taking, setTaking] = useState(false)
  const [publishing, setPublishing] = useState(false)
  const draft = plan.state === 'draft'
  const named = titleIn(f.locale, plan)
  return (
    <>
      <PageHead
        title={named}
        documentTitle={t('office.plan.title')}
        tags={<State of="plan" is={plan.state} />}
        subtitle={[
          plan.document,
          plan.issuedOn && t('office.plan.issued', { date: f.date(plan.issuedOn) }),
          plan.publishedAt && t('office.plan.published', { date: f.date(plan.publishedAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
        act={
          can('training.plan.publish') && draft ? (
            <Button look="primary" icon="flag" disabled={!classes.data} onClick={() => setPublishing(true)}>
              {t('office.plan.publish')}
            </Button>
          ) : can('training.class.write') ? (
            <ButtonLink look="primary" icon="plus" to="/plan/new" search={{ year: String(plan.year) }}>
              {t('office.plan.add_class')}
            </ButtonLink>
          ) : can('training.delegate.write') ? (
            <ButtonLink look="primary" icon="people" to="/delegation">
              {t('office.delegation.title')}
            </ButtonLink>
          ) : undefined
        }
        acts={
          <>
            <YearPicker years={years} year={plan.year} onChange={choose} />
            {can('training.plan.write') && (
              <Button icon="download" onClick={() => setTaking(true)}>
                {t('office.plan.take_over')}
              </Button>
            )}
          </>
        }
      />
      <Answer of={classes} height={480}>
        {(rows) => (
          <div className="q-stack">
            {draft && <Notice tone="wait" title={t('office.plan.draft_note')} />}
            <PlanSums rows={rows} />
            <div>
              <FilterBar fields={fields} />
              <PlanTable plan={plan} rows={rows} />
            </div>
            {publishing && <PublishPlan plan={plan} rows={rows} onClose={() => setPublishing(false)} />}
          </div>
        )}
      </Answer>
      {taking && <TakeOver year={plan.year + 1} onClose={() => setTaking(false)} />}
    </>
  )
}

function PlanSums({ rows }: { rows: readonly ClassRow[] }) {
  const t = useWords('training')
  const f = useFormat()
  const sums = sumsOf(rows)
  return (
    <Stats>
      <Stat
        label={t('office.figure.places')}
        value={f.number(sums.places)}
        note={
          sums.unnumbered > 0
            ? t('office.plan.classes_unnumbered', { n: sums.classes, unnumbered: sums.unnumbered })
            : t('office.plan.classes', { n: sums.classes })
        }
      />
      <Stat label={t('office.figure.shared')} value={f.number(sums.shared)} />
      <Stat label={t('office.figure.seated')} value={f.number(sums.seated)} />
      <Stat label={t('office.figure.waiting')} value={f.number(sums.waiting)} />
      <Stat label={t('office.figure.passed')} value={f.number(sums.passed)} />
      <Stat label={t('office.figure.credits')} value={f.number(sums.credits)} />
    </Stats>
  )
}

function useFilterFields(plan: Plan) {
  const t = useWords('training')
  const f = useFormat()
  return [
    { key: 'q', label: t('office.plan.search'), kind: 'text' as const },
    {
      key: 'project',
      label: t('office.figure.project'),
      kind: 'choice' as const,
      choices: plan.projects.map(({ code, name, nameEn }) => ({
        value: code,
        label: nameIn(f.locale, { name, nameEn }),
      })),
    },
    {
      key: 'state',
      label: t('office.figure.state'),
      kind: 'choice' as const,
      choices: ['planned', 'open', 'confirmed', 'completed'].map((value) => ({
        value,
        label: t(`class_state.${value}`),
      })),
    },
    { key: 'unnumbered', label: t('office.plan.only_unnumbered'), kind: 'flag' as const },
  ]
}
