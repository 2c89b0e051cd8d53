/** One act on one case or many: what would happen to each is shown before it is done, and what cannot be done is left out on request. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { SelectField, TextAreaField } from '../../../../ui/Field.tsx'
import { Form } from '../../../../ui/form/Form.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import type { BulkAct } from '../../../../ui/office/table.ts'
import { Effects } from './Effects.tsx'
import { type BulkPreview, CHANGED, useCases } from './handling.ts'
import { Points, type Questions, usePoints } from './Points.tsx'

export type Act = 'sign' | 'refuse' | 'send_back' | 'hand_over' | 'add_signer' | 'urge'
export type Bulking = { act: Act; ids: string[]; resolve: (done: boolean) => void }

/** The acts of a table's bar. */
export function useBulkActs(
  ask: (bulking: Bulking) => void,
  acts: readonly Act[] = ['sign', 'send_back', 'refuse', 'hand_over', 'add_signer'],
): BulkAct[] {
  const t = useWords('cases')
  const icons = {
    sign: 'check',
    send_back: 'back',
    refuse: 'close',
    hand_over: 'arrow',
    add_signer: 'people',
    urge: 'bell',
  } as const
  return acts.map((act) => ({
    key: act,
    label: t(`office.do.${act}`),
    icon: icons[act],
    danger: act === 'refuse',
    run: (ids: string[]) => new Promise<boolean>((resolve) => ask({ act, ids, resolve })),
  }))
}

const IMPOSSIBLE: readonly string[] = ['not_asked', 'other_stage', 'may_not', 'quota']

export function Bulk({
  act,
  ids,
  resolve,
  onClose,
  questions,
}: Bulking & { onClose: () => void; questions?: Questions }) {
  const t = useWords('cases')
  const cases = useCases()
  const preview = useQuery({
    queryKey: ['cases', 'preview', act, ids],
    queryFn: () => cases.bulkPreview({ ids, act }),
    gcTime: 0,
  })
  const close = (done: boolean) => {
    resolve(done)
    onClose()
  }
  if (!preview.data)
    return (
      <Dialog open title={t(`office.do.${act}`)} onClose={() => close(false)} wide>
        <Answer of={preview} height={240}>
          {() => null}
        </Answer>
      </Dialog>
    )
  return <Asking act={act} preview={preview.data} close={close} {...(questions ? { questions } : {})} />
}

const OFFICES = [
  'clerk@school',
  'principal@school',
  'trainer@district',
  'commission@district',
  'trainer@municipality',
  'commission@municipality',
] as const
type Role = 'clerk' | 'principal' | 'trainer' | 'commission'
type Height = 'school' | 'district' | 'municipality'

function Asking({
  act,
  preview,
  close,
  questions,
}: {
  act: Act
  preview: BulkPreview
  close: (done: boolean) => void
  questions?: Questions
}) {
  const t = useWords('cases')
  const pick = useBilingual()
  const cases = useCases()
  const form = useId()
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  const [to, setTo] = useState('')
  const [office, setOffice] = useState('')
  const [report, setReport] = useState<Record<string, unknown>>({})
  const points = usePoints()
  const free = preview.rows.filter(({ effect }) => !IMPOSSIBLE.includes(effect)).map(({ id }) => id)
  const needsWords = act !== 'sign' && act !== 'urge'
  const asksOffice = act === 'hand_over' || act === 'add_signer'
  const run = useAct(
    async () => {
      const [role, at] = office.split('@') as [Role, Height]
      switch (act) {
        case 'sign':
          return cases.signCases({
            ids: free,
            verdict: 'signed',
            ...(words.trim() ? { words } : {}),
            ...(preview.report ? { report } : {}),
          })
        case 'refuse':
          return cases.signCases({ ids: free, verdict: 'refused', words })
        case 'send_back':
          return cases.sendBackCases({
            ids: free,
            to: to || null,
            words,
            ...(points.given.length > 0 ? { points: points.given } : {}),
          })
        case 'hand_over':
          return cases.handOverCases({ ids: free, role, at, words })
        case 'add_signer':
          return cases.addSignerCases({ ids: free, role, at, words })
        case 'urge':
          return cases.urgeCases({ ids: free })
      }
    },
    { done: t('office.done', { n: free.length }), refresh: CHANGED, quiet: true },
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const lacks = (needsWords && words.trim().length < 2) || (asksOffice && office === '')
    setMissing(lacks)
    if (!lacks && free.length > 0 && (await run.run(undefined as never)) !== undefined) close(true)
  }
  return (
    <Dialog
      open
      wide
      title={t(`office.do.${act}`)}
      onClose={() => close(false)}
      acts={
        <>
          <Button onClick={() => close(false)}>{t('office.cancel')}</Button>
          <Button
            type="submit"
            form={form}
            look={act === 'refuse' ? 'danger' : 'primary'}
            busy={run.busy}
            disabled={free.length === 0}
          >
            {t('office.do_n', { what: t(`office.do.${act}`), n: free.length })}
          </Button>
        </>
      }
    >
      <form id={form} className="q-stack" noValidate onSubmit={(event) => void submit(event)}>
        <Effects preview={preview} />
        {free.length > 0 && free.length < preview.rows.length && (
          <Notice tone="wait">{t('office.only_possible', { n: free.length })}</Notice>
        )}
        {act === 'send_back' && (
          <SelectField
            label={t('office.send_to')}
            value={to}
            onChange={setTo}
            choices={[
              { value: '', label: t('office.to_applicant') },
              ...preview.returnTo.map(({ id, title }) => ({ value: id, label: pick(title) })),
            ]}
          />
        )}
        {asksOffice && (
          <SelectField
            label={t('office.ask_whom')}
            required
            value={office}
            onChange={setOffice}
            placeholder={t('office.choose')}
            error={missing && office === '' ? t('office.choose_missing') : undefined}
            choices={OFFICES.map((value) => ({ value, label: t(`office.at.${value.replace('@', '_')}`) }))}
          />
        )}
        {act !== 'urge' && (
          <TextAreaField
            label={t(needsWords ? 'office.reason' : 'office.opinion')}
            required={needsWords}
            {...(needsWords ? { hint: t(asksOffice ? 'office.reason_hint_office' : 'office.reason_hint') } : {})}
            error={missing && needsWords && words.trim().length < 2 ? t('office.reason_missing') : undefined}
            value={words}
            onChange={setWords}
            maxLength={2000}
          />
        )}
        {act === 'send_back' && questions && to === '' && <Points questions={questions} points={points} />}
        {run.error !== null && run.error !== undefined && <Failure error={run.error} />}
      </form>
      {act === 'sign' && preview.report && (
        <section className="of-report" aria-label={t('office.report')}>
          <h3>{t('office.report')}</h3>
          <p className="q-quiet">{t('office.report_hint', { n: free.length })}</p>
          <Form definition={preview.report} answers={{}} onChange={setReport} atOnce />
        </section>
      )}
    </Dialog>
  )
}
