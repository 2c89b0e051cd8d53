/** The acts of the yearly audit, each with what it will do in figures before it is done. */
import type { ReactNode } from 'react'
import { Facts } from '../../../../../ui/Card.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Notice } from '../../../../../ui/Notice.tsx'
import { useNow } from '../now.ts'
import type { Parameter } from '../parameter.ts'
import { type AuditRow, KEYS, type Training, useTraining } from '../training.ts'
import { auditStateOf, progressOf } from './audit-progress.ts'

type Common = { rows: AuditRow[]; year: number; resolve: (done: boolean) => void; onClose: () => void }

/** One act for all of these schools: a refusal leaves every one as it was. */
function useForAll(verb: (training: Training, orgIds: string[]) => Promise<unknown>, done: (n: number) => string) {
  const training = useTraining()
  return useAct(
    async (rows: readonly AuditRow[]) => {
      await verb(
        training,
        rows.map(({ orgId }) => orgId),
      )
      return rows.length
    },
    { done, refresh: [KEYS.audits, KEYS.sample], quiet: true },
  )
}

/** Asks once for several schools; where none of them is ready there is nothing to do. */
function ForSchools({
  title,
  confirm,
  rows,
  act,
  resolve,
  onClose,
  children,
}: Pick<Common, 'rows' | 'resolve' | 'onClose'> & {
  title: string
  confirm: string
  act: ReturnType<typeof useForAll>
  children: ReactNode
}) {
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  return (
    <ConfirmWithReason
      open
      title={title}
      confirm={confirm}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={() => close(false)}
      onConfirm={async () => {
        if (rows.length === 0 || (await act.run(rows))) close(true)
      }}
    >
      {children}
    </ConfirmWithReason>
  )
}

export function ConfirmCredits({ rows, year, resolve, onClose }: Common) {
  const t = useWords('training')
  const f = useFormat()
  const now = useNow(600_000)
  const act = useForAll(
    (training, orgIds) => training.confirmCredits({ orgIds, year }),
    () => t('office.audit.confirmed'),
  )
  const all = progressOf(rows)
  return (
    <ForSchools
      title={t('office.audit.confirm_title', { year: String(year) })}
      confirm={t('office.audit.confirm')}
      rows={rows}
      act={act}
      resolve={resolve}
      onClose={onClose}
    >
      <p>{f.list(rows.map(({ orgName }) => orgName))}</p>
      <Facts
        columns={1}
        items={[
          { label: t('office.audit.teachers'), value: f.number(all.teachers) },
          { label: t('office.audit.entries'), value: f.number(all.entries) },
          { label: t('office.figure.credits'), value: f.number(all.credits, 2) },
          { label: t('office.audit.compliant'), value: `${f.number(all.compliant)} / ${f.number(all.teachers)}` },
        ]}
      />
      {all.openObjections > 0 && (
        <Notice tone="wait" title={t('office.audit.confirm_objections', { n: all.openObjections })} />
      )}
      {year >= now.getFullYear() && now.getMonth() < 11 && (
        <Notice tone="wait" title={t('office.audit.confirm_early')} />
      )}
      <p className="q-quiet">{t('office.audit.confirm_note')}</p>
    </ForSchools>
  )
}

export function DrawSamples({ rows, year, share, resolve, onClose }: Common & { share?: Parameter }) {
  const t = useWords('training')
  const f = useFormat()
  const ready = rows.filter((row) => auditStateOf(row) === 'confirmed')
  const act = useForAll(
    (training, orgIds) => training.drawSamples({ orgIds, year }),
    (n) => t('office.audit.drawn', { n }),
  )
  return (
    <ForSchools
      title={t('office.audit.draw')}
      confirm={t('office.audit.draw_act', { n: ready.length })}
      rows={ready}
      act={act}
      resolve={resolve}
      onClose={onClose}
    >
      <p>
        {t('office.audit.draw_preview', { n: ready.length, share: share ? f.percent(Number(share.value)) : '—' })}
        {share && <Clause clause={share.clause} label={t('office.audit.share')} />}
      </p>
      {ready.length < rows.length && (
        <Notice tone="info" title={t('office.audit.draw_skipped', { n: rows.length - ready.length })} />
      )}
    </ForSchools>
  )
}

export function FinishChecks({ rows, year, resolve, onClose }: Common) {
  const t = useWords('training')
  const f = useFormat()
  const ready = rows.filter(
    (row) => auditStateOf(row) === 'confirmed' && row.sampled > 0 && row.checked === row.sampled,
  )
  const left = rows.filter((row) => !ready.includes(row))
  const act = useForAll(
    (training, orgIds) => training.finishChecks({ orgIds, year }),
    (n) => t('office.audit.finished', { n }),
  )
  return (
    <ForSchools
      title={t('office.audit.finish')}
      confirm={t('office.audit.finish_act', { n: ready.length })}
      rows={ready}
      act={act}
      resolve={resolve}
      onClose={onClose}
    >
      <p>
        {t('office.audit.finish_preview', {
          n: ready.length,
          faults: ready.reduce((sum, { faults }) => sum + faults, 0),
        })}
      </p>
      {left.length > 0 && (
        <Notice tone="info" title={t('office.audit.finish_skipped', { n: left.length })}>
          {f.list(left.slice(0, 8).map(({ orgName }) => orgName))}
        </Notice>
      )}
    </ForSchools>
  )
}

export function LockYear({ rows, year, onClose }: { rows: readonly AuditRow[]; year: number; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(() => training.lockYear({ year }), {
    done: ({ locked }) => t('office.audit.locked', { n: locked }),
    refresh: [KEYS.audits, KEYS.credits],
    quiet: true,
  })
  const all = progressOf(rows)
  const waiting = all.count.open + all.count.confirmed
  return (
    <ConfirmWithReason
      open
      danger
      title={t('office.audit.lock_title', { year: String(year) })}
      confirm={t('office.audit.lock_act', { n: all.ready.schools })}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run(undefined)) onClose()
      }}
    >
      <Facts
        columns={1}
        items={[
          { label: t('office.audit.schools'), value: f.number(all.ready.schools) },
          { label: t('office.audit.teachers'), value: f.number(all.ready.teachers) },
          { label: t('office.audit.seal_total'), value: t('office.credits_n', { n: f.number(all.ready.credits, 2) }) },
        ]}
      />
      {waiting > 0 && <Notice tone="info" title={t('office.audit.lock_waiting', { n: waiting })} />}
      {all.ready.openObjections > 0 && (
        <Notice tone="alert" title={t('office.audit.lock_objections', { n: all.ready.openObjections })} />
      )}
      <p>{t('office.audit.lock_note')}</p>
    </ConfirmWithReason>
  )
}
