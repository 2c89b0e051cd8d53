/** A designation with all that belongs to it, and what its office may do: assess, remove, take members in and let them go. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { Button } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { Assess } from './Assess.tsx'
import { CertificateButton, DesignationFacts } from './DesignationFacts.tsx'
import { Members } from './Members.tsx'
import { DESIGNATION, DESIGNATIONS, type Designation, useCases, useToday } from './results.ts'

type Key = { holderId: string; designationId: string }

export function DesignationSheet({ of, onClose }: { of: Key; onClose: () => void }) {
  const say = useBilingual()
  const cases = useCases()
  const f = useFormat()
  const designation = useQuery({
    queryKey: [...DESIGNATION, of.designationId, f.locale],
    queryFn: () => cases.designation({ ...of, locale: f.locale }),
  })
  const { data } = designation
  return (
    <Sheet open title={data ? f.dotted([data.name, say(data.title)]) : '…'} onClose={onClose}>
      <Answer of={designation}>{(found) => <Details of={found} />}</Answer>
    </Sheet>
  )
}

function Details({ of }: { of: Designation }) {
  const t = useWords('cases')
  const can = useCan()
  const year = Number(useToday().slice(0, 4))
  const [asking, setAsking] = useState<'assess' | 'remove' | null>(null)
  const manage = can('cases.designation.manage') && of.state !== 'removed'
  const key = { holderId: of.holderId, designationId: of.designationId }
  return (
    <div className="q-stack">
      <DesignationFacts of={of} />
      <div className="results-acts">
        <CertificateButton of={of} />
        {manage && of.assessed && <Button onClick={() => setAsking('assess')}>{t('results.assess')}</Button>}
        {manage && (
          <Button look="danger" onClick={() => setAsking('remove')}>
            {t('results.remove')}
          </Button>
        )}
      </div>
      {of.mostMembers !== null && <Members of={of} manage={manage} />}
      {asking === 'assess' && <Assess of={[key]} year={year} onClose={() => setAsking(null)} />}
      {asking === 'remove' && <Remove of={of} onClose={() => setAsking(null)} />}
    </div>
  )
}

function Remove({ of, onClose }: { of: Designation; onClose: () => void }) {
  const t = useWords('cases')
  const say = useBilingual()
  const cases = useCases()
  const [on, setOn] = useState(useToday())
  const act = useAct(cases.removeDesignation, {
    done: t('results.removed'),
    refresh: [DESIGNATIONS, DESIGNATION],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      danger
      title={t('results.remove_title', { title: say(of.title), name: of.name })}
      confirm={t('results.remove')}
      reasonLabel={t('results.cause')}
      reasonHint={t('results.cause_hint')}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async (why) => {
        if (await act.run({ holderId: of.holderId, designationId: of.designationId, on, why })) onClose()
      }}
    >
      <p>{t('results.remove_what')}</p>
      <TextField label={t('results.removed_on')} type="date" required min={of.from} value={on} onChange={setOn} />
    </ConfirmWithReason>
  )
}
