/** Whoever comes from a provider and did not get in: why, and what to do; linking with one’s own password, or asking one’s school. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { one, useAddress } from '../../../ui/address.ts'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { knock } from '../../../ui/knock.ts'
import { Failure, Notice } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import type { Arrived } from '../contract.ts'
import './upstream.css'
import { useNameOf } from './upstream.ts'

const ARRIVAL = '/upstream/arrival'

export default function Elsewhere() {
  const t = useWords('upstream')
  const [search] = useAddress()
  const why = one(search.why)
  return (
    <div className="upstream-door">
      {why ? (
        <>
          <PageHead title={t('elsewhere.title')} />
          <Notice tone="alert">{t(t.has(`trouble.${why}`) ? `trouble.${why}` : 'trouble.unproven')}</Notice>
          <ButtonLink to="/sign-in" look="primary">
            {t('elsewhere.back')}
          </ButtonLink>
        </>
      ) : (
        <Arrival />
      )}
    </div>
  )
}

function Arrival() {
  const t = useWords('upstream')
  const nameOf = useNameOf()
  const arrival = useQuery({
    queryKey: ['upstream', 'arrival'],
    queryFn: () => knock<Arrived>(ARRIVAL),
    retry: false,
    gcTime: 0,
  })
  if (arrival.isPending) return <Skeleton height={320} />
  if (!arrival.data)
    return (
      <>
        <PageHead title={t('elsewhere.over')} />
        <p>{t('elsewhere.over_text')}</p>
        <ButtonLink to="/sign-in" look="primary">
          {t('elsewhere.back')}
        </ButtonLink>
      </>
    )
  const { waiting, linked } = arrival.data
  const name = nameOf(arrival.data.provider)
  if (linked || waiting)
    return (
      <>
        <PageHead title={t('elsewhere.title')} />
        <Notice tone={linked ? 'done' : 'wait'}>
          {t(linked ? 'elsewhere.linked' : 'elsewhere.waiting', { name })}
        </Notice>
        <ButtonLink to="/sign-in">{t('elsewhere.back')}</ButtonLink>
      </>
    )
  return (
    <>
      <PageHead title={t('elsewhere.unlinked', { name })} />
      <p>{t('elsewhere.why', { name })}</p>
      <Card title={t('elsewhere.own_title')}>
        <div className="q-stack">
          <p>{t('elsewhere.own_text')}</p>
          <ButtonLink to="/sign-in" search={{ back: '/account' }} look="primary" icon="key">
            {t('elsewhere.sign_in')}
          </ButtonLink>
        </div>
      </Card>
      <Card title={t('elsewhere.ask_title')}>
        <Ask name={name} />
      </Card>
    </>
  )
}

function Ask({ name }: { name: string }) {
  const t = useWords('upstream')
  const [number, setNumber] = useState('')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const ask = useAct((input: { number: string; note: string }) => knock<object>(ARRIVAL, input), { quiet: true })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!ask.busy && (await ask.run({ number: number.trim(), note: note.trim() }))) setAsked(true)
  }
  // The same words whether there is such a number or not: a stranger learns nothing of who works where.
  if (asked) return <Notice tone="done">{t('elsewhere.asked', { name })}</Notice>
  return (
    <form className="q-stack" onSubmit={(event) => void submit(event)}>
      <p>{t('elsewhere.ask_text')}</p>
      <TextField
        label={t('elsewhere.number')}
        required
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        value={number}
        onChange={setNumber}
      />
      <TextField
        label={t('elsewhere.note')}
        hint={t('elsewhere.note_hint')}
        required={false}
        maxLength={200}
        value={note}
        onChange={setNote}
      />
      {ask.error ? <Failure error={ask.error} /> : null}
      <Button type="submit" busy={ask.busy}>
        {t('elsewhere.ask')}
      </Button>
    </form>
  )
}
