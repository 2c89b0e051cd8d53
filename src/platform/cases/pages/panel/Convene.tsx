/** Convening a meeting: what the call asks of it, who is named and how many are drawn, when and where. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { SelectField, TextField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Failure, Notice } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { type Candidates, PANELS, useCases } from './meeting.ts'
import { Pool } from './Pool.tsx'
import './panel.css'

export default function Convene() {
  const t = useWords('cases')
  const cases = useCases()
  const [search] = useAddress()
  const ask = { callId: one(search.call), stage: one(search.stage) }
  const found = useQuery({
    queryKey: ['cases', 'panel-candidates', ask.callId, ask.stage],
    queryFn: () => cases.panelCandidates(ask),
  })
  return (
    <>
      <PageHead title={t('panel.convene')} back={{ to: '/decisions', label: t('results.waiting') }} />
      <Answer of={found} height={320}>
        {(data) => (data.waiting === 0 ? <Empty title={t('panel.nothing_waits')} /> : <ConveneForm of={data} />)}
      </Answer>
    </>
  )
}

function ConveneForm({ of }: { of: Candidates }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const navigate = useNavigate()
  const cases = useCases()
  const [name, setName] = useState('')
  const [heldOn, setHeldOn] = useState('')
  const [place, setPlace] = useState('')
  const [named, setNamed] = useState<readonly string[]>([])
  const [drawn, setDrawn] = useState('0')
  const [chair, setChair] = useState('')
  const act = useAct(cases.convenePanel, {
    done: t('panel.convened'),
    quiet: true,
    refresh: [PANELS, ['cases', 'panel-candidates']],
  })
  const { body } = of
  const members = named.length + (Number(drawn) || 0)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const made = await act.run({
      callId: of.callId,
      stage: of.stage,
      name,
      heldOn,
      place,
      named: [...named],
      drawn: Number(drawn) || 0,
      ...(chair ? { chair } : {}),
    })
    if (made) void navigate({ to: '/panels/$panelId', params: { panelId: made.panelId } } as unknown as { to: string })
  }
  return (
    <form className="panel-page" onSubmit={submit}>
      <Notice>
        {t('panel.asks', {
          title: f.dotted([say(of.callTitle), say(of.stageTitle)]),
          waiting: of.waiting,
          seats: body.seats,
          odd: body.odd ? 'yes' : 'no',
          attendance: body.attendance.join('/'),
          pass: body.pass.join('/'),
        })}
      </Notice>
      <Card title={t('panel.when_where')}>
        <div className="panel-fields">
          <TextField label={t('panel.name')} required minLength={2} maxLength={120} value={name} onChange={setName} />
          <TextField label={t('panel.day')} required type="date" value={heldOn} onChange={setHeldOn} />
          <TextField label={t('panel.place')} maxLength={200} value={place} onChange={setPlace} />
        </div>
      </Card>
      <Card
        title={t('panel.members')}
        extra={
          <span className={members < body.seats || (body.odd && members % 2 === 0) ? 'panel-short' : undefined}>
            {t('panel.members_of', { members, seats: body.seats })}
          </span>
        }
      >
        <div className="panel-fields">
          <TextField
            label={t('panel.drawn')}
            hint={t('panel.drawn_hint')}
            type="number"
            min={0}
            max={200}
            value={drawn}
            onChange={setDrawn}
          />
          <SelectField
            label={t('panel.chair')}
            value={chair}
            onChange={setChair}
            placeholder={t('panel.chair_first')}
            choices={of.experts
              .filter(({ accountId }) => named.includes(accountId))
              .map(({ accountId, name: label }) => ({ value: accountId, label }))}
          />
        </div>
        <Pool experts={of.experts} waiting={of.waiting} named={named} onChange={setNamed} />
      </Card>
      {act.error !== null && <Failure error={act.error} />}
      <div className="panel-acts">
        <Button type="submit" look="primary" busy={act.busy}>
          {t('panel.convene_act')}
        </Button>
      </div>
    </form>
  )
}
