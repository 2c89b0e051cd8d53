/** Worked cases: those of the packs and those written here, run against what stands in the editor: which come out as they say, and what differs. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { policyContract, RanCase } from '../../contract.ts'
import { CaseForm } from './CaseForm.tsx'
import { type EditedCase, newCase, tidiedCases } from './cases.ts'
import { useEditing } from './editing.ts'
import { moved, put, without } from './parts.ts'
import { conditionsOf, type EditedSet, tidied } from './set.ts'
import type { Held } from './use-editor.ts'

type Ran = { cases: RanCase[]; others: number }

export function Cases({ held, onChange }: { held: Held; onChange: (cases: EditedCase[]) => void }) {
  const t = useWords('policy')
  const policy = useClient<typeof policyContract>('policy')
  const { draftId, setOpen, removing, problems } = useEditing()
  const running = useAct(policy.runCases, { quiet: true })
  const [result, setResult] = useState<(Ran & { asked: string }) | null>(null)
  const { set, cases } = held
  const sent = { declared: tidied(set), cases: tidiedCases(cases) }
  const run = async () => {
    const answer = await running.run({ draftId, set: set.id, ...sent })
    setResult(answer ? { ...answer, asked: JSON.stringify(sent) } : null)
  }
  const add = () => {
    const made = newCase(set.versions[0]!.from)
    setOpen(made.key, true)
    onChange([...cases, made])
  }
  return (
    <Card
      title={t('cases.title')}
      extra={
        <Button small icon="refresh" busy={running.busy} disabled={problems.length > 0} onClick={() => void run()}>
          {t('cases.run')}
        </Button>
      }
    >
      <div className="pol-form">
        <p className="q-quiet">{t(problems.length > 0 ? 'cases.not_yet' : 'cases.hint')}</p>
        {cases.length > 0 && (
          <div className="pol-author-parts">
            {cases.map((one, nth) => (
              <CaseForm
                key={one.key}
                value={one}
                set={set}
                at={`cases.${nth}`}
                order={{ nth, of: cases.length, move: (by) => onChange(moved(cases, nth, by)) }}
                onChange={(next) => onChange(put(cases, nth, next))}
                onRemove={(what) => {
                  removing(what)
                  onChange(without(cases, nth))
                }}
              />
            ))}
          </div>
        )}
        <div className="pol-acts">
          <Button small icon="plus" onClick={add}>
            {t('cases.add')}
          </Button>
        </div>
        {running.error !== null && <Failure error={running.error} />}
        {result && <Result result={result} set={set} stale={result.asked !== JSON.stringify(sent)} />}
      </div>
    </Card>
  )
}

function Result({ result, set, stale }: { result: Ran; set: EditedSet; stale: boolean }) {
  const t = useWords('policy')
  const failed = result.cases.filter(({ after }) => !after).length
  return (
    <>
      {stale && <Notice tone="wait">{t('cases.stale')}</Notice>}
      <p aria-live="polite">
        {result.cases.length === 0 ? t('cases.none') : t('cases.summary', { n: result.cases.length, failed })}
        {result.others > 0 && <span className="q-quiet"> {t('cases.others', { n: result.others })}</span>}
      </p>
      <ul className="pol-cases">
        {result.cases.map((one) => (
          <OneCase key={`${one.authority} ${one.name} ${one.on}`} ran={one} set={set} />
        ))}
      </ul>
    </>
  )
}

function OneCase({ ran, set }: { ran: RanCase; set: EditedSet }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const { facts } = useEditing()
  const { name, on, governed, before, after, differs } = ran
  const said = (value: string, what: string) => {
    const grade = set.versions[0]?.grades?.find(({ id }) => what === 'outcome' && id === value)
    if (grade) return pick(grade.title)
    const key = what === 'outcome' ? `print.outcome.${value}` : `cases.value.${value}`
    return t.has(key) ? t(key) : /^\d{4}-\d\d-\d\d$/.test(value) ? f.date(value) : value
  }
  const about = (what: string) => {
    const named = conditionsOf(set).find(({ id }) => id === what)?.says ?? facts.find(({ id }) => id === what)?.title
    return named ? pick(named) : t.has(`cases.what.${what}`) ? t(`cases.what.${what}`) : what
  }
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
