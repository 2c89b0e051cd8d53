/** How strict each expert is beside the others on the same papers, and how the scores lie. */
import { Answer } from '../../../../ui/Answer.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { Chart } from '../../../../ui/office/Chart.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import { type At, type Figures, useFigures } from './reviewing.ts'

export function Calibration({ at }: { at: At }) {
  const figures = useFigures(at)
  return <Answer of={figures}>{(found) => <Pictures figures={found} />}</Answer>
}

function Pictures({ figures }: { figures: Figures }) {
  const t = useWords('cases')
  const f = useFormat()
  const scored = figures.experts.filter(({ severity }) => severity !== null)
  const bySeverity = [...scored].sort((a, b) => Number(a.severity) - Number(b.severity))
  if (figures.experts.every(({ submitted }) => submitted === 0))
    return <Empty icon="chart" title={t('review.calibration_empty')} hint={t('review.calibration_empty_hint')} />
  return (
    <div className="q-stack">
      <Stats>
        <Stat
          label={t('review.spread_mean')}
          value={figures.spread.mean === null ? '–' : f.number(figures.spread.mean, 2)}
        />
        <Stat
          label={t('review.spread_largest')}
          value={figures.spread.largest === null ? '–' : f.number(figures.spread.largest)}
        />
        <Stat
          label={t('review.outliers')}
          value={figures.outliers}
          {...(figures.outlier === null ? {} : { note: t('review.outlier_from', { n: figures.outlier }) })}
        />
        {figures.floor !== null && <Stat label={t('review.floor')} value={figures.floor} />}
      </Stats>
      <Card title={t('review.severity')}>
        {scored.length === 0 ? (
          <Empty icon="chart" title={t('review.severity_empty')} hint={t('review.severity_empty_hint')} />
        ) : (
          <>
            <Chart
              title={t('review.severity_title')}
              kind="rows"
              height={Math.max(160, bySeverity.length * 28 + 60)}
              note={t('review.severity_note')}
              data={{
                label: t('review.expert'),
                measures: [{ key: 'severity', label: t('review.severity'), digits: 2 }],
                rows: bySeverity.map(({ accountId, name, severity }) => ({
                  key: accountId,
                  name,
                  values: [Number(severity)],
                })),
              }}
            />
            <div className="rev-loads">
              <table>
                <caption className="q-quiet">{t('review.severity_table')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('review.expert')}</th>
                    <th scope="col">{t('review.mean')}</th>
                    <th scope="col">{t('review.severity')}</th>
                    <th scope="col">{t('review.deviation')}</th>
                    <th scope="col">{t('review.shared')}</th>
                  </tr>
                </thead>
                <tbody>
                  {bySeverity.map((row) => (
                    <tr key={row.accountId}>
                      <th scope="row">{row.name}</th>
                      <td className="q-num">{f.number(row.mean ?? '0', 2)}</td>
                      <td className="q-num">{f.number(row.severity ?? '0', 2)}</td>
                      <td className="q-num">{row.deviation === null ? '–' : f.number(row.deviation, 2)}</td>
                      <td className="q-num">{row.shared}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Card>
      <Card title={t('review.histogram')}>
        <Chart
          title={t('review.histogram_title')}
          kind="columns"
          data={{
            label: t('review.total'),
            measures: [{ key: 'count', label: t('review.reviews') }],
            rows: figures.histogram.map(({ from, until, count }) => ({
              key: String(from),
              name: `${f.number(from)}–${f.number(until)}`,
              values: [count],
            })),
          }}
        />
      </Card>
    </div>
  )
}
