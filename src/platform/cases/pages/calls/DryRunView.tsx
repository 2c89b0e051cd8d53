/** A draft tried with invented applicants: how many came through each stage, who would have had nobody to act, what would have failed. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Notice, useSentence } from '../../../../ui/Notice.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import { type CallDetail, type DryRun, useCases } from './asking.ts'

const COUNTS = ['5', '20', '60']

export function DryRunView({ call }: { call: CallDetail }) {
  const t = useWords('cases')
  const cases = useCases()
  const [count, choose] = useState('20')
  const [result, setResult] = useState<DryRun | null>(null)
  const running = useAct(cases.dryRunCall)
  const run = async () => {
    const answer = await running.run({ callId: call.id, applicants: Number(count) })
    if (answer) setResult(answer)
  }
  return (
    <div className="q-stack">
      <div className="calls-acts">
        <SelectField
          label={t('calls.try_count')}
          value={count}
          onChange={choose}
          choices={COUNTS.map((value) => ({ value, label: t('calls.unit.person', { n: Number(value), text: value }) }))}
        />
        <Button icon="refresh" busy={running.busy} onClick={() => void run()}>
          {t('calls.try')}
        </Button>
      </div>
      {result ? (
        <Result call={call} result={result} />
      ) : (
        <Empty icon="people" title={t('calls.try_none')} hint={t('calls.try_hint')} />
      )}
    </div>
  )
}

function Result({ call, result }: { call: CallDetail; result: DryRun }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const title = (id: string) => pick(call.definition.stages.find((stage) => stage.id === id)!.title)
  const filed = result.ended.filter(({ state }) => state === 'filed').reduce((sum, { cases }) => sum + cases, 0)
  const trouble = result.stages.some((stage) => stage.vacant.length > 0 || stage.trouble.length > 0)
  return (
    <div className="q-stack" aria-live="polite">
      <Stats>
        <Stat label={t('calls.tried')} value={f.number(result.applicants)} />
        <Stat label={t('calls.through')} value={f.number(filed)} />
        <Stat label={t('calls.not_through')} value={f.number(result.applicants - filed)} />
      </Stats>
      {result.lacking.length > 0 && (
        <Notice tone="alert" title={t('calls.lacking')}>
          {result.lacking.map((one) => (
            <Said key={one.code} one={one} />
          ))}
        </Notice>
      )}
      {!trouble && result.lacking.length === 0 && <Notice tone="done" title={t('calls.try_right')} />}
      <ol className="calls-flow">
        {result.stages.map((stage) => (
          <li key={stage.stage} className="calls-step">
            <div className="calls-step-head">
              <h2>{title(stage.stage)}</h2>
              <span className="q-num">{t('calls.came_passed', { came: stage.came, passed: stage.passed })}</span>
            </div>
            <div className="calls-step-body">
              {stage.due && <p className="q-quiet">{t('calls.due', { when: f.date(stage.due) })}</p>}
              {stage.vacant.length > 0 && (
                <Notice tone="wait" title={t('calls.vacant', { n: stage.vacant.length })}>
                  {f.list(
                    stage.vacant
                      .slice(0, 8)
                      .map(({ role, org }) => t('calls.vacant_at', { org, role: t(`calls.role.${role}`) })),
                  )}
                  {stage.vacant.length > 8 && '…'}
                </Notice>
              )}
              {stage.trouble.map((one) => (
                <Trouble key={one.code} one={one} />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** A refusal in words, as it would have been said. */
function Said({ one: { code, data } }: { one: DryRun['lacking'][number] }) {
  const [error] = useState(() => ({ data: { kind: 'refused', code, ...data } }))
  return <p>{useSentence(error)?.text}</p>
}

function Trouble({ one }: { one: DryRun['stages'][number]['trouble'][number] }) {
  const t = useWords('cases')
  return (
    <Notice tone="alert" title={t('calls.trouble', { n: one.cases })}>
      <Said one={one} />
    </Notice>
  )
}
