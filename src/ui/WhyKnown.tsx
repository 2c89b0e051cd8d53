/** An explanation as it was known on a day: what came later is left out, and the card says so as long as it is. */
import type { UseQueryResult } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { civilDate } from '../base/dates.ts'
import type { Explanation } from '../platform/policy/contract.ts'
import { Answer } from './Answer.tsx'
import { Button } from './Button.tsx'
import { TextField } from './Field.tsx'
import { useFormat, useWords } from './i18n.tsx'
import { Notice } from './Notice.tsx'
import { useSession } from './session.tsx'
import type { Known } from './why-ask.ts'

/** @param children draws the answer, and the way to another day where that is to stand */
export function AsKnown({
  of,
  known,
  height,
  children,
}: {
  of: Pick<UseQueryResult<Explanation>, 'data' | 'error' | 'refetch'>
  known: Known
  height: number
  children: (answer: Explanation, choosing: ReactNode) => ReactNode
}) {
  const t = useWords('ui')
  const f = useFormat()
  const { on, choose } = known
  const place = useRef<HTMLDivElement>(null)
  const shown = useRef(on)
  // What is said of the day stands at the head, far above the field.
  useEffect(() => {
    if (shown.current === on) return
    shown.current = on
    place.current?.focus({ preventScroll: true })
    place.current?.scrollIntoView({ block: 'start' })
  }, [on])
  return (
    <div className="q-why-known" ref={place} tabIndex={-1}>
      {on && (
        <Notice
          tone="wait"
          live
          title={t('why.known.title', { date: f.date(on) })}
          act={
            <Button small onClick={() => choose(undefined)}>
              {t('why.known.back')}
            </Button>
          }
        >
          {t('why.known.nothing_newer')}
        </Notice>
      )}
      <Answer of={of} height={height}>
        {(answer) => children(answer, answer.trial ? null : <ChooseKnown key={on} {...known} />)}
      </Answer>
    </div>
  )
}

function ChooseKnown({ on, choose }: Known) {
  const t = useWords('ui')
  const session = useSession()
  const [day, setDay] = useState(on ?? '')
  const [tried, setTried] = useState(false)
  const today = session ? civilDate(new Date(session.clock.now)) : ''
  const wrong = day === '' || (today !== '' && day > today)
  const show = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!wrong) choose(day)
  }
  return (
    <details className="q-why-facts">
      <summary>{t('why.known.open')}</summary>
      <form className="q-why-choose" noValidate onSubmit={show}>
        <TextField
          label={t('why.known.day')}
          hint={t('why.known.hint')}
          error={tried && wrong ? t('why.known.wrong') : undefined}
          type="date"
          max={today}
          value={day}
          onChange={setDay}
        />
        <Button type="submit">{t('why.known.show')}</Button>
      </form>
    </details>
  )
}
