/** Where one stands in the credit cycle: earned against required, the part from the district or above, and the pace. */
import { subtract } from '../../../../base/decimal.ts'
import { Clause } from '../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Meter } from '../../../../ui/Meter.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { clauseOf } from '../office/clause.ts'
import './my.css'
import type { MyCredits } from './training.ts'

type Line = { label: string; earned: string; required: MyCredits['required']; mark?: { value: number; label: string } }

function Against({ label, earned, required, mark }: Line) {
  const t = useWords('training')
  const f = useFormat()
  const clause = clauseOf(required.clause, required.confidence)
  return (
    <div className="my-meter">
      <Meter
        label={label}
        value={Number(earned)}
        max={Number(required.value)}
        text={t('my.of_credits', { have: f.number(earned), want: f.number(required.value) })}
        {...(mark ? { mark } : {})}
      />
      {clause && <Clause clause={clause} label={label} />}
    </div>
  )
}

export function Standing({ credits }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  const { cycle, earned, required, fromDistrict, pace } = credits
  return (
    <div className="my-standing">
      <Verdict credits={credits} />
      <Against
        label={t('my.cycle')}
        earned={earned}
        required={required}
        mark={{ value: Number(pace), label: t('my.pace', { n: f.number(pace), year: String(cycle.year) }) }}
      />
      <Against label={t('my.from_district')} earned={fromDistrict.earned} required={fromDistrict.required} />
    </div>
  )
}

/** The answer in one sentence, before the bars. */
function Verdict({ credits: { complete, onPace, missing, earned, pace, fromDistrict } }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  const floor = Number(fromDistrict.missing) > 0
  if (complete)
    return (
      <p className="my-verdict">
        <StatusTag tone="done">{t('my.complete')}</StatusTag>
        <span>{t('my.complete_hint')}</span>
      </p>
    )
  return (
    <p className="my-verdict">
      <StatusTag tone={onPace ? 'done' : 'alert'}>{t(onPace ? 'my.on_pace' : 'my.behind')}</StatusTag>
      <span>
        {!onPace && <>{t('my.behind_by', { n: f.number(subtract(pace, earned)) })}</>}
        {Number(missing) > 0 && t('my.missing', { n: f.number(missing) })}
        {floor && t('my.missing_floor', { n: f.number(fromDistrict.missing) })}
      </span>
    </p>
  )
}
