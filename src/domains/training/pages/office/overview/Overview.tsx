/** The year in pictures for those who answer for it; everything can be clicked through to lists of people. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Answer } from '../../../../../ui/Answer.tsx'
import { ButtonLink, TextLink } from '../../../../../ui/Button.tsx'
import { Card, Columns } from '../../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Meter } from '../../../../../ui/Meter.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { Chart } from '../../../../../ui/office/Chart.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { nameIn, titleIn } from '../names.ts'
import { usePlan, YearPicker } from '../plan-choice.tsx'
import { State } from '../States.tsx'
import { type Overview as Figures, type Plan, useAsk } from '../training.ts'
import { everyMonth } from './months.ts'

export default function Overview() {
  const t = useWords('training')
  const f = useFormat()
  const { plans, list, plan, choose } = usePlan()
  const figures = useQuery({ ...useAsk().overview(plan?.id ?? ''), enabled: plan !== undefined })
  return (
    <>
      <PageHead
        title={t('office.overview.title')}
        subtitle={plan && `${titleIn(f.locale, plan)} · ${plan.document}`}
        {...(plan ? { tags: <State of="plan" is={plan.state} /> } : {})}
        acts={
          plan && (
            <>
              <YearPicker years={list.map(({ year }) => year)} year={plan.year} onChange={choose} />
              <ButtonLink icon="calendar" to="/plan" search={{ year: String(plan.year) }}>
                {t('office.plan.title')}
              </ButtonLink>
            </>
          )
        }
      />
      <Answer of={plans} height={480}>
        {() =>
          plan ? (
            <Answer of={figures} height={480}>
              {(data) => <Pictures plan={plan} figures={data} />}
            </Answer>
          ) : (
            <Empty icon="calendar" title={t('office.plan.none')} hint={t('office.plan.none_hint')} />
          )
        }
      </Answer>
    </>
  )
}

function Pictures({ plan, figures }: { plan: Plan; figures: Figures }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const navigate = useNavigate()
  const year = String(plan.year)
  const share = (part: number, whole: number) => (whole === 0 ? '—' : f.percent(part / whole))
  const projects = figures.byProject.filter(({ places, seated, passed }) => places + seated + passed > 0)
  const codeOf = (id: string) => plan.projects.find((project) => project.id === id)?.code ?? ''
  return (
    <div className="q-stack">
      <Stats>
        <Stat
          label={t('office.figure.places')}
          value={f.number(figures.places)}
          go={{ to: '/plan', search: { year } }}
        />
        <Stat
          label={t('office.figure.seated')}
          value={f.number(figures.seated)}
          note={t('office.overview.of_places', { share: share(figures.seated, figures.places) })}
          hint={t('office.overview.seated_hint')}
          go={{ to: '/scorecards', search: { year, by: 'delegation' } }}
        />
        <Stat
          label={t('office.figure.passed')}
          value={f.number(figures.passed)}
          note={t('office.overview.of_seated', { share: share(figures.passed, figures.seated) })}
          go={{ to: '/scorecards', search: { year, by: 'pass' } }}
        />
        <Stat
          label={t('office.figure.credits')}
          value={f.number(figures.credits)}
          go={{ to: '/credits', search: { year } }}
        />
        <Stat
          label={t('office.overview.on_pace')}
          value={share(figures.onPace, figures.teachers)}
          note={t('office.overview.on_pace_n', { n: f.number(figures.onPace), teachers: f.number(figures.teachers) })}
          go={{ to: '/credits', search: { year, short: '1' } }}
        />
        <Stat
          label={t('office.overview.open')}
          value={f.number(figures.openObjections + figures.openLeave)}
          note={t('office.overview.open_n', { objections: figures.openObjections, leave: figures.openLeave })}
          {...(can('training.objection.answer') ? { go: { to: '/objections' } } : {})}
        />
      </Stats>
      <Columns min={420}>
        <Card>
          <Chart
            title={t('office.overview.by_project')}
            kind="columns"
            height={280}
            data={{
              label: t('office.figure.project'),
              measures: (['places', 'seated', 'passed'] as const).map((key) => ({
                key,
                label: t(`office.figure.${key}`),
              })),
              rows: projects.map(({ projectId, name, nameEn, places, seated, passed }) => ({
                key: projectId,
                name: nameIn(f.locale, { name, nameEn }),
                values: [places, seated, passed],
              })),
            }}
            onPick={({ key }) => void navigate({ to: '/plan', search: { year, project: codeOf(key) } } as never)}
          />
        </Card>
        <Card>
          <Chart
            title={t('office.overview.by_month')}
            kind="line"
            height={280}
            data={{
              label: t('office.overview.month'),
              measures: [
                { key: 'expected', label: t('office.overview.expected') },
                { key: 'present', label: t('office.overview.present') },
              ],
              rows: everyMonth(figures.byMonth).map(({ month, expected, present }) => ({
                key: month,
                name: t('office.month_n', { month: Number(month.slice(5)) }),
                values: [expected, present],
              })),
            }}
            note={t('office.overview.month_note', {
              rate: share(
                figures.byMonth.reduce((sum, { present }) => sum + present, 0),
                figures.byMonth.reduce((sum, { expected }) => sum + expected, 0),
              ),
            })}
            onPick={() => void navigate({ to: '/scorecards', search: { year, by: 'participation' } } as never)}
          />
        </Card>
        <Card
          title={t('office.audit.title')}
          extra={
            <TextLink to="/audit" search={{ year }}>
              {t('office.see_all')}
            </TextLink>
          }
        >
          <div className="q-stack">
            {(['confirmed', 'checked', 'locked'] as const).map((state) => (
              <Meter
                key={state}
                label={t(`office.overview.audit.${state}`)}
                value={figures.audit[state]}
                max={figures.audit.schools}
                text={t('office.of_schools', {
                  n: f.number(figures.audit[state]),
                  schools: f.number(figures.audit.schools),
                })}
              />
            ))}
          </div>
        </Card>
        <Card
          title={t('office.circular.title')}
          extra={
            <TextLink to="/circulars" search={{ open: '1' }}>
              {t('office.see_all')}
            </TextLink>
          }
        >
          <div className="q-stack">
            {figures.circulars.issued === 0 ? (
              <p className="q-quiet">{t('office.overview.no_circulars')}</p>
            ) : (
              <Meter
                label={t('office.circular.progress')}
                value={figures.circulars.acknowledged}
                max={figures.circulars.issued}
                text={t('office.of_schools', {
                  n: f.number(figures.circulars.acknowledged),
                  schools: f.number(figures.circulars.issued),
                })}
              />
            )}
          </div>
        </Card>
      </Columns>
    </div>
  )
}
