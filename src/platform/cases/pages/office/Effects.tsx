/** What an act would do to each of the chosen cases: in figures first, then one by one. */
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import type { BulkPreview } from './handling.ts'

const TONES: Record<string, Tone> = {
  moves: 'done',
  waits: 'wait',
  asked: 'done',
  urged: 'done',
  not_asked: 'alert',
  other_stage: 'alert',
  may_not: 'alert',
  quota: 'alert',
}
/** More are counted, not listed. */
const MOST = 200

export function Effects({ preview: { rows, lacking } }: { preview: BulkPreview }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const counts = [...Map.groupBy(rows, ({ effect }) => effect)]
  const single = rows.length === 1
  return (
    <>
      {lacking.map((one) => (
        <Notice key={`${one.orgName}${one.track?.zh}`} tone="alert">
          {t('office.lacking', {
            org: f.dotted([one.orgName, one.track && pick(one.track)]),
            places: one.places,
            lacking: one.lacking,
          })}
        </Notice>
      ))}
      {!single && (
        <p className="of-effects">
          {counts.map(([effect, some]) => (
            <StatusTag key={effect} tone={TONES[effect] ?? 'plain'}>
              {t(`office.effect.${effect}`)} {f.number(some.length)}
            </StatusTag>
          ))}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div className="of-preview" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('office.column.name')}</th>
              <th scope="col">{t('office.column.org')}</th>
              <th scope="col">{t('office.column.effect')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST).map((row) => (
              <tr key={row.id}>
                <td>{row.name}</td>
                <td>{row.orgName}</td>
                <td>
                  <StatusTag tone={TONES[row.effect] ?? 'plain'}>{t(`office.effect.${row.effect}`)}</StatusTag>
                  {row.others.length > 0 && (
                    <span className="q-quiet">
                      {' '}
                      {f.list(row.others.map(({ role, orgName }) => `${orgName} ${t(`office.role.${role}`)}`))}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > MOST && <p className="q-quiet">{t('office.and_more', { n: rows.length - MOST })}</p>}
      </div>
    </>
  )
}
