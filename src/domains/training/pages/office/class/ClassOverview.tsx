/** A class at a glance: who it is for and why, its figures, and what the plan itself leaves open. */
import { useQuery } from '@tanstack/react-query'
import { Card, Columns, Facts } from '../../../../../ui/Card.tsx'
import { Clause, ClauseText } from '../../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { clauseOf } from '../clause.ts'
import { Unnumbered } from '../plan/PlanTable.tsx'
import { Due } from '../States.tsx'
import { useTargetWords } from '../target.ts'
import { type ClassRow, useAsk } from '../training.ts'
import './class.css'
import '../office.css'

export function ClassOverview({ row, goTo }: { row: ClassRow; goTo: (tab: string) => void }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const { conditions } = useTargetWords()
  const mayCount = can('training.delegate.read')
  const reach = useQuery({ ...useAsk().reach(row.id), enabled: mayCount })
  const clause = clauseOf(row.clause)
  const rule = conditions(row.target)
  const go = (tab: string, search: Record<string, string> = {}) => ({
    to: '/classes/$classId',
    params: { classId: row.id },
    search: { tab, ...search },
  })
  return (
    <div className="q-stack">
      <Stats>
        {mayCount && (
          <Stat
            label={t('office.figure.eligible')}
            value={reach.data === undefined ? '…' : f.number(reach.data)}
            note={t('office.class.eligible_note')}
          />
        )}
        <Stat
          label={t('office.figure.places')}
          value={row.places === null ? <Unnumbered /> : f.number(row.places)}
          note={t('office.class.shared_n', { n: f.number(row.shared) })}
          {...(mayCount ? { go: go('places') } : {})}
          explain={clause && <Clause clause={clause} label={t('office.figure.places')} />}
        />
        <Stat
          label={t('office.figure.seated')}
          value={f.number(row.seated)}
          note={t('office.class.waiting_n', { n: f.number(row.waiting) })}
          {...(can('training.enrolment.read') ? { go: go('people') } : {})}
        />
        {row.state === 'completed' && (
          <>
            <Stat
              label={t('office.figure.passed')}
              value={f.number(row.passed)}
              {...(can('training.enrolment.read') ? { go: go('people', { state: 'passed' }) } : {})}
            />
            <Stat label={t('office.figure.credits')} value={f.number(row.credits)} />
          </>
        )}
      </Stats>
      <Columns min={360}>
        <Card title={t('office.class.whom')}>
          <div className="q-stack">
            {rule.length === 0 ? (
              <p>{t('office.target.all')}</p>
            ) : (
              <ul className="tr-conditions">
                {rule.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
            {clause && (
              <div className="tr-clause">
                <ClauseText clause={clause} />
              </div>
            )}
          </div>
        </Card>
        <Card title={t('office.class.facts')}>
          <Facts
            columns={1}
            items={[
              {
                label: t('office.form.hours'),
                value: row.hours !== null && (
                  <Given row={row} field="hours">
                    {t('office.hours_n', { n: f.number(row.hours) })}
                  </Given>
                ),
              },
              {
                label: t('office.form.credit_kind'),
                value: (
                  <Given row={row} field="creditKind">
                    {t(`kind.${row.creditKind}`)}
                  </Given>
                ),
              },
              {
                label: t('office.form.enrolment'),
                value: (
                  <Given row={row} field="enrolment">
                    {t(`enrolment.${row.enrolment}`)}
                  </Given>
                ),
              },
              {
                label: t('office.form.terms'),
                value: (
                  <Given row={row} field="terms">
                    {t('office.terms_n', { n: row.terms })}
                  </Given>
                ),
              },
              {
                label: t('office.class.begins'),
                value: row.schedule.length > 0 && (
                  <Given row={row} field="starts">
                    {f.list(row.schedule.map(({ starts }) => f.shortDate(starts)))}
                  </Given>
                ),
              },
              {
                label: t('office.class.period'),
                value:
                  row.period &&
                  t('office.class.period_n', { from: f.date(row.period.from), until: f.date(row.period.until) }),
              },
              { label: t('office.form.budget'), value: row.budgetFen > 0 ? f.money(row.budgetFen) : null },
              {
                label: t('office.class.deadline'),
                value: row.deadline && (
                  <>
                    {f.dateTime(row.deadline)} {row.state === 'open' && <Due at={row.deadline} />}
                  </>
                ),
              },
              { label: t('office.figure.next_session'), value: row.nextSession && f.dateTime(row.nextSession) },
            ]}
          />
        </Card>
      </Columns>
      {row.places === null && row.state === 'planned' && (
        <Notice tone="info" title={t('office.class.no_number')}>
          {t('office.class.no_number_hint')}
        </Notice>
      )}
      {row.state === 'confirmed' && row.sessions === 0 && can('training.session.write') && (
        <Notice
          tone="wait"
          title={t('office.class.no_sessions')}
          act={
            <button type="button" className="q-as-link" onClick={() => goTo('sessions')}>
              {t('office.class.lay_out')}
            </button>
          }
        />
      )}
    </div>
  )
}

/** A value with a word beside it where the plan's text does not give it. */
function Given({ row, field, children }: { row: ClassRow; field: string; children: React.ReactNode }) {
  const t = useWords('training')
  const assumed = row.assumed.includes(field) || (field === 'starts' && row.assumed.includes('terms'))
  return (
    <>
      {children}
      {assumed && (
        <span className="tr-assumed" title={t('office.class.assumed_hint')}>
          {t('office.class.assumed')}
        </span>
      )}
    </>
  )
}
