/** One's address for notices: entered, verified by a code, changed, taken away. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { Facts } from '../../../../ui/Card.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure, Notice } from '../../../../ui/Notice.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { Notices } from '../../../inbox/contract.ts'
import type { deskContract } from '../../contract.ts'
import { KEY } from './key.ts'

export function Address({ now }: { now: Notices }) {
  const t = useWords('desk')
  const f = useFormat()
  const desk = useClient<typeof deskContract>('desk')
  const [changing, setChanging] = useState(false)
  const remove = useAct(desk.removeAddress, { done: t('notices.removed'), refresh: [KEY] })
  const entering = changing || (!now.address && !now.claim)
  return (
    <>
      {now.refused && (
        <Notice tone="alert" title={t('notices.refused_title')}>
          {t('notices.refused_text')}
        </Notice>
      )}
      {now.address && (
        <Facts
          columns={1}
          items={[
            {
              label: t('notices.address'),
              value: (
                <span className="desk-address">
                  {now.address}
                  <StatusTag tone={now.refused ? 'alert' : 'done'}>
                    {t(now.refused ? 'notices.refused' : 'notices.verified')}
                  </StatusTag>
                </span>
              ),
            },
          ]}
        />
      )}
      {now.latest && now.address && (
        <p className="q-quiet">{t(`notices.latest_${now.latest.state}`, { when: f.dateTime(now.latest.at) })}</p>
      )}
      {now.claim && !entering && <Code claim={now.claim} onOther={() => setChanging(true)} />}
      {entering && <Enter onSent={() => setChanging(false)} />}
      {now.address && !entering && (
        <div className="desk-acts">
          {!now.claim && (
            <Button small onClick={() => setChanging(true)}>
              {t('notices.change')}
            </Button>
          )}
          <Button small look="quiet" busy={remove.busy} onClick={() => void remove.run(undefined)}>
            {t('notices.remove')}
          </Button>
        </div>
      )}
    </>
  )
}

function Enter({ onSent }: { onSent: () => void }) {
  const t = useWords('desk')
  const desk = useClient<typeof deskContract>('desk')
  const [address, setAddress] = useState('')
  const claim = useAct(desk.claimAddress, { done: t('notices.code_sent'), refresh: [KEY], quiet: true })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await claim.run({ address })) onSent()
  }
  return (
    <form className="q-stack desk-narrow" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('notices.address')}
        hint={t('notices.address_hint')}
        type="email"
        inputMode="email"
        autoComplete="email"
        required
        maxLength={254}
        value={address}
        onChange={setAddress}
      />
      {claim.error ? <Failure error={claim.error} /> : null}
      <div className="desk-acts">
        <Button type="submit" look="primary" busy={claim.busy}>
          {t('notices.send_code')}
        </Button>
      </div>
    </form>
  )
}

function Code({ claim, onOther }: { claim: NonNullable<Notices['claim']>; onOther: () => void }) {
  const t = useWords('desk')
  const desk = useClient<typeof deskContract>('desk')
  const [code, setCode] = useState('')
  const confirm = useAct(desk.confirmAddress, { done: t('notices.confirmed'), refresh: [KEY], quiet: true })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void confirm.run({ code: code.replace(/\D/g, '') })
  }
  return (
    <form className="q-stack desk-narrow" onSubmit={submit}>
      <p>{t('notices.claim', { address: claim.address })}</p>
      <TextField
        label={t('notices.code')}
        hint={t('notices.code_hint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\s*(\d\s*){6}"
        required
        value={code}
        onChange={setCode}
      />
      {confirm.error ? <Failure error={confirm.error} /> : null}
      <div className="desk-acts">
        <Button type="submit" look="primary" busy={confirm.busy}>
          {t('notices.confirm')}
        </Button>
        <Button look="quiet" onClick={onOther}>
          {t('notices.another')}
        </Button>
      </div>
    </form>
  )
}
