/** The page on security promises nothing without a test, and names no test that is not there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8')
const promises = page.slice(page.indexOf('## Promises'), page.indexOf('## Keys and secrets'))
const rows = promises.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise'))

test('every promise names its test', () => {
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter((row) => !/`[\w/.-]+\.test\.tsx?`/.test(row.split('|').at(-2)!))).toEqual([])
})

test('every test that is named exists', () => {
  const named = new Set([...page.matchAll(/`([\w/.-]+\.test\.tsx?)`/g)].map(([, file]) => file!))
  expect([...named].filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
})
