/** Keeps the place of what is loading, in its size, so that nothing jumps; shown only when loading takes a moment. */
import { useWords } from './i18n.tsx'
import './surfaces.css'

const WIDTHS = ['92%', '78%', '85%', '64%', '88%', '70%']

export function Skeleton({ lines = 3, height }: { lines?: number; height?: number }) {
  const t = useWords('ui')
  return (
    <div className="q-skeleton" role="status" style={height ? { minHeight: height } : undefined}>
      <span className="q-hidden">{t('loading')}</span>
      {WIDTHS.concat(WIDTHS)
        .slice(0, lines)
        .map((width, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          <i key={at} style={{ width }} />
        ))}
    </div>
  )
}

export function PageSkeleton() {
  return (
    <div className="q-page-skeleton">
      <Skeleton lines={2} height={72} />
      <Skeleton lines={6} height={240} />
    </div>
  )
}

export function Spinner({ label }: { label?: string }) {
  const t = useWords('ui')
  return (
    <span className="q-spinner" role="status">
      <span className="q-hidden">{label ?? t('loading')}</span>
    </span>
  )
}
