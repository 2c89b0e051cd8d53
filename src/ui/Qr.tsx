/** A QR code as vector lines: sharp on a beamer and in print. Always black on white, or cameras fail. */
import { useMemo } from 'react'
import { encode } from 'uqr'
import './figures.css'

export function Qr({ text, label, size = 280 }: { text: string; label: string; size?: number }) {
  const code = useMemo(() => encode(text, { ecc: 'M', border: 2 }), [text])
  const path = useMemo(() => {
    let d = ''
    code.data.forEach((row, y) => {
      row.forEach((dark, x) => {
        if (dark) d += `M${x} ${y}h1v1h-1z`
      })
    })
    return d
  }, [code])
  return (
    <svg
      className="q-qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.size} ${code.size}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
