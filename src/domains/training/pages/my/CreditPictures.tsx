/** Credits as pictures small enough to need no library, each with its table. */
import { type ReactNode, useState } from 'react'
import { divide } from '../../../../base/decimal.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import './credits.css'
import './my.css'
import type { MyCredits } from './training.ts'

function Picture({ title, picture, table }: { title: string; picture: ReactNode; table: ReactNode }) {
  const t = useWords('ui')
  const [asTable, setAsTable] = useState(false)
  return (
    <Card
      title={title}
      extra={
        <Button look="quiet" small icon={asTable ? 'chart' : 'table'} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.picture' : 'chart.table')}
        </Button>
      }
    >
      {asTable ? table : picture}
    </Card>
  )
}

/** Units of the drawing; the page scales it. */
const WIDTH = 320
const HEIGHT = 168
const FLOOR = 140
const TOP = 22

export function CreditsByYear({ credits: { cycle, byYear, demands } }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  const earned = new Map(byYear.map(({ year, credits }) => [year, credits]))
  const years = Array.from({ length: cycle.to - cycle.from + 1 }, (_, at) => cycle.from + at)
  // An even share of what the cycle asks for; nothing is drawn where it asks for no total.
  const total = demands.find(({ ofTotal }) => ofTotal)?.required.value
  const share = total === undefined ? undefined : divide(total, String(years.length))
  const highest = Math.max(Number(share ?? 0), ...byYear.map(({ credits }) => Number(credits))) || 1
  const y = (value: number) => FLOOR - (Math.max(0, value) / highest) * (FLOOR - TOP)
  const step = WIDTH / years.length
  const said = years.map((year) => `${year}: ${f.number(earned.get(year) ?? '0')}`).join(', ')
  return (
    <Picture
      title={t('my.by_year')}
      picture={
        <figure>
          <svg
            className="my-years"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            role="img"
            aria-label={`${t('my.by_year')}: ${said}`}
          >
            {share !== undefined && (
              <line x1="0" x2={WIDTH} y1={y(Number(share))} y2={y(Number(share))} className="my-years-share" />
            )}
            {years.map((year, at) => {
              const value = Number(earned.get(year) ?? 0)
              const x = at * step + step / 2
              const future = year > cycle.year
              return (
                <g key={year} className={year === cycle.year ? 'my-year-now' : undefined}>
                  <rect x={x - 17} y={y(value)} width={34} height={Math.max(0, FLOOR - y(value))} rx="1.5" />
                  {!future && (
                    <text x={x} y={y(value) - 6} className="my-years-value">
                      {f.number(value)}
                    </text>
                  )}
                  <text x={x} y={FLOOR + 20} className="my-years-year">
                    {year}
                  </text>
                </g>
              )
            })}
            <line x1="0" x2={WIDTH} y1={FLOOR} y2={FLOOR} className="my-years-floor" />
          </svg>
          {share !== undefined && (
            <figcaption className="my-legend">
              <span className="my-legend-share" aria-hidden="true" />
              {t('my.by_year_share', { n: f.number(share) })}
            </figcaption>
          )}
        </figure>
      }
      table={
        <table className="my-table">
          <thead>
            <tr>
              <th scope="col">{t('my.year')}</th>
              <th scope="col">{t('my.credits_column')}</th>
            </tr>
          </thead>
          <tbody>
            {years.map((year) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                <td>{year > cycle.year ? '—' : f.number(earned.get(year) ?? '0')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

/** What the floor of the cycle asks for, as the server counts it: concentrated training at district level or above. */
const countsForFloor = (kind: string, level: string) => kind === 'concentrated' && level !== 'school'

export function CreditsByKind({ credits: { byKind, demands } }: { credits: MyCredits }) {
  const t = useWords('training')
  const f = useFormat()
  const rows = [...byKind].sort((a, b) => Number(b.credits) - Number(a.credits))
  const floor = demands.some(({ ofFloor }) => ofFloor)
  const highest = Math.max(...rows.map(({ credits }) => Number(credits))) || 1
  const kindOf = (kind: string) => (t.has(`kind.${kind}`) ? t(`kind.${kind}`) : kind)
  if (rows.length === 0)
    return (
      <Card title={t('my.by_kind')}>
        <p className="q-quiet">{t('my.entries.none')}</p>
      </Card>
    )
  return (
    <Picture
      title={t('my.by_kind')}
      picture={
        <figure>
          <ul className="my-kinds">
            {rows.map(({ kind, level, credits }) => (
              <li key={`${kind}/${level}`}>
                <span>
                  {kindOf(kind)} <span className="q-quiet">{t(`level.${level}`)}</span>
                </span>
                <b className="q-num">{f.number(credits)}</b>
                <i className={!floor || countsForFloor(kind, level) ? 'my-bar' : 'my-bar my-bar-other'}>
                  <i style={{ width: `${Math.max(0, (Number(credits) / highest) * 100)}%` }} />
                </i>
              </li>
            ))}
          </ul>
          {floor && (
            <figcaption className="my-legend">
              <i className="my-swatch" aria-hidden="true" />
              {t('my.legend_district')}
              <i className="my-swatch my-swatch-other" aria-hidden="true" />
              {t('my.legend_other')}
            </figcaption>
          )}
        </figure>
      }
      table={
        <table className="my-table">
          <thead>
            <tr>
              <th scope="col">{t('my.kind')}</th>
              <th scope="col">{t('my.level')}</th>
              <th scope="col">{t('my.hours_unit')}</th>
              <th scope="col">{t('my.credits_column')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, level, hours, credits }) => (
              <tr key={`${kind}/${level}`}>
                <th scope="row">{kindOf(kind)}</th>
                <td>{t(`level.${level}`)}</td>
                <td>{f.number(hours)}</td>
                <td>{f.number(credits)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}
