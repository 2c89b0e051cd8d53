/** What may be done with the case now: the signature first, everything else plain. */
import { useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { type Act, Bulk } from './Bulk.tsx'
import { type CaseView, CHANGED, useCases } from './handling.ts'
import { Due } from './States.tsx'

const OF: Record<CaseView['handling']['may'][number], Act> = {
  return: 'send_back',
  refuse: 'refuse',
  hand_over: 'hand_over',
  add_signer: 'add_signer',
}

export function CaseActs({ view }: { view: CaseView }) {
  const t = useWords('cases')
  const pick = useBilingual()
  const can = useCan()
  const [act, setAct] = useState<Act | null>(null)
  const [reopening, setReopening] = useState(false)
  const { handling, case: row, call } = view
  const stage = call.stages.find(({ id }) => id === row.stage)
  const reopens = can('cases.decide') && handling.reopenTo.length > 0
  const urges = can('cases.handle') && handling.urge
  const questions = [
    ...view.answers
      .filter(({ question }) => question !== null)
      .map(({ question, title }) => ({ value: `question:${question}`, label: title })),
    ...[
      ...new Map(view.materials.map(({ kind, title }) => [kind, title])),
      ...view.lacking.map(({ kind, title }) => [kind, title] as const),
    ].map(([kind, title]) => ({ value: `material:${kind}`, label: pick(title) })),
  ]
  return (
    <Card
      title={stage ? pick(stage.title) : t('office.acts')}
      extra={row.state === 'waiting' && <Due on={row.dueOn} overdue={row.overdue} />}
    >
      {handling.asked ? (
        <div className="of-acts">
          <Button look="primary" icon="check" wide onClick={() => setAct('sign')}>
            {t('office.do.sign')}
          </Button>
          {handling.may.map((may) => (
            <Button key={may} look={may === 'refuse' ? 'danger' : 'plain'} onClick={() => setAct(OF[may])}>
              {t(`office.do.${OF[may]}`)}
            </Button>
          ))}
        </div>
      ) : (
        <p className="q-quiet">{t(row.state === 'waiting' ? 'office.not_yours' : `office.rests.${row.state}`)}</p>
      )}
      {(urges || reopens) && (
        <div className="of-acts">
          {urges && (
            <Button icon="bell" onClick={() => setAct('urge')}>
              {t('office.do.urge')}
            </Button>
          )}
          {reopens && (
            <Button icon="refresh" onClick={() => setReopening(true)}>
              {t('office.act.reopen')}
            </Button>
          )}
        </div>
      )}
      {act && <Bulk act={act} ids={[row.id]} questions={questions} resolve={() => {}} onClose={() => setAct(null)} />}
      {reopening && <Reopen view={view} onClose={() => setReopening(false)} />}
    </Card>
  )
}

function Reopen({ view: { case: row, handling }, onClose }: { view: CaseView; onClose: () => void }) {
  const t = useWords('cases')
  const pick = useBilingual()
  const cases = useCases()
  const [to, setTo] = useState(handling.reopenTo.at(-1)!.id)
  const act = useAct(cases.reopenCase, { done: t('office.reopened'), refresh: CHANGED, quiet: true })
  return (
    <ConfirmWithReason
      open
      title={t('office.act.reopen')}
      confirm={t('office.act.reopen')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (words) => {
        if (await act.run({ applicationId: row.id, to, words, revision: row.revision })) onClose()
      }}
    >
      <SelectField
        label={t('office.reopen_to')}
        value={to}
        onChange={setTo}
        choices={handling.reopenTo.map(({ id, title }) => ({ value: id, label: pick(title) }))}
      />
    </ConfirmWithReason>
  )
}
