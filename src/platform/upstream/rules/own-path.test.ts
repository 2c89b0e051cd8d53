import { expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

it.each(['/', '/my/training', '/connect/abc?x=%2F%2F', '/a//b', '/people?q=%E5%BC%A0#x'])('%s stays here', (path) =>
  expect(ownPath(path)).toBe(path),
)
it.each([
  '',
  '//evil.example',
  '/\\evil.example',
  '\\/evil',
  'https://evil.example',
  '/a\\b',
  '/a\nb',
  '/张',
  'javascript:x',
  '/upstream/city/callback',
])('%j leads nowhere', (path) => expect(ownPath(path)).toBe(''))
