/** A parameter through time: a small picture of steps, and under it every value with its clause, its words and how sure it is. */
import { addDays } from '../../../../base/dates.ts'
import { one, useAddress } from '../../../../ui/address.ts'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Chart } from '../../../../ui/office/Chart.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { Timeline } from '../../../../ui/Timeline.tsx'
import type { ParameterPage } from '../../contract.ts'
import { WholeFigure } from '../Figure.tsx'
import { SURE } from './lines.ts'
import { type Spoken, type SpokenValue, spokenBy } from './spoken.ts'
import { stepsOf } from './steps.ts'

export function History({ page, today }: { page: ParameterPage; today: string }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const [search, change] = useAddress()
  const { declarations, unit, title, holds, own } = page
  const spoken = spokenBy(declarations)
  const nearest = holds.find(({ authority }) => authority === own)?.said[0]?.authority
  const called = ({ authorityName }: Spoken) => pick(authorityName)
  const asked = one(search.of) || nearest
  const shown = spoken.find(({ authority }) => authority === asked) ?? spoken[0]
  const steps = stepsOf(
    { unit, spoken },
    shown,
    { at: today, label: t('library.today') },
    {
      label: t('parameters.from'),
      authority: called,
      name: (key) => (t.has(`key.${key}`) ? t(`key.${key}`) : key),
      day: f.date,
    },
  )
  return (
    <div className="q-stack">
      {steps && (
        <Chart
          title={f.dotted([pick(title), t.has(`unit_name.${unit}`) && t(`unit_name.${unit}`)])}
          kind="steps"
          data={steps}
          height={220}
        />
      )}
      <Tabs
        label={t('library.declared_by')}
        value={shown?.authority ?? ''}
        onChange={(of) => change({ of }, { replace: true })}
        items={spoken.map((some) => ({
          key: some.authority,
          label: called(some),
          content: <Values spoken={some} unit={unit} today={today} />,
        }))}
      />
    </div>
  )
}

function Values({ spoken, unit, today }: { spoken: Spoken; unit: string; today: string }) {
  const t = useWords('policy')
  const f = useFormat()
  const { values, superseded, below, permission, packVersions } = spoken
  const stateOf = (value: SpokenValue) => {
    const { from, until, review } = value
    const never = superseded.includes(value)
    const over = until !== null && until <= today
    return {
      never,
      now: !never && from <= today && !over,
      coming: !never && from > today,
      due: !never && review !== null && review <= today && !over,
    }
  }
  const all = [...values, ...superseded].sort((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : Number(a.adopted) - Number(b.adopted),
  )
  return (
    <div className="q-stack">
      <Timeline
        label={t('parameters.history')}
        items={all.toReversed().map((value) => {
          const { never, now, coming, due } = stateOf(value)
          const { from, until, clause, note, confidence, review, adopted, packVersion } = value
          return {
            key: `${packVersion} ${from}`,
            when: f.date(from),
            tone: now ? ('done' as const) : ('plain' as const),
            title: (
              <span className="pol-value">
                <WholeFigure value={value.value} unit={unit} />
                <StatusTag tone={SURE[confidence]}>{t(`confidence.${confidence}`)}</StatusTag>
                {adopted && <StatusTag tone="plain">{t('library.layer_adopted')}</StatusTag>}
                {never && <StatusTag tone="off">{t('library.superseded')}</StatusTag>}
                {now && <StatusTag tone="plain">{t('parameters.now')}</StatusTag>}
                {coming && <StatusTag tone="wait">{t('parameters.coming')}</StatusTag>}
                {due && <StatusTag tone="wait">{t('library.due')}</StatusTag>}
              </span>
            ),
            detail: (
              <div className="pol-basis">
                {until && <p className="q-quiet">{t('library.until', { date: f.date(addDays(until, -1)) })}</p>}
                <p>
                  {clause
                    ? f.dotted([clause.document, clause.number !== clause.document && clause.number, clause.article])
                    : t('lab.no_clause')}
                </p>
                {clause?.words && <blockquote>{clause.words}</blockquote>}
                {note && <p className="q-quiet">{note}</p>}
                {review && <p className="q-quiet">{t('library.review', { date: f.date(review) })}</p>}
              </div>
            ),
          }
        })}
      />
      <p className="q-quiet">
        {f.dotted([
          t('library.version', { version: packVersions.join(' + ') }),
          below && t(`library.below.${below}`),
          permission &&
            t('library.permission', {
              clause: f.dotted([permission.number ?? permission.document, permission.article]),
            }),
        ])}
      </p>
    </div>
  )
}
