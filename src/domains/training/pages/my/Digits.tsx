/** Six digits in six cells under one real field, so that the keypad, pasting and screen readers work; sent when full. */
import { useId, useRef, useState } from 'react'
import { useWords } from '../../../../ui/i18n.tsx'
import './check-in.css'
import './my.css'

const LENGTH = 6
const CELLS = Array.from({ length: LENGTH }, (_, at) => at)

/** Half-width digits only: a Chinese keyboard types ４ for 4. */
const clean = (text: string): string => text.normalize('NFKC').replace(/\D/g, '').slice(0, LENGTH)

/** `onFull` answers whether the digits were taken; those that were not are cleared for the next code. */
export function Digits({ busy, onFull }: { busy: boolean; onFull: (digits: string) => Promise<boolean> }) {
  const t = useWords('training')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [digits, setDigits] = useState('')
  const type = async (text: string) => {
    const next = clean(text)
    if (busy || next === digits) return
    setDigits(next)
    if (next.length < LENGTH || (await onFull(next))) return
    setDigits('')
    field.current?.focus()
  }
  return (
    <div className="my-digits">
      <label htmlFor={id}>{t('my.digits.label')}</label>
      <div className="my-digits-field">
        <input
          ref={field}
          id={id}
          aria-describedby={`${id}-hint`}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]*"
          maxLength={LENGTH}
          readOnly={busy}
          value={digits}
          onChange={(event) => void type(event.target.value)}
        />
        <div aria-hidden="true" className="my-digits-cells">
          {CELLS.map((at) => (
            <span key={at} className={at === Math.min(digits.length, LENGTH - 1) ? 'my-digit-here' : undefined}>
              {digits[at]}
            </span>
          ))}
        </div>
      </div>
      <p id={`${id}-hint`} className="q-quiet">
        {t(busy ? 'my.checking_in' : 'my.digits.hint')}
      </p>
    </div>
  )
}
