/** Where a person states what is not on record, to see what would come out; nothing of it is kept. */
import { type FormEvent, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import type { Explanation } from '../../contract.ts'
import { StatedField } from './StatedField.tsx'
import { factsToState, type Given, read, typedOf, unreadable } from './stated.ts'
import './own.css'

type Typed = Record<string, string | readonly string[]>

export function StateFacts({
  answer,
  given,
  onState,
}: {
  answer: Explanation
  given: Given
  onState: (given: Given) => void
}) {
  const t = useWords('policy')
  const [typed, setTyped] = useState<Typed>({})
  const { first, more } = factsToState(answer)
  const asked = [...first, ...more]
  if (asked.length === 0) return null
  const now = (id: string) => typed[id] ?? typedOf(given[id])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (asked.some((fact) => unreadable(fact, now(fact.id)))) {
      event.currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      return
    }
    const stated = Object.fromEntries(asked.map((fact) => [fact.id, read(fact, now(fact.id))]))
    const whole = { ...given, ...stated }
    onState(Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)))
    setTyped({})
  }
  const forget = () => {
    setTyped({})
    const ids = new Set(asked.map(({ id }) => id))
    onState(Object.fromEntries(Object.entries(given).filter(([id]) => !ids.has(id))))
  }
  const fields = (facts: typeof first) =>
    facts.map((fact) => (
      <StatedField
        key={fact.id}
        fact={fact}
        typed={now(fact.id)}
        onChange={(value) => setTyped({ ...typed, [fact.id]: value })}
      />
    ))
  return (
    <form className="pol-state" noValidate onSubmit={submit}>
      <h3>{t('own.state')}</h3>
      <p className="q-quiet">{t('own.state_hint')}</p>
      {fields(first)}
      {more.length > 0 && (
        <details>
          <summary>{t('own.state_more', { n: more.length })}</summary>
          <div className="q-stack">{fields(more)}</div>
        </details>
      )}
      <div className="pol-state-acts">
        {asked.some(({ stated }) => stated) && <Button onClick={forget}>{t('own.forget')}</Button>}
        <Button type="submit" look="primary">
          {t('own.see')}
        </Button>
      </div>
    </form>
  )
}
