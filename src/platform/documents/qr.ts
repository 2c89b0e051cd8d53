/** QR codes as SVG, made to be printed. */
import { encode } from 'uqr'

/**
 * A QR code as an SVG of one path: dark runs of each row, a hair taller than the row, because viewers show seams between
 * rectangles that only touch. Level M survives a fold or a stamp; the quiet zone is left to the page.
 */
export function qrSvg(text: string): string {
  const { size, data } = encode(text, { ecc: 'M', border: 0 })
  const runs = data.flatMap((row, y) => {
    const line = row.map((dark) => (dark ? '1' : '0')).join('')
    return [...line.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index},${y}h${run.length}v1.02h-${run.length}z`)
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${runs.join('')}"/></svg>`
}
