/** How often letters come, when, and when not. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { CheckField, SelectField } from '../../../../ui/Field.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import type { Notices } from '../../../inbox/contract.ts'
import type { deskContract } from '../../contract.ts'
import { KEY } from './key.ts'

const FREQUENCIES = ['at_once', 'daily', 'weekly', 'never'] as const
const USUAL = { quietFrom: '21:30', quietUntil: '07:00' }

export function WishesForm({ now }: { now: Notices }) {
  const t = useWords('desk')
  const { locale } = useFormat()
  const desk = useClient<typeof deskContract>('desk')
  const [wishes, setWishes] = useState({
    frequency: now.frequency,
    sendAt: now.sendAt,
    weekday: now.weekday,
    quietFrom: now.quietFrom,
    quietUntil: now.quietUntil,
  })
  const change = (patch: Partial<typeof wishes>) => setWishes((before) => ({ ...before, ...patch }))
  const save = useAct(desk.setNotices, { done: t('notices.saved'), refresh: [KEY], quiet: true })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run(wishes)
  }
  const { frequency, quietFrom, quietUntil } = wishes
  const gathered = frequency === 'daily' || frequency === 'weekly'
  return (
    <form className="q-stack" onSubmit={submit}>
      <div className="desk-wishes">
        <SelectField
          label={t('notices.frequency')}
          value={frequency}
          onChange={(value) => change({ frequency: value as typeof frequency })}
          choices={FREQUENCIES.map((value) => ({ value, label: t(`notices.${value}`) }))}
          {...(frequency === 'at_once' ? { hint: t('notices.at_once_hint') } : {})}
        />
        {frequency === 'weekly' && (
          <SelectField
            label={t('notices.weekday')}
            value={String(wishes.weekday)}
            onChange={(weekday) => change({ weekday: Number(weekday) })}
            choices={weekdays(locale)}
          />
        )}
        {gathered && (
          <Time label={t('notices.send_at')} value={wishes.sendAt} onChange={(sendAt) => change({ sendAt })} />
        )}
      </div>
      {frequency !== 'never' && (
        <CheckField
          label={t('notices.quiet')}
          hint={t('notices.quiet_hint')}
          checked={quietFrom !== null}
          onChange={(on) => change(on ? USUAL : { quietFrom: null, quietUntil: null })}
        />
      )}
      {frequency !== 'never' && quietFrom !== null && (
        <div className="desk-wishes">
          <Time label={t('notices.quiet_from')} value={quietFrom} onChange={(value) => change({ quietFrom: value })} />
          <Time
            label={t('notices.quiet_until')}
            value={quietUntil ?? USUAL.quietUntil}
            onChange={(value) => change({ quietUntil: value })}
          />
        </div>
      )}
      {save.error ? <Failure error={save.error} /> : null}
      <div className="desk-acts">
        <Button type="submit" look="primary" busy={save.busy}>
          {t('notices.save')}
        </Button>
      </div>
    </form>
  )
}

const HALF_HOURS = Array.from({ length: 48 }, (_, n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`)

/** On the clock of twenty-four hours, whatever the browser's own. */
function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const times = HALF_HOURS.includes(value) ? HALF_HOURS : [...HALF_HOURS, value].sort()
  return (
    <SelectField
      label={label}
      value={value}
      onChange={onChange}
      choices={times.map((time) => ({ value: time, label: time }))}
    />
  )
}

/** Monday first. 2 January 2023 was one. */
function weekdays(locale: string) {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, n) => ({
    value: String(n + 1),
    label: name.format(new Date(Date.UTC(2023, 0, 2 + n))),
  }))
}
