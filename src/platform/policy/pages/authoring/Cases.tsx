/** The worked cases of the packs, run against what stands in the editor: which come out as before, and what differs. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { policyContract, RanCase } from '../../contract.ts'
import { SetFailure } from './SetFailure.tsx'
import { type EditedSet, idsIn, tidied } from './set.ts'

type Ran = { cases: RanCase[]; others: number }

export function Cases({ draftId, set }: { draftId: string; set: EditedSet }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const running = useAct(policy.runCases, { quiet: true })
  const [result, setResult] = useState<(Ran & { asked: string }) | null>(null)
  const run = async () => {
    const declared = tidied(set)
    const answer = await running.run({ draftId, set: set.id, declared })
    setResult(answer ? { ...answer, asked: JSON.stringify(declared) } : null)
  }
  const failing = result?.cases.filter(({ after }) => !after) ?? []
  return (
    <Card
      title={t('cases.title')}
      extra={
        <Button small icon="refresh" busy={running.busy} onClick={() => void run()}>
          {t('cases.run')}
        </Button>
      }
    >
      {running.error !== null ? (
        <SetFailure error={running.error} />
      ) : !result ? (
        <p className="q-quiet">{t('cases.hint')}</p>
      ) : (
        <div className="q-stack">
          {result.asked !== JSON.stringify(tidied(set)) && <Notice tone="wait">{t('cases.stale')}</Notice>}
          <p aria-live="polite">
            {result.cases.length === 0
              ? t('cases.none')
              : t('cases.summary', { n: result.cases.length, failed: failing.length })}
            {result.others > 0 && <span className="q-quiet"> {t('cases.others', { n: result.others })}</span>}
          </p>
          <ul className="pol-cases">
            {result.cases.map((one) => (
              <OneCase
                key={`${one.authority} ${one.name}`}
                ran={one}
                conditions={set.versions.flatMap(({ needs }) => idsIn(needs))}
              />
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}

function OneCase({ ran, conditions }: { ran: RanCase; conditions: readonly string[] }) {
  const t = useWords('policy')
  const f = useFormat()
  const { name, on, governed, before, after, differs } = ran
  const said = (value: string, what: string) => {
    const key = what === 'outcome' ? `print.outcome.${value}` : `cases.value.${value}`
    return t.has(key) ? t(key) : /^\d{4}-\d\d-\d\d$/.test(value) ? f.date(value) : value
  }
  const about = (what: string) =>
    conditions.includes(what)
      ? t('cases.condition', { id: what })
      : t.has(`cases.what.${what}`)
        ? t(`cases.what.${what}`)
        : what
  return (
    <li>
      <StatusTag tone={after ? 'done' : 'alert'}>{t(after ? 'cases.passed' : 'cases.failed')}</StatusTag>
      <div>
        {name} <span className="q-quiet">{f.date(on)}</span>
        {!governed && <span className="q-quiet"> {t('cases.before_day')}</span>}
        {before !== after && <span className="q-quiet"> {t(after ? 'cases.newly_passed' : 'cases.newly_failed')}</span>}
        {differs.map(({ what, wanted, found }) => (
          <p key={what} className="pol-differs">
            {t('cases.differs', { what: about(what), wanted: said(wanted, what), found: said(found, what) })}
          </p>
        ))}
      </div>
    </li>
  )
}
