import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chartColours, colour, font, radius, space, type } from './tokens.ts'

const css = readFileSync(new URL('theme.css', import.meta.url), 'utf8')
const variable = (name: string) => css.match(new RegExp(`--q-${name}:\\s*([^;]+);`))?.[1]?.trim()
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

describe('theme.css says what tokens.ts says', () => {
  test.each(Object.entries(colour))('colour %s', (name, value) => {
    const written = variable(kebab(name)) ?? variable(name)
    expect(written).toBe(value)
  })
  test.each(Object.entries(space))('space %s', (name, value) => expect(variable(name)).toBe(`${value}px`))
  test.each(Object.entries(radius))('radius %s', (name, value) => expect(variable(`radius-${name}`)).toBe(`${value}px`))
  test.each(chartColours.map((value, at) => [at, value] as const))('series %i', (at, value) =>
    expect(variable(`series-${at}`)).toBe(value),
  )
  test.each([
    ['note', type.note],
    ['dense', type.dense],
    ['head1', type.head1],
    ['figure', type.figure],
  ])('type %s', (name, value) => expect(variable(name)).toBe(`${value}px`))
  test('faces', () => {
    const flat = css.replace(/\s+/g, ' ').replaceAll('"', "'")
    expect(flat).toContain(font.office)
    expect(flat).toContain(font.phone.replaceAll('system-ui, sans-serif', 'system-ui, sans-serif'))
  })
})

test('no style asks for a variable that nobody gives', () => {
  const src = new URL('../', import.meta.url).pathname
  const all = globSync('**/*.{css,ts,tsx}', { cwd: src })
    .map((file) => readFileSync(`${src}${file}`, 'utf8'))
    .join('\n')
  const given = new Set([...all.matchAll(/['"]?(--q-[\w-]+)['"]?\]?\s*:/g)].map(([, name]) => name))
  const asked = new Set([...all.matchAll(/var\((--q-[\w-]+)/g)].map(([, name]) => name))
  expect([...asked].filter((name) => !given.has(name))).toEqual([])
})

type Rgb = [number, number, number]
const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as Rgb
const luminance = (hex: string) => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

describe('contrast (WCAG 2.2, 1.4.3 and 1.4.11)', () => {
  const text: [string, string, string][] = [
    ['ink on paper', colour.ink, colour.paper],
    ['second ink on paper', colour.ink2, colour.paper],
    ['third ink on paper', colour.ink3, colour.paper],
    ['third ink on sunken ground', colour.ink3, colour.sunken],
    ['third ink on the tint of a pressed row', colour.ink3, colour.qingTint],
    ['qing on paper', colour.qing, colour.paper],
    ['white on qing', colour.surface, colour.qing],
    ['deep qing on its tint', colour.qingDeep, colour.qingTint],
    ['zhu on its tint', colour.zhu, colour.zhuTint],
    ['white on zhu', colour.surface, colour.zhu],
    ['zhe on its tint', colour.zhe, colour.zheTint],
    ['song on its tint', colour.song, colour.songTint],
  ]
  test.each(text)('%s can be read', (_name, front, ground) =>
    expect(contrast(front, ground)).toBeGreaterThanOrEqual(4.5),
  )
  test('the edge of a control can be seen', () =>
    expect(contrast(colour.edge, colour.surface)).toBeGreaterThanOrEqual(3))
})

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const sight: Record<string, number[]> = {
  'all cones': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}
function lab(hex: string, matrix: number[]): Rgb {
  const rgb = linear(hex)
  const seen = [0, 3, 6].map((row) => rgb.reduce((sum, part, at) => sum + part * (matrix[row + at] ?? 0), 0)) as Rgb
  const [r, g, b] = seen.map((part) => Math.max(0, part)) as Rgb
  const root = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
const distance = (a: Rgb, b: Rgb) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

describe('the chart palette', () => {
  test.each(Object.entries(sight))('series stay apart with %s', (_name, matrix) => {
    const seen = chartColours.map((hex) => lab(hex, matrix))
    for (const [at, one] of seen.entries())
      for (const other of seen.slice(at + 1)) expect(distance(one, other)).toBeGreaterThan(12)
  })
  test('neighbours differ on a grey printer', () => {
    const lightness = chartColours.map((hex) => lab(hex, sight['all cones'] ?? [])[0])
    for (const [at, one] of lightness.slice(1).entries())
      expect(Math.abs(one - (lightness[at] ?? 0))).toBeGreaterThan(14)
  })
})
