/** The yearly audit by school: confirmed by the school, checked by the district, locked with a sealed total. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { Button, ButtonLink, TextLink } from '../../../../../ui/Button.tsx'
import { Card } from '../../../../../ui/Card.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Meter } from '../../../../../ui/Meter.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan, useSignedIn } from '../../../../../ui/session.tsx'
import { useCreditYear } from '../credit-year.ts'
import { useParameter } from '../parameter.ts'
import { YearPicker } from '../plan-choice.tsx'
import { State } from '../States.tsx'
import { type AuditRow, useAsk } from '../training.ts'
import { ConfirmCredits, DrawSamples, FinishChecks, LockYear } from './AuditActs.tsx'
import { AuditSchools } from './AuditSchools.tsx'
import { auditStateOf, progressOf } from './audit-progress.ts'
import { Seal } from './Seal.tsx'
import './audit.css'

type Asking =
  | { what: 'confirm' | 'draw' | 'finish'; rows: AuditRow[]; resolve: (done: boolean) => void }
  | { what: 'lock' }

export default function Audit() {
  const t = useWords('training')
  const can = useCan()
  const { roles } = useSignedIn()
  const { year, years, choose } = useCreditYear()
  const audits = useQuery(useAsk().audits(year))
  const share = useParameter('training.credit.audit_sample_share')
  const [asking, setAsking] = useState<Asking | null>(null)
  const own = roles.filter(({ role }) => role === 'principal').map(({ orgId }) => orgId)
  const mine = (audits.data ?? []).filter(({ orgId, state }) => own.includes(orgId) && state === null)
  const all = progressOf(audits.data ?? [])
  const ready = all.ready.schools
  const unlocked = all.count.locked < all.schools
  const ask = (what: 'confirm' | 'draw' | 'finish', rows: AuditRow[]) =>
    new Promise<boolean>((resolve) => setAsking({ what, rows, resolve }))
  return (
    <>
      <PageHead
        title={t('office.audit.title')}
        subtitle={
          <>
            {t('office.audit.subtitle')}
            {share && <Clause clause={share.clause} label={t('office.audit.share')} />}
          </>
        }
        acts={
          <>
            <YearPicker years={years} year={year} onChange={choose} />
            <ButtonLink icon="credit" to="/credits" search={{ year: String(year) }}>
              {t('office.credit.title')}
            </ButtonLink>
          </>
        }
        act={
          can('training.audit.lock') && unlocked ? (
            <Button
              look="primary"
              icon="seal"
              disabled={ready === 0}
              title={ready === 0 ? t('office.audit.lock_none') : undefined}
              onClick={() => setAsking({ what: 'lock' })}
            >
              {t('office.audit.lock')}
            </Button>
          ) : can('training.audit.confirm') && mine.length > 0 ? (
            <Button look="primary" icon="check" onClick={() => void ask('confirm', mine)}>
              {t('office.audit.confirm')}
            </Button>
          ) : undefined
        }
      />
      <Answer of={audits} height={400}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="ledger" title={t('office.audit.none')} hint={t('office.audit.none_hint')} />
          ) : (
            <div className="q-stack">
              <Standing rows={rows} year={year} />
              {rows.length > 1 && <AuditSchools rows={rows} year={year} ask={ask} />}
            </div>
          )
        }
      </Answer>
      {asking?.what === 'lock' && audits.data && (
        <LockYear year={year} rows={audits.data} onClose={() => setAsking(null)} />
      )}
      {asking?.what === 'confirm' && <ConfirmCredits {...asking} year={year} onClose={() => setAsking(null)} />}
      {asking?.what === 'draw' && (
        <DrawSamples {...asking} year={year} {...(share ? { share } : {})} onClose={() => setAsking(null)} />
      )}
      {asking?.what === 'finish' && <FinishChecks {...asking} year={year} onClose={() => setAsking(null)} />}
      {audits.data?.length === 1 && audits.data[0] && can('training.audit.check') && (
        <p>
          <TextLink to="/audit/$orgId" params={{ orgId: audits.data[0].orgId }} search={{ year: String(year) }}>
            {t('office.audit.sample')}
          </TextLink>
        </p>
      )}
    </>
  )
}

/** The whole scope in figures; for a single school its own standing, with the seal once it is locked. */
function Standing({ rows, year }: { rows: readonly AuditRow[]; year: number }) {
  const t = useWords('training')
  const f = useFormat()
  const all = progressOf(rows)
  const [single] = rows.length === 1 ? rows : []
  const people = (search: Record<string, string>) => ({ to: '/credits', search: { year: String(year), ...search } })
  return (
    <>
      <Stats>
        {!single && <Stat label={t('office.audit.schools')} value={f.number(all.schools)} />}
        <Stat label={t('office.audit.teachers')} value={f.number(all.teachers)} go={people({})} />
        <Stat
          label={t('office.audit.compliant')}
          value={f.percent(all.teachers === 0 ? 0 : all.compliant / all.teachers)}
          note={t('office.audit.compliant_n', {
            n: f.number(all.compliant),
            short: f.number(all.teachers - all.compliant),
          })}
          go={people({ short: '1' })}
        />
        <Stat label={t('office.audit.entries')} value={f.number(all.entries)} />
        <Stat label={t('office.figure.credits')} value={f.number(all.credits)} />
        <Stat
          label={t('office.audit.objections')}
          value={f.number(all.openObjections)}
          {...(all.openObjections > 0 ? { tone: 'alert' as const, note: t('office.audit.objections_note') } : {})}
        />
      </Stats>
      {single ? (
        <Card title={single.orgName} extra={<State of="audit" is={auditStateOf(single)} />}>
          <div className="q-stack">
            <p>{t(`office.audit.own.${auditStateOf(single)}`, { year: String(year) })}</p>
            {single.sampled > 0 && (
              <p>
                {t('office.audit.sample_standing', {
                  sampled: single.sampled,
                  checked: single.checked,
                  faults: single.faults,
                })}
              </p>
            )}
            {auditStateOf(single) === 'locked' && (
              <Seal total={single.sealedCredits ?? single.credits} seal={single.seal} at={single.lockedAt} />
            )}
          </div>
        </Card>
      ) : (
        <Card>
          <div className="tr-audit-progress">
            <Meter
              label={t('office.audit.progress')}
              value={all.schools - all.count.open}
              max={all.schools}
              text={t('office.audit.progress_n', { locked: all.count.locked, schools: all.schools })}
              parts={(['locked', 'checked', 'confirmed'] as const).map((state) => ({
                label: t(`audit_state.${state}`),
                value: all.count[state],
              }))}
            />
            {all.count.locked > 0 && (
              <Seal
                total={all.sealed}
                seal={null}
                at={
                  rows
                    .map(({ lockedAt }) => lockedAt)
                    .filter(Boolean)
                    .sort()
                    .at(-1) ?? null
                }
              />
            )}
          </div>
        </Card>
      )}
    </>
  )
}
