/** Points of one item: a slider for the finger, a figure for the exact mind, half points allowed. */
import { useEffect, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import type { MyPaper } from './reviewing.ts'

const HALF = 0.5

/** Points as typed, or undefined where they are none within the range. */
const read = (text: string, most: number): number | undefined => {
  const points = Number(text.trim().replace('．', '.'))
  return text.trim() === '' || !Number.isInteger(points / HALF) || points < 0 || points > most ? undefined : points
}

export function Points({
  item,
  value,
  disabled,
  onChange,
}: {
  item: MyPaper['rubric'][number]
  value: number | undefined
  disabled: boolean
  onChange: (points: number | undefined) => void
}) {
  const t = useWords('cases')
  const of = useBilingual()
  const id = useId()
  const [text, setText] = useState(value === undefined ? '' : String(value))
  useEffect(() => {
    setText((now) => (read(now, item.most) === value ? now : value === undefined ? now : String(value)))
  }, [value, item.most])
  const wrong = text.trim() !== '' && read(text, item.most) === undefined
  const set = (points: number) => {
    const within = Math.min(item.most, Math.max(0, points))
    setText(String(within))
    onChange(within)
  }
  return (
    <fieldset className="rev-points" disabled={disabled}>
      <legend>
        {of(item.title)} <span className="q-quiet">{t('review.most', { n: item.most })}</span>
      </legend>
      {item.says && <p className="q-quiet">{of(item.says)}</p>}
      <div className="rev-set">
        <Button
          aria-label={t('review.less', { what: of(item.title) })}
          disabled={disabled}
          onClick={() => set((value ?? 0) - 1)}
        >
          −1
        </Button>
        <input
          id={id}
          className="q-input q-num"
          inputMode="decimal"
          aria-label={t('review.points_of', { what: of(item.title) })}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          value={text}
          placeholder="–"
          onChange={(event) => {
            setText(event.target.value)
            onChange(read(event.target.value, item.most))
          }}
        />
        <Button
          aria-label={t('review.more', { what: of(item.title) })}
          disabled={disabled}
          onClick={() => set((value ?? -1) + 1)}
        >
          +1
        </Button>
        <input
          type="range"
          min={0}
          max={item.most}
          step={1}
          aria-label={t('review.slide', { what: of(item.title) })}
          value={value ?? 0}
          data-empty={value === undefined || undefined}
          onChange={(event) => set(Number(event.target.value))}
        />
      </div>
      {wrong && (
        <p className="q-field-error" id={`${id}-wrong`}>
          {t('review.points_wrong', { n: item.most })}
        </p>
      )}
    </fieldset>
  )
}
