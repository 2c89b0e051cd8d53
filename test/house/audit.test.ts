/** What the check of known holes makes of the registry's answers: a silent registry is told, a serious hole fails. */
import { expect, test } from 'vitest'

type Verdict = { state: string; words: string }
const { verdictOf } = (await import(new URL('../../audit.mjs', import.meta.url).href)) as {
  verdictOf: (output: string) => Verdict
}
const report = (vulnerabilities: Record<string, unknown>) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: {} } })
const hole = (severity: string, fixAvailable: unknown = false) => ({
  name: 'left',
  severity,
  range: '<2',
  fixAvailable,
})

test.each([
  ['nothing known', report({}), 'clean'],
  ['small ones', report({ a: hole('low'), b: hole('moderate') }), 'told'],
  ['a serious one', report({ a: hole('low'), b: hole('high') }), 'failed'],
  ['a critical one', report({ a: hole('critical') }), 'failed'],
  [
    'a registry that does not know the question',
    JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405, error: {} }),
    'unknown',
  ],
  [
    'a registry out of reach',
    JSON.stringify({ error: { code: 'ENOTFOUND', summary: 'getaddrinfo ENOTFOUND' } }),
    'unknown',
  ],
  ['no npm', JSON.stringify({ message: 'spawn npm ENOENT' }), 'unknown'],
  ['nothing at all', '', 'unknown'],
  ['a web page', '<html>', 'unknown'],
])('%s', (_name, output, state) => {
  expect(verdictOf(output).state).toBe(state)
})

test('it says what to do, and why nothing was checked', () => {
  expect(verdictOf(report({ a: hole('high', { name: 'left', version: '2.0.1' }) })).words).toBe(
    '  high: left <2 (fixed in left 2.0.1)',
  )
  expect(verdictOf(report({ a: hole('high', true) })).words).toContain('npm audit fix')
  expect(verdictOf(report({ a: hole('high') })).words).toContain('no fix yet')
  expect(verdictOf(JSON.stringify({ message: '405 Method Not Allowed\nmore' })).words).toBe(
    'the registry gave no answer (405 Method Not Allowed): not checked',
  )
})
