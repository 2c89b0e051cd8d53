/** An icon of the product's own set; silent for screen readers unless it stands alone and is given a `label`. */
import { type IconName, iconPaths } from './icon-paths.ts'

export type { IconName }

export function Icon({ name, label, size = 20 }: { name: IconName; label?: string; size?: number }) {
  const shape = (
    <path
      d={iconPaths[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  )
  if (label)
    return (
      <svg className="q-icon" viewBox="0 0 24 24" width={size} height={size} role="img" aria-label={label}>
        {shape}
      </svg>
    )
  return (
    <svg className="q-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      {shape}
    </svg>
  )
}
