import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Meter } from './Meter.tsx'
import { StatusTag, type Tone } from './Tag.tsx'

test('no two tones differ by colour alone', () => {
  const tones: Tone[] = ['plain', 'act', 'wait', 'done', 'alert', 'sealed', 'off']
  const shape = (tone: Tone) => renderToStaticMarkup(<StatusTag tone={tone}>x</StatusTag>).replace(/^<span[^>]*>/, '')
  const signed = tones.filter((tone) => tone !== 'plain' && tone !== 'sealed')
  expect(new Set(signed.map(shape)).size).toBe(signed.length)
  for (const tone of signed) expect(shape(tone)).toContain('<svg')
})

test('a meter says its figures and never more than full', () => {
  const html = renderToStaticMarkup(<Meter label="学分" value={140} max={120} text="140 / 120 学分" />)
  expect(html).toContain('aria-valuetext="140 / 120 学分"')
  expect(html).toContain('aria-valuenow="120"')
  expect(html).toContain('width:100%')
})
