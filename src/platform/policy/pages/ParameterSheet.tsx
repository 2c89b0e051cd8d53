/** One parameter whole: its values over time, each with its clause, its words, and how sure it is. */
import { addDays } from '../../../base/dates.ts'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import { Timeline } from '../../../ui/Timeline.tsx'
import { WholeFigure } from './Figure.tsx'
import { type Dated, type Line, SURE } from './lines.ts'

export function ParameterSheet({ line, onClose }: { line: Line; onClose: () => void }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const span = ({ from, until }: Dated) =>
    until
      ? t('parameters.span', { from: f.date(from), until: f.date(addDays(until, -1)) })
      : t('parameters.since', { date: f.date(from) })
  return (
    <Sheet open wide title={pick(line.title)} onClose={onClose}>
      <div className="q-stack">
        <p className="q-quiet">
          {f.dotted([pick(line.authorityName), t.has(`unit_name.${line.unit}`) && t(`unit_name.${line.unit}`)])}{' '}
          <code>{line.id}</code>
        </p>
        <Timeline
          label={t('parameters.history')}
          items={[...line.values].reverse().map((value) => ({
            key: value.from,
            when: span(value),
            tone: value === line.now && !line.coming ? ('done' as const) : ('plain' as const),
            title: (
              <span className="pol-value">
                <WholeFigure value={value.value} unit={line.unit} />
                <StatusTag tone={SURE[value.confidence]}>{t(`confidence.${value.confidence}`)}</StatusTag>
                {value === line.now && !line.coming && <StatusTag tone="plain">{t('parameters.now')}</StatusTag>}
              </span>
            ),
            detail: (
              <div className="pol-basis">
                {value.clause && (
                  <p>
                    {f.dotted([
                      value.clause.document,
                      value.clause.number !== value.clause.document && value.clause.number,
                      value.clause.article,
                    ])}
                  </p>
                )}
                {value.clause?.words && <blockquote>{value.clause.words}</blockquote>}
                {value.note && <p className="q-quiet">{value.note}</p>}
              </div>
            ),
          }))}
        />
      </div>
    </Sheet>
  )
}
