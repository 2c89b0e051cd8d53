/** How far along: credits against what is due, work done. The figures stand beside it; the bar only illustrates. */
import './figures.css'

export type MeterPart = { label: string; value: number }

export function Meter({
  label,
  value,
  max,
  text,
  parts,
  mark,
}: {
  label: string
  value: number
  max: number
  /** What is read out and shown at the right, for instance 「24 / 36 学分」. */
  text: string
  /** Kinds that the value is made of, in the order of the legend. */
  parts?: readonly MeterPart[]
  /** A line that must be reached on the way, for instance where one should stand by now. */
  mark?: { value: number; label: string }
}) {
  const share = (part: number) => `${Math.max(0, Math.min(100, (part / (max || 1)) * 100))}%`
  return (
    <div className="q-meter">
      <div className="q-meter-head">
        <span>{label}</span>
        <b className="q-num">{text}</b>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the browser's own meter cannot show parts and marks */}
      <div
        className="q-meter-bar"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(value, max)}
        aria-valuetext={text}
      >
        {parts ? (
          parts.map((part, at) => (
            <i key={part.label} className={`q-series-${at % 6}`} style={{ width: share(part.value) }} />
          ))
        ) : (
          <i className={value >= max ? 'q-meter-full' : 'q-series-0'} style={{ width: share(value) }} />
        )}
        {mark && <span className="q-meter-mark" style={{ left: share(mark.value) }} title={mark.label} />}
      </div>
      {(parts || mark) && (
        <ul className="q-meter-legend">
          {parts?.map((part, at) => (
            <li key={part.label}>
              <i className={`q-series-${at % 6}`} />
              {part.label} <b className="q-num">{part.value}</b>
            </li>
          ))}
          {mark && (
            <li>
              <span className="q-meter-mark" />
              {mark.label}
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

/** Work under way: known share, or unknown when `max` is absent. */
export function Progress({ label, value, max, text }: { label: string; value?: number; max?: number; text?: string }) {
  const known = max !== undefined && max > 0 && value !== undefined
  const share = known ? Math.min(100, (value / max) * 100) : undefined
  return (
    <div className="q-progress">
      <div
        className={known ? 'q-meter-bar' : 'q-meter-bar q-progress-unknown'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === undefined ? {} : { 'aria-valuenow': Math.round(share) })}
      >
        <i className="q-series-0" style={{ width: share === undefined ? '30%' : `${share}%` }} />
      </div>
      {text && <span className="q-num">{text}</span>}
    </div>
  )
}
