/** Where one stands in the credit cycle: each figure that the rule asks for, with its clause, and the pace. */
import { subtract } from '../../../../base/decimal.ts'
import { Clause } from '../../../../ui/Clause.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Meter } from '../../../../ui/Meter.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { clauseOf } from '../office/clause.ts'
import './my.css'
import type { MyCredits } from './training.ts'

type Demand = MyCredits['demands'][number]
type Line = { demand: Demand; mark?: { value: number; label: string } }

function Against({ demand: { earned, required, ...demand }, mark }: Line) {
  const t = useWords('training')
  const f = useFormat()
  const say = useBilingual()
  const label = demand.ofTotal ? t('my.cycle') : say(demand.label)
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
  const { cycle, demands, pace } = credits
  const due = pace && {
    value: Number(pace.required.value),
    label: t('my.pace', { n: f.number(pace.required.value), year: String(cycle.year) }),
  }
  return (
    <div className="my-standing">
      <Verdict credits={credits} />
      {demands.map((demand) => (
        <Against key={demand.id} demand={demand} {...(due && demand.ofTotal ? { mark: due } : {})} />
      ))}
    </div>
  )
}

/** The answer in one sentence, before the bars. */
function Verdict({ credits: { complete, onPace, demands, pace } }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  const say = useBilingual()
  if (complete)
    return (
      <p className="my-verdict">
        <StatusTag tone="done">{t('my.complete')}</StatusTag>
        <span>{t('my.complete_hint')}</span>
      </p>
    )
  const total = demands.find(({ ofTotal }) => ofTotal)
  const short = demands.filter(({ missing }) => Number(missing) > 0)
  return (
    <p className="my-verdict">
      <StatusTag tone={onPace ? 'done' : 'alert'}>{t(onPace ? 'my.on_pace' : 'my.behind')}</StatusTag>
      <span>
        {!onPace && pace && t('my.behind_by', { n: f.number(subtract(pace.required.value, pace.earned)) })}
        {total && Number(total.missing) > 0 && t('my.missing', { n: f.number(total.missing) })}
        {short
          .filter((demand) => demand !== total)
          .map((demand) => (
            <span key={demand.id}>
              {t('my.missing_part', { what: say(demand.label), n: f.number(demand.missing) })}
            </span>
          ))}
      </span>
    </p>
  )
}
