import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrSvg } from './qr.ts'

test('the path draws every dark module and no other', () => {
  const text = 'https://qs.example.cn/verify/7K3QX-9D2MA-V0TZH-4WBEC'
  const { size, data } = encode(text, { ecc: 'M', border: 0 })
  const svg = qrSvg(text)
  const drawn = data.map((row) => row.map(() => false))
  for (const [, x, y, width] of svg.matchAll(/M(\d+),(\d+)h(\d+)/g))
    drawn[Number(y)]!.fill(true, Number(x), Number(x) + Number(width))
  expect(drawn).toEqual(data)
  expect(svg).toContain(`viewBox="0 0 ${size} ${size}"`)
})

test('different texts give different codes; no text gets into the markup', () => {
  expect(qrSvg('a')).not.toBe(qrSvg('b'))
  expect(qrSvg('"/><script>')).toMatch(/^<svg [^<>]+><path d="[Mhvz\d.,-]+"\/><\/svg>$/)
})
