/** The stages of a call under each other, each as wide as cases wait there; a press shows them below. */
import { Link } from '@tanstack/react-router'
import { one, useAddress } from '../../../../ui/address.ts'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { PipelineView } from './handling.ts'

const HERE: readonly string[] = ['waiting', 'paused', 'returned', 'appealed']

export function Funnel({ view: { call, heaps, deadlines } }: { view: PipelineView }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const [search] = useAddress()
  const rows = call.stages.map((stage) => {
    const some = heaps.filter((heap) => heap.stage === stage.id && HERE.includes(heap.state))
    const waiting = some.find(({ state }) => state === 'waiting')
    return { stage, some, waiting, n: some.reduce((sum, heap) => sum + heap.n, 0) }
  })
  const most = Math.max(1, ...rows.map(({ n }) => n))
  return (
    <ol className="of-funnel">
      {rows.map(({ stage, some, waiting, n }) => {
        const closes = deadlines.find((deadline) => deadline.stage === stage.id)
        const others = some.filter(({ state }) => state !== 'waiting')
        return (
          <li key={stage.id}>
            <Link
              to={'/cases/$callId' as string}
              params={{ callId: call.id } as never}
              search={{ stage: stage.id } as never}
              resetScroll={false}
              className="of-stage"
              aria-current={one(search.stage) === stage.id ? 'true' : undefined}
            >
              <span className="of-stage-title">{pick(stage.title)}</span>
              <span className="of-stage-bar" aria-hidden="true">
                <i style={{ width: `${(100 * n) / most}%` }} />
                {waiting && waiting.overdue > 0 && <b style={{ width: `${(100 * waiting.overdue) / most}%` }} />}
              </span>
              <span className="of-stage-n q-num">{f.number(n)}</span>
              <span className="of-stage-note">
                {waiting && waiting.overdue > 0 && (
                  <StatusTag tone="alert">{t('office.n_overdue', { n: waiting.overdue })}</StatusTag>
                )}
                {others.map((heap) => (
                  <span key={heap.state}>
                    {t(`office.state.${heap.state}`)} {f.number(heap.n)}
                  </span>
                ))}
                {waiting && (
                  <span>
                    {t('office.waits_since', {
                      oldest: f.shortDate(waiting.oldest),
                      median: f.shortDate(waiting.median),
                    })}
                  </span>
                )}
                {closes && <span>{t('office.closes', { when: f.dateTime(closes.closesAt) })}</span>}
              </span>
            </Link>
          </li>
        )
      })}
    </ol>
  )
}
